package io.orchscope.console;

import io.orchscope.errortest.ErrorTestFinding;
import io.orchscope.errortest.FindingSection;
import io.orchscope.evidence.KeptLogs;
import io.orchscope.evidence.LogManifest;
import io.orchscope.evidence.LogRemark;
import io.orchscope.evidence.StoredLogs;
import io.orchscope.ledger.ErrorTestFindings;
import io.orchscope.ledger.FollowUpStanding;
import io.orchscope.ledger.Ledger;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What was done for an attempt after it was decided: its logs from MDSO's hosts, and the tests of
 * its errors.
 *
 * @param followUp how that stands; none when it is owed none
 */
public record HostLogs(
    Optional<StoredLogs> logs,
    Optional<FollowUpStanding> followUp,
    List<ErrorTestFindings.Kept> tests) {

  private static final int SHOWN = 30;

  /** Where it looks. */
  public record Facts(Ledger ledger, KeptLogs kept) {

    /** Of an attempt, by the place of its evidence. */
    public HostLogs of(String evidence, List<String> occurrences) {
      ErrorTestFindings findings = new ErrorTestFindings(ledger);
      return new HostLogs(
          kept.ofAttempt(evidence),
          FollowUpStanding.of(ledger, evidence),
          occurrences.stream().flatMap(key -> findings.ofOccurrence(key).stream()).toList());
    }
  }

  /** Of an attempt that nothing was done for. */
  public static final HostLogs NONE = new HostLogs(Optional.empty(), Optional.empty(), List.of());

  /** Whether there is nothing to show. */
  public boolean isEmpty() {
    return logs.isEmpty() && followUp.isEmpty() && tests.isEmpty();
  }

  /** The line that says why the attempt failed. */
  public Optional<LogRemark> decisive() {
    return logs.flatMap(it -> it.manifest().decisive());
  }

  /** What else the logs say, the first of it. */
  public List<LogRemark> remarks() {
    return others().stream().limit(SHOWN).toList();
  }

  /** How many lines more there are in the manifest. */
  public int hidden() {
    return Math.max(0, others().size() - SHOWN);
  }

  private List<LogRemark> others() {
    return logs.map(it -> it.manifest().remarks()).orElse(List.of()).stream()
        .filter(it -> it.decisive().isEmpty())
        .toList();
  }

  /** The files, in the order of the manifest. */
  public List<LogManifest.Artifact> files() {
    return logs.map(it -> it.manifest().artifacts()).orElse(List.of());
  }

  /** What is missing. */
  public List<LogManifest.Gap> gaps() {
    return logs.map(it -> it.manifest().gaps()).orElse(List.of());
  }

  /** The folder, for links. */
  public String folder() {
    return logs.map(StoredLogs::folder).orElse("");
  }

  /** The words of a finding, section by section. */
  public static String words(ErrorTestFinding finding) {
    return finding.sections().stream().map(HostLogs::words).collect(Collectors.joining("\n"));
  }

  private static String words(FindingSection section) {
    String head = "[" + section.left() + " - " + section.right() + "] " + section.verdict();
    return section.lines().stream()
        .map(line -> "  ".repeat(line.depth() + 1) + line.plain())
        .collect(Collectors.joining("\n", head + "\n", "\n"));
  }
}
