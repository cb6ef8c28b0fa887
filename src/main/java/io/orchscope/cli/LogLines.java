package io.orchscope.cli;

import io.orchscope.evidence.LogManifest;
import io.orchscope.evidence.LogRemark;
import io.orchscope.evidence.StoredLogs;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What was collected from MDSO's hosts for an attempt, and what it says, as lines for a terminal.
 */
final class LogLines {

  private static final int GAPS = 5;
  private static final int REMARKS = 5;

  static void tell(StoredLogs stored, PrintWriter out) {
    LogManifest manifest = stored.manifest();
    String kinds =
        manifest.artifacts().stream()
            .collect(Collectors.groupingBy(LogManifest.Artifact::kind, Collectors.counting()))
            .entrySet()
            .stream()
            .sorted(java.util.Map.Entry.comparingByKey())
            .map(kind -> kind.getValue() + " " + kind.getKey())
            .collect(Collectors.joining(", "));
    line(
        out,
        String.format(
            Locale.ROOT,
            "  logs       %s: %s, %,d bytes, in %s",
            manifest.status(),
            kinds.isEmpty() ? "none" : kinds,
            manifest.bytes(),
            stored.folder()));
    manifest.decisive().ifPresent(it -> remark(out, "    decisive ", it));
    others(manifest).stream().limit(REMARKS).forEach(it -> remark(out, "    said     ", it));
    if (others(manifest).size() > REMARKS) {
      line(out, "    said     … " + more(others(manifest).size() - REMARKS));
    }
    manifest.gaps().stream()
        .limit(GAPS)
        .forEach(
            gap ->
                line(
                    out,
                    "    missing  "
                        + gap.what()
                        + (gap.host().isEmpty() ? "" : " of " + gap.host())
                        + ": "
                        + gap.reason()
                        + (gap.explanation().isEmpty() ? "" : ", " + gap.explanation())));
    if (manifest.gaps().size() > GAPS) {
      line(out, "    missing  … " + (manifest.gaps().size() - GAPS) + " more");
    }
  }

  private static List<LogRemark> others(LogManifest manifest) {
    return manifest.remarks().stream()
        .filter(it -> it.decisive().isEmpty())
        .filter(it -> !it.kind().equals("elapsed") && !it.kind().equals("warning"))
        .toList();
  }

  private static void remark(PrintWriter out, String before, LogRemark remark) {
    String text = remark.text().strip().replaceAll("\\s*\\R\\s*", " ⏎ ");
    line(
        out,
        before
            + (text.length() > 300 ? text.substring(0, 300) + " …" : text)
            + "  ("
            + remark.artifact()
            + ":"
            + remark.line()
            + ")");
  }

  private static void line(PrintWriter out, String text) {
    out.println(Onlooker.printable(text));
  }

  private LogLines() {}

  private static String more(int lines) {
    return lines == 1 ? "one line more" : lines + " lines more";
  }
}
