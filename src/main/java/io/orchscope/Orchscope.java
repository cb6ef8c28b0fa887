package io.orchscope;

import io.orchscope.cli.Commands;
import java.util.logging.LogManager;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** The program. */
public final class Orchscope {

  /** Runs the command that was typed and ends with its exit code. */
  public static void main(String[] arguments) {
    if (System.getProperty("logback.configurationFile") == null) {
      System.setProperty("logback.configurationFile", "config/logback.xml");
    }
    String command = arguments.length > 0 ? arguments[0] : "";
    boolean forPeople = arguments.length > 0 && !command.equals("run");
    if (forPeople && System.getenv("ORCHSCOPE_LOG") == null) {
      // Commands print their own results.
      System.setProperty("ORCHSCOPE_LOG", "WARN");
    }
    LogFileNames.of(command).forEach(System::setProperty);
    // The OpenTelemetry SDK speaks through java.util.logging.
    LogManager.getLogManager().reset();
    SLF4JBridgeHandler.install();
    System.exit(Commands.execute(arguments));
  }

  private Orchscope() {}
}
