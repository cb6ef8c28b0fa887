package io.orchscope.logtext;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The logs and tables that the tests of this package speak of. */
final class LogSamples {

  private LogSamples() {}

  static byte[] fixture(String name) {
    try (InputStream stream = LogSamples.class.getResourceAsStream("/logtext/" + name)) {
      return Objects.requireNonNull(stream, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(String name) {
    return new String(fixture(name), StandardCharsets.UTF_8);
  }

  /** The rows of a table, without what it says of itself. */
  static List<List<String>> table(String name) {
    return text(name)
        .lines()
        .filter(line -> !line.startsWith("# "))
        .map(line -> List.of(line.split("\t", -1)))
        .toList();
  }
}
