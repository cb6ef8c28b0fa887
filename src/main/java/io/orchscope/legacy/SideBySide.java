package io.orchscope.legacy;

import io.orchscope.defect.DefectRules;
import io.orchscope.evidence.EvidenceSearch;
import io.orchscope.evidence.StoredVerdict;
import io.orchscope.evidence.Verdict.Finding;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The old monitor and ours over the same errors of the archive. */
public final class SideBySide {

  private static final String UNKNOWN = "UNCLASSIFIED";
  private static final String SEEN = "categorized";

  private final DefectRules rules;
  private final LegacyMonitor monitor;
  private final Map<String, Long> seen = new LinkedHashMap<>();
  private final Map<Pair, Difference> differences = new TreeMap<>();
  private long same;
  private long unseen;

  /** Our code and the old monitor's. */
  public record Pair(String ours, String old) implements Comparable<Pair> {

    @Override
    public int compareTo(Pair other) {
      int byOurs = ours.compareTo(other.ours);
      return byOurs != 0 ? byOurs : old.compareTo(other.old);
    }
  }

  /** How often, and one of the errors. */
  public record Difference(long errors, String example) {}

  /**
   * What came of it.
   *
   * @param same errors of which both say the same
   * @param unseen errors that the old monitor does not see, since MDSO has not categorised them
   * @param counts the old monitor's table of counts
   */
  public record Result(
      long same,
      long unseen,
      Map<Pair, Difference> differences,
      List<LegacyMonitor.Count> counts) {}

  private SideBySide(DefectRules rules, LegacyMonitor monitor) {
    this.rules = rules;
    this.monitor = monitor;
  }

  /** Compares what was attempted after a moment. */
  public static Result of(
      EvidenceSearch evidence, DefectRules rules, LegacyMonitor monitor, Instant after) {
    SideBySide run = new SideBySide(rules, monitor);
    for (String folder : evidence.folders()) {
      evidence
          .open(folder)
          .map(StoredVerdict::verdict)
          .filter(verdict -> !verdict.attemptedAt().isBefore(after))
          .ifPresent(verdict -> verdict.occurrences().forEach(run::look));
    }
    run.compare();
    return new Result(
        run.same, run.unseen, new TreeMap<>(run.differences), monitor.counts(run.seen));
  }

  private void look(Finding finding) {
    if (finding.spokenBy().equals(SEEN)) {
      seen.merge(finding.normalised(), 1L, Long::sum);
    } else {
      unseen++;
    }
  }

  private void compare() {
    seen.forEach(
        (text, times) -> {
          String ours = rules.classify(text).codeOrUnclassified();
          String old = monitor.classify(text);
          boolean bothNew = ours.equals(UNKNOWN) && old.equals(LegacyMonitor.NEW_ERROR);
          if (ours.equals(old) || bothNew) {
            same += times;
          } else {
            differences.merge(
                new Pair(ours, old),
                new Difference(times, text),
                (a, b) -> new Difference(a.errors() + b.errors(), a.example()));
          }
        });
  }
}
