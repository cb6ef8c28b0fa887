package io.orchscope.evidence;

import io.orchscope.defect.DefectRules;
import io.orchscope.evidence.Verdict.Finding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * What a table of rules says of the errors that the archive holds, beside what was said of them
 * when they were found.
 */
public final class Reclassification {

  private final EvidenceSearch evidence;
  private final DefectRules rules;
  private final Optional<EvidenceArchive> archive;

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
   * @param moved the errors whose code changes, by their key
   */
  public record Result(
      long verdicts,
      long errors,
      Map<Change, Long> changes,
      long reworded,
      long rewritten,
      List<String> damaged,
      Map<String, Change> moved) {}

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
   */
  public Reclassification(
      EvidenceSearch evidence, DefectRules rules, Optional<EvidenceArchive> archive) {
    this.evidence = evidence;
    this.rules = rules;
    this.archive = archive;
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
      progress.accept(i + 1, folders.size());
    }
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
    List<Finding> before = stored.verdict().occurrences();
    List<Finding> after = new ArrayList<>();
    boolean differs = false;
    for (Finding finding : before) {
      Finding anew = finding.with(rules.classify(finding.normalised()));
      boolean same = anew.saysTheSameAs(finding);
      after.add(same ? finding : anew);
      differs |= !same;
      sums.note(finding, anew, same);
    }
    sums.verdicts++;
    if (differs && archive.isPresent()) {
      if (archive.get().replaceVerdict(stored, stored.verdict().with(after))) {
        sums.rewritten++;
      } else {
        sums.damaged.add(stored.folder());
      }
    }
  }

  private static final class Sums {

    private long verdicts;
    private long errors;
    private long reworded;
    private long rewritten;
    private final Map<Change, Long> changes = new TreeMap<>();
    private final Map<String, Change> moved = new TreeMap<>();
    private final List<String> damaged = new ArrayList<>();

    private void note(Finding before, Finding after, boolean same) {
      errors++;
      Change change = new Change(before.codeOrUnclassified(), after.codeOrUnclassified());
      if (!before.code().equals(after.code())) {
        changes.merge(change, 1L, Long::sum);
        moved.put(before.key(), change);
      } else if (!same) {
        reworded++;
      }
    }
  }
}
