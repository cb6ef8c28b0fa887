package io.orchscope;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.spi.AppenderAttachable;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/**
 * What the process has written to its log since this was opened, behind the same appender that puts
 * trace ids on the lines of {@code config/logback.xml}.
 */
final class LogLines implements AutoCloseable {

  private static final String TRACED =
      "io.opentelemetry.instrumentation.logback.mdc.v1_0.OpenTelemetryAppender";
  private static final List<String> SPEAKERS = List.of("io.orchscope", "orchscope.traces");

  private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
  private final Queue<ILoggingEvent> events = new ConcurrentLinkedQueue<>();
  private final Appender<ILoggingEvent> traced;

  private LogLines(Appender<ILoggingEvent> traced) {
    this.traced = traced;
  }

  @SuppressWarnings("unchecked")
  static LogLines open() throws ReflectiveOperationException {
    Object made = Class.forName(TRACED).getDeclaredConstructor().newInstance();
    LogLines lines = new LogLines((Appender<ILoggingEvent>) made);
    Kept kept = new Kept(lines.events);
    kept.setContext(lines.context);
    kept.start();
    ((AppenderAttachable<ILoggingEvent>) made).addAppender(kept);
    lines.traced.setContext(lines.context);
    lines.traced.start();
    lines.context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(lines.traced);
    SPEAKERS.forEach(name -> lines.context.getLogger(name).setLevel(Level.DEBUG));
    return lines;
  }

  List<ILoggingEvent> events() {
    return List.copyOf(events);
  }

  /** Level, sentence and the first line of the exception of each. */
  List<String> lines() {
    return events.stream()
        .map(event -> event.getLevel() + " " + event.getFormattedMessage())
        .toList();
  }

  /** Everything, stack traces too. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (ILoggingEvent event : events) {
      text.append(event.getFormattedMessage()).append(event.getMDCPropertyMap()).append('\n');
      if (event.getThrowableProxy() != null) {
        text.append(ThrowableProxyUtil.asString(event.getThrowableProxy())).append('\n');
      }
    }
    return text.toString();
  }

  @Override
  public void close() {
    context.getLogger(Logger.ROOT_LOGGER_NAME).detachAppender(traced);
    context.getLogger("io.orchscope").setLevel(null);
    context.getLogger("orchscope.traces").setLevel(Level.OFF);
  }

  private static final class Kept extends AppenderBase<ILoggingEvent> {

    private final Queue<ILoggingEvent> events;

    Kept(Queue<ILoggingEvent> events) {
      this.events = events;
    }

    @Override
    protected void append(ILoggingEvent event) {
      event.prepareForDeferredProcessing();
      events.add(event);
    }
  }
}
