package io.orchscope.evidence;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A process that wants to work on the same folder of logs. */
final class AnotherProcess {

  /** Whether it could, while we are here. */
  static boolean opens(Path root) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes = System.getProperty("java.class.path");
    Process process =
        new ProcessBuilder(java, "-cp", classes, AnotherProcess.class.getName(), root.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
        throw new IllegalStateException("The other process failed: " + said);
      }
      return said.strip().endsWith("true");
    } finally {
      process.destroyForcibly();
    }
  }

  /** Prints whether the folder of the attempt could be opened. */
  public static void main(String[] arguments) {
    LogArchive archive = Collection.archive(new File(arguments[0]).toPath(), LogLayout.OWN);
    System.out.println(archive.open(Collection.SUBJECT).isPresent());
  }

  private AnotherProcess() {}
}
