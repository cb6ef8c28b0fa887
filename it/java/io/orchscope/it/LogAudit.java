package io.orchscope.it;

import io.orchscope.evidence.KeptLogs;
import io.orchscope.evidence.LogManifest;
import io.orchscope.evidence.StoredLogs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a program has collected from hosts, and whether all of it is what its manifests say. */
record LogAudit(List<StoredLogs> folders, List<String> mismatches) {

  static LogAudit of(Path home) {
    KeptLogs kept = new KeptLogs(home.resolve("var").resolve("host-logs"));
    List<StoredLogs> folders = kept.all();
    List<String> mismatches = new ArrayList<>();
    folders.forEach(folder -> mismatches.addAll(kept.verify(folder.folder())));
    return new LogAudit(folders, mismatches);
  }

  /** How many folders have each status. */
  Map<String, Long> byStatus() {
    Map<String, Long> sums = new TreeMap<>();
    folders.forEach(folder -> sums.merge(folder.manifest().status(), 1L, Long::sum));
    return sums;
  }

  /** How many gaps there are of each host and reason, as {@code HOST REASON}. */
  Map<String, Long> gaps() {
    Map<String, Long> sums = new TreeMap<>();
    for (StoredLogs folder : folders) {
      for (LogManifest.Gap gap : folder.manifest().gaps()) {
        sums.merge(gap.host() + " " + gap.reason(), 1L, Long::sum);
      }
    }
    return sums;
  }

  /** The gaps of each circuit whose logs are not complete. */
  Map<String, List<LogManifest.Gap>> incomplete() {
    Map<String, List<LogManifest.Gap>> all = new TreeMap<>();
    folders.stream()
        .map(StoredLogs::manifest)
        .filter(manifest -> !manifest.isComplete())
        .forEach(manifest -> all.put(manifest.subject().circuit(), manifest.gaps()));
    return all;
  }

  /** Of each attempt, its logs from hosts with the checksums of their texts. */
  Map<String, Map<String, String>> texts() {
    Map<String, Map<String, String>> all = new TreeMap<>();
    for (StoredLogs folder : folders) {
      Map<String, String> texts = new TreeMap<>();
      folder.manifest().artifacts().stream()
          .filter(log -> log.kind().equals("plan") || log.kind().equals("ra"))
          .forEach(log -> texts.put(log.host() + ":" + log.path() + device(log), log.sha256()));
      all.put(folder.manifest().subject().circuit(), texts);
    }
    return all;
  }

  /** Logs that stand twice in a folder. */
  long twice() {
    long twice = 0;
    for (StoredLogs folder : folders) {
      Map<String, Integer> seen = new HashMap<>();
      for (LogManifest.Artifact log : folder.manifest().artifacts()) {
        if (seen.merge(log.host() + ":" + log.path() + device(log), 1, Integer::sum) > 1) {
          twice++;
        }
      }
    }
    return twice;
  }

  long files() {
    return folders.stream().mapToLong(folder -> folder.manifest().artifacts().size()).sum();
  }

  private static String device(LogManifest.Artifact log) {
    return log.device().map(it -> " of " + it).orElse("");
  }
}
