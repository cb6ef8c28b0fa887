package io.orchscope;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * Reads {@code config/otel.properties}: keys of the OpenTelemetry SDK, below {@code OTEL_*} of the
 * environment.
 */
final class OtelFile {

  /** Errors: a file that is not there, or cannot be read, sets nothing. */
  static Map<String, String> read(Path file) {
    Map<String, String> keys = new HashMap<>();
    if (Files.isReadable(file)) {
      try (BufferedReader reader = Files.newBufferedReader(file)) {
        Properties properties = new Properties();
        properties.load(reader);
        properties.stringPropertyNames().forEach(key -> keys.put(key, properties.getProperty(key)));
      } catch (IOException unreadable) {
        return Map.of();
      }
    }
    return keys;
  }

  private OtelFile() {}
}
