package io.orchscope.it;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The packaged program, run in a folder of its own with a copy of {@code config/} and {@code
 * routes/}.
 *
 * <p>Nothing of this process's environment reaches it but {@code PATH}, so that an engineer's own
 * settings change no result.
 */
final class Program {

  private static final Path JAR =
      Path.of(System.getProperty("orchscope.jar", "target/orchscope.jar")).toAbsolutePath();

  /** So that what is printed by the one does not replace what the other printed. */
  private static final int OTHER = 1000;

  private final Path home;
  private final Map<String, String> environment;
  private int runs;

  /** How a command ended. */
  record Ended(String command, int exitCode, String out, String err) {}

  /** A command at work; closing it kills what has not ended. */
  record Begun(String command, Process process, Path out, Path err) implements AutoCloseable {

    /** Asks it to end, as an operator or a cluster does: SIGTERM. */
    void terminate() {
      process.destroy();
    }

    /** What it has said so far on standard error. */
    String said() {
      return text(err);
    }

    /** Waits for its end. Errors: an {@link AssertionError} when that takes too long. */
    Ended end(long seconds) {
      try {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
          process.destroyForcibly().waitFor();
          throw new AssertionError(
              "'%s' did not end within %d s; at the end it said:%n%s"
                  .formatted(command, seconds, tail(text(err))));
        }
        return new Ended(command, process.exitValue(), text(out), text(err));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  private Program(Path home, Map<String, String> environment) {
    this.home = home;
    this.environment = environment;
  }

  /**
   * The program with its files in place.
   *
   * <p>Errors: an {@link IllegalStateException} when it has not been packaged.
   *
   * @param home a folder of its own; what an earlier run left there is deleted
   * @param settings keys as in {@code config/application.properties}
   */
  static Program in(Path home, Map<String, String> settings) {
    if (!Files.isRegularFile(JAR)) {
      throw new IllegalStateException(
          "There is no " + JAR + "; run 'mvn -DskipTests package' first, or set -Dorchscope.jar.");
    }
    forget(home);
    copy(Path.of("config"), home.resolve("config"));
    copy(Path.of("routes"), home.resolve("routes"));
    return new Program(home, environment(settings));
  }

  /** The same files, and other settings. */
  Program with(Map<String, String> settings) {
    Program other = new Program(home, environment(settings));
    other.runs = runs + OTHER;
    return other;
  }

  private static Map<String, String> environment(Map<String, String> settings) {
    Map<String, String> environment = new TreeMap<>();
    settings.forEach((key, value) -> environment.put(variable(key), value));
    return environment;
  }

  /** Runs one command to its end. Errors: an {@link AssertionError} when that takes too long. */
  Ended run(List<String> words, long seconds) {
    return begin(words).end(seconds);
  }

  /** Begins a command and does not wait for it. */
  Begun begin(List<String> words) {
    Path out = home.resolve("out-" + runs + ".txt");
    Path err = home.resolve("err-" + runs + ".txt");
    runs++;
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // A short life is not worth the second compiler.
    line.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Dfile.encoding=UTF-8"));
    line.addAll(List.of("-Dstdout.encoding=UTF-8", "-Dstderr.encoding=UTF-8"));
    line.addAll(List.of("-Dlogback.configurationFile=config/logback.xml", "-jar", JAR.toString()));
    line.addAll(words);
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(home.toFile())
            .redirectInput(new File("/dev/null"))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    String path = System.getenv().getOrDefault("PATH", "");
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().put("PATH", path);
    try {
      return new Begun(String.join(" ", words), builder.start(), out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Everything that the program has written to its log files so far; drawn traces are none. */
  String logFiles() {
    Path folder = home.resolve("var").resolve("log");
    if (!Files.isDirectory(folder)) {
      return "";
    }
    StringBuilder all = new StringBuilder();
    for (Path file : walk(folder)) {
      if (file.toString().endsWith(".log")
          && !String.valueOf(file.getFileName()).startsWith("traces")) {
        all.append(text(file));
      }
    }
    return all.toString();
  }

  /** The last lines of a text. */
  static String tail(String text) {
    List<String> lines = text.lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
  }

  private static String variable(String key) {
    return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void forget(Path home) {
    if (Files.isDirectory(home)) {
      for (Path old : walk(home).stream().sorted(Comparator.reverseOrder()).toList()) {
        try {
          Files.delete(old);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private static void copy(Path from, Path to) {
    try {
      for (Path source : walk(from)) {
        Path target = to.resolve(from.relativize(source).toString());
        if (Files.isDirectory(source)) {
          Files.createDirectories(target);
        } else {
          Files.copy(source, target);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> walk(Path folder) {
    try (Stream<Path> found = Files.walk(folder)) {
      return found.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
