package io.orchscope;

import io.orchscope.telemetry.OwnerOnlyLog;
import java.util.Map;
import java.util.Set;

/**
 * System properties that give each command its own log files.
 *
 * <p>Two processes must not write and rotate one file. {@code run} writes {@code orchscope.log} and
 * {@code traces.log}; a command that polls or delivers writes files with its name, as {@code
 * orchscope-collect.log}; any other command logs to the terminal only.
 */
final class LogFileNames {

  /** System property: what {@code config/logback.xml} puts before {@code .log}. */
  static final String SUFFIX = "orchscope.log-suffix";

  /** Commands that start the routes, but for {@code run}. */
  private static final Set<String> WITH_FILES = Set.of("collect", "demo", "replay", "dead-letters");

  /** The properties of a command; none for {@code run}. */
  static Map<String, String> of(String command) {
    if (command.equals("run")) {
      return Map.of();
    }
    return WITH_FILES.contains(command)
        ? Map.of(SUFFIX, "-" + command)
        : Map.of(OwnerOnlyLog.TO_FILES, "no");
  }

  private LogFileNames() {}
}
