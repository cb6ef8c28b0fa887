package io.orchscope.api;

import static io.orchscope.api.Operation.look;
import static io.orchscope.api.Parameter.text;

import io.orchscope.api.Operation.Given;
import io.orchscope.console.EvidencePage;
import io.orchscope.console.Gantt;
import io.orchscope.console.HostLogs;
import io.orchscope.console.LogPage;
import io.orchscope.console.Reply;
import io.orchscope.evidence.EvidenceSearch;
import io.orchscope.evidence.KeptLogs;
import io.orchscope.evidence.LogManifest;
import io.orchscope.evidence.StoredFile;
import io.orchscope.evidence.StoredLogs;
import io.orchscope.evidence.StoredVerdict;
import io.orchscope.evidence.Verdict;
import io.orchscope.ledger.CircuitHistory;
import io.orchscope.ledger.ErrorTestFindings;
import io.orchscope.ledger.FollowUpStanding;
import io.orchscope.ledger.Ledger;
import io.orchscope.trace.Orchestration;
import io.orchscope.trace.TraceLogFile;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Circuits, what MDSO did for them, and the evidence. */
public final class Circuits implements Answers {

  private static final int ATTEMPTS = 20;

  private final Ledger ledger;
  private final EvidenceSearch evidence;
  private final Function<Verdict.Source, Optional<String>> steps;
  private final HostLogs.Facts logs;
  private final KeptLogs kept;

  /**
   * A test of one of its errors.
   *
   * @param room whether its room was told: owed, planned, suppressed or none
   */
  record Tested(
      String test,
      String outcome,
      String room,
      Instant testedAt,
      String occurrence,
      String words) {}

  /**
   * What was done for an attempt after it was decided.
   *
   * @param state owed, complete or given-up; none where nothing is done for it
   * @param missing why it is not complete, for people
   */
  record FollowedUp(
      String state,
      int tries,
      String missing,
      Optional<String> folder,
      Optional<LogManifest> manifest,
      List<Tested> tests) {}

  /**
   * One attempt of MDSO.
   *
   * @param folder of its evidence
   * @param isVerified whether every file is what was kept
   * @param stepsTraceId of the trace as which MDSO's steps are exported
   */
  record Attempt(
      String folder,
      boolean isVerified,
      Optional<String> stepsTraceId,
      Verdict verdict,
      List<StoredFile> files) {}

  /** All that is known of a circuit; attempts are the newest first. */
  record Known(CircuitHistory history, List<Attempt> attempts) {}

  /** Shape: {@code steps} says as which trace MDSO's steps are exported, if they are. */
  public Circuits(
      Ledger ledger,
      EvidenceSearch evidence,
      KeptLogs kept,
      Function<Verdict.Source, Optional<String>> steps) {
    this.ledger = ledger;
    this.evidence = evidence;
    this.kept = kept;
    this.logs = new HostLogs.Facts(ledger, kept);
    this.steps = steps;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        look(
            "/circuit",
            "All that is known of a circuit.",
            Known.class,
            this::known,
            text("name", "The whole name.").required()),
        look(
            "/orchestration",
            "What MDSO did in an attempt, step by step.",
            Gantt.class,
            this::orchestration,
            text("folder", "Of the attempt's evidence.").required(),
            Parameter.flag("compare", "Beside the last success of its product.")),
        look(
            "/logs",
            "What MDSO's hosts have logged about an attempt, and what tests of its errors found.",
            FollowedUp.class,
            this::followedUp,
            text("folder", "Of the attempt's evidence.").required()),
        look(
            "/log",
            "A log from one of MDSO's hosts, as plain text whatever it holds.",
            Reply.class,
            this::log,
            text("folder", "Of the attempt's logs.").required(),
            text("file", "Its name in the manifest.").required()),
        look(
            "/evidence",
            "A file of the evidence, as plain text whatever it holds.",
            Reply.class,
            this::file,
            text("folder", "Of the attempt's evidence.").required(),
            text("file", "Its name.").required()));
  }

  private Known known(Given given) {
    String circuit = given.text("name");
    CircuitHistory history = CircuitHistory.of(ledger, circuit);
    List<StoredVerdict> attempts = evidence.find(circuit);
    if (history.isEmpty() && attempts.isEmpty()) {
      throw Problem.missing("circuit", "Look for a part of its name by /search, or collect it.");
    }
    return new Known(history, attempts.stream().limit(ATTEMPTS).map(this::attempt).toList());
  }

  private Attempt attempt(StoredVerdict stored) {
    return new Attempt(
        stored.folder(),
        stored.isVerified(),
        stored.verdict().trace().flatMap(steps),
        stored.verdict(),
        evidence.files(stored.folder()));
  }

  private Gantt orchestration(Given given) {
    String folder = given.text("folder");
    Orchestration orchestration =
        trace(folder)
            .orElseThrow(
                () ->
                    Problem.missing(
                        "orchestration trace",
                        "MDSO may have kept none, or it is too complex to draw."));
    Optional<Orchestration> usual =
        given.flag("compare")
            ? evidence
                .open(folder)
                .flatMap(it -> evidence.lastSuccess(it.verdict().resource().productType()))
                .flatMap(success -> trace(success.folder()))
            : Optional.empty();
    return Gantt.of(orchestration, usual);
  }

  private FollowedUp followedUp(Given given) {
    String folder = given.text("folder");
    Verdict verdict =
        evidence
            .open(folder)
            .orElseThrow(() -> Problem.missing("attempt", "/circuit lists those that are kept."))
            .verdict();
    HostLogs found =
        logs.of(folder, verdict.occurrences().stream().map(Verdict.Finding::key).toList());
    return new FollowedUp(
        found.followUp().map(FollowUpStanding::state).orElse("none"),
        found.followUp().map(it -> it.followUp().tries()).orElse(0),
        found.followUp().map(FollowUpStanding::missing).orElse(""),
        found.logs().map(StoredLogs::folder),
        found.logs().map(StoredLogs::manifest),
        found.tests().stream().map(Circuits::tested).toList());
  }

  private static Tested tested(ErrorTestFindings.Kept kept) {
    return new Tested(
        kept.finding().test(),
        kept.finding().outcome().word(),
        kept.telling(),
        kept.finding().testedAt(),
        kept.finding().occurrenceKey(),
        HostLogs.words(kept.finding()));
  }

  private Reply log(Given given) {
    return LogPage.log(kept, given.text("folder"), given.text("file"))
        .orElseThrow(() -> Problem.missing("log", "It may be older than logs.keep-for."));
  }

  private Optional<Orchestration> trace(String folder) {
    return evidence.traceLog(folder).flatMap(TraceLogFile::read).flatMap(Gantt::orchestration);
  }

  private Reply file(Given given) {
    return EvidencePage.file(evidence, given.text("folder"), given.text("file"))
        .orElseThrow(() -> Problem.missing("file", "It may be older than evidence.keep-for."));
  }
}
