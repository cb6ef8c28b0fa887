package io.orchscope;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import io.opentelemetry.instrumentation.logback.appender.v1_0.OpenTelemetryAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * What the program has around it when it exports: keys of the SDK beside the shipped ones, the
 * appender of {@code config/logback.xml} that exports log lines, and the SDK's own words in the
 * same log.
 */
final class Exporting implements AutoCloseable {

  private final Logger root =
      ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(Logger.ROOT_LOGGER_NAME);
  private final OpenTelemetryAppender appender = new OpenTelemetryAppender();

  private Exporting() {
    appender.setContext(root.getLoggerContext());
    appender.setCaptureKeyValuePairAttributes(true);
    appender.setCaptureEventName(true);
    appender.start();
    root.addAppender(appender);
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
  }

  /** Has to be open when the application starts. */
  static Exporting with(Path folder, Map<String, String> keys) throws IOException {
    String shipped = Files.readString(Path.of("config", "otel.properties"));
    String ours =
        keys.entrySet().stream()
            .map(key -> key.getKey() + " = " + key.getValue() + "\n")
            .collect(Collectors.joining());
    Running.configure(folder, "otel.properties", shipped + ours);
    return new Exporting();
  }

  @Override
  public void close() {
    SLF4JBridgeHandler.uninstall();
    root.detachAppender(appender);
    appender.stop();
  }
}
