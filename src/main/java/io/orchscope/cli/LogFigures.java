package io.orchscope.cli;

import io.orchscope.evidence.KeptLogs;
import io.orchscope.evidence.LogManifest;
import io.orchscope.evidence.StoredLogs;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What came from MDSO's hosts, as figures, and one circuit of it. */
final class LogFigures {

  /**
   * Tells it.
   *
   * @param isWhole whether all that was due has been done
   */
  static void tell(Path root, boolean isWhole, PrintWriter out) {
    KeptLogs kept = new KeptLogs(root);
    List<StoredLogs> all = kept.all();
    long files = all.stream().mapToLong(it -> it.manifest().artifacts().size()).sum();
    long bytes = all.stream().mapToLong(it -> it.manifest().bytes()).sum();
    long damaged = all.stream().filter(it -> !kept.verify(it.folder()).isEmpty()).count();
    out.printf(
        Locale.ROOT,
        "Logs          %d circuits, %,d files, %,d bytes from the hosts; checksums that do not fit:"
            + " %d%s%n%n",
        all.size(),
        files,
        bytes,
        damaged,
        isWhole ? "" : "; more are on their way");
    all.stream()
        .filter(it -> it.manifest().decisive().isPresent())
        .max(Comparator.comparing(LogFigures::weight))
        .ifPresent(
            it -> {
              out.println("What the hosts say about " + it.manifest().subject().circuit() + ":");
              LogLines.tell(it, out);
              out.println();
            });
  }

  /** One in which a device speaks, and that has logs of scripts and of adapters. */
  private static long weight(StoredLogs logs) {
    List<LogManifest.Artifact> artifacts = logs.manifest().artifacts();
    long kinds = artifacts.stream().map(LogManifest.Artifact::kind).distinct().count();
    boolean device =
        logs.manifest().decisive().filter(it -> it.kind().equals("device-error")).isPresent();
    return (device ? 1_000_000 : 0) + kinds * 1_000 + artifacts.size();
  }

  private LogFigures() {}
}
