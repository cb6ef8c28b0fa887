package io.orchscope.evidence;

import io.orchscope.defect.Classification;
import io.orchscope.defect.DefectRules;
import io.orchscope.defect.Naming;
import io.orchscope.evidence.Verdict.Finding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * What a table of rules says of the errors that the archive holds, beside what was said of them
 * when they were found.
 */
public final class Reclassification {

  /** So many verdicts are put in place after those who must know before have been told. */
  private static final int TURN = 200;

  private final EvidenceSearch evidence;
  private final DefectRules rules;
  private final Optional<EvidenceArchive> archive;
  private final Consumer<Map<String, Naming>> before;

  /**
   * How another table would speak, or speaks from now on.
   *
   * @param verdicts that were looked at
   * @param errors that they hold
   * @param changes of code, from and to, with their number
   * @param reworded errors that keep their code, of which title, category, severity or matched part
   *     change
   * @param rewritten verdicts that were put in place of others
   * @param damaged verdicts that were to be rewritten, and were not what was kept
   * @param moved errors whose code changes
   */
  public record Result(
      long verdicts,
      long errors,
      Map<Change, Long> changes,
      long reworded,
      long rewritten,
      List<String> damaged,
      long moved) {}

  /** From one code to another, {@code UNCLASSIFIED} among them. */
  public record Change(String from, String to) implements Comparable<Change> {

    @Override
    public int compareTo(Change other) {
      int byFrom = from.compareTo(other.from);
      return byFrom != 0 ? byFrom : to.compareTo(other.to);
    }
  }

  /**
   * A look at all that is kept.
   *
   * @param archive where verdicts are rewritten; none for a look only
   * @param before told what errors are called from now on, by their keys, before the verdicts that
   *     say so are put in place: whoever is stopped in between does it again
   */
  public Reclassification(
      EvidenceSearch evidence,
      DefectRules rules,
      Optional<EvidenceArchive> archive,
      Consumer<Map<String, Naming>> before) {
    this.evidence = evidence;
    this.rules = rules;
    this.archive = archive;
    this.before = before;
  }

  /** A look only. */
  public Reclassification(EvidenceSearch evidence, DefectRules rules) {
    this(evidence, rules, Optional.empty(), names -> {});
  }

  /**
   * Classifies anew what was attempted after a moment.
   *
   * <p>Errors: {@link StorageFault}; what was rewritten by then stays, and doing it again is safe.
   *
   * @param types of products; none for all
   * @param progress told how many of how many folders are done
   */
  public Result run(List<String> types, Instant after, BiConsumer<Integer, Integer> progress) {
    List<String> folders = evidence.folders();
    Sums sums = new Sums();
    for (int i = 0; i < folders.size(); i++) {
      evidence
          .peek(folders.get(i))
          .filter(stored -> !stored.verdict().attemptedAt().isBefore(after))
          .filter(
              stored ->
                  types.isEmpty() || types.contains(stored.verdict().resource().productType()))
          .ifPresent(stored -> look(stored, sums));
      if (sums.pending.size() >= TURN) {
        rewrite(sums);
      }
      progress.accept(i + 1, folders.size());
    }
    rewrite(sums);
    return new Result(
        sums.verdicts,
        sums.errors,
        sums.changes,
        sums.reworded,
        sums.rewritten,
        sums.damaged,
        sums.moved);
  }

  private void look(StoredVerdict stored, Sums sums) {
    List<Finding> after = new ArrayList<>();
    boolean differs = false;
    for (Finding finding : stored.verdict().occurrences()) {
      Classification verdict = rules.classify(finding.normalised());
      Finding anew = finding.with(verdict);
      boolean same = anew.saysTheSameAs(finding);
      after.add(same ? finding : anew);
      differs |= !same;
      boolean hasMoved = sums.note(finding, verdict.naming(), same);
      if (hasMoved && archive.isPresent()) {
        sums.names.put(finding.key(), verdict.naming());
      }
    }
    sums.verdicts++;
    if (differs && archive.isPresent()) {
      sums.pending.add(new Rewrite(stored, after));
    }
  }

  private void rewrite(Sums sums) {
    if (!sums.names.isEmpty()) {
      before.accept(Map.copyOf(sums.names));
    }
    sums.names.clear();
    for (Rewrite next : sums.pending) {
      StoredVerdict stored = next.stored();
      if (archive.orElseThrow().replaceVerdict(stored, stored.verdict().with(next.findings()))) {
        sums.rewritten++;
      } else {
        sums.damaged.add(stored.folder());
      }
    }
    sums.pending.clear();
  }

  /** A verdict, and what takes the place of what it says. */
  private record Rewrite(StoredVerdict stored, List<Finding> findings) {}

  private static final class Sums {

    private long verdicts;
    private long errors;
    private long reworded;
    private long rewritten;
    private final Map<Change, Long> changes = new TreeMap<>();
    private long moved;
    private final List<Rewrite> pending = new ArrayList<>();
    private final Map<String, Naming> names = new HashMap<>();
    private final List<String> damaged = new ArrayList<>();

    /** Counts an error; answers whether its code changes. */
    private boolean note(Finding before, Naming after, boolean same) {
      errors++;
      Change change = new Change(before.codeOrUnclassified(), after.code());
      if (!change.from().equals(change.to())) {
        changes.merge(change, 1L, Long::sum);
        moved++;
        return true;
      }
      reworded += same ? 0 : 1;
      return false;
    }
  }
}
