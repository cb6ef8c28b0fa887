package io.orchscope.step;

import io.orchscope.circuit.OrchState;
import io.orchscope.evidence.ArtifactKind;
import io.orchscope.evidence.EvidenceSearch;
import io.orchscope.evidence.LogArchive;
import io.orchscope.evidence.LogFolder;
import io.orchscope.evidence.LogManifest;
import io.orchscope.evidence.LogStatus;
import io.orchscope.evidence.LogSubject;
import io.orchscope.evidence.StoredVerdict;
import io.orchscope.hostlog.LogBudget;
import io.orchscope.hostlog.LogGap;
import io.orchscope.ledger.Complaint;
import io.orchscope.ledger.FollowUp;
import io.orchscope.ledger.FollowUps;
import io.orchscope.ledger.LedgerException;
import io.orchscope.secret.SecretMask;
import io.orchscope.telemetry.CircuitContext;
import io.orchscope.telemetry.FollowUpSignals;
import io.orchscope.trace.OrchestrationTrace;
import io.orchscope.trace.TraceLogFile;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The beginning and the end of a follow-up: what is owed, what came of it, what is still missing.
 */
public final class FollowingUp {

  private static final Logger log = LoggerFactory.getLogger(FollowingUp.class);

  private static final int MISSING_SHOWN = 3;

  /** Loans of what is under way are extended as often. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  private final FollowUps followUps;
  private final EvidenceSearch evidence;
  private final Supplier<LogArchive> archive;
  private final Bounds bounds;
  private final FollowUpSignals signals;
  private final Complaint complaint =
      new Complaint(
          log, "No circuit can be followed up: the ledger does not say which are owed it");
  private volatile boolean isLeaving;

  /**
   * How much a follow-up may do.
   *
   * @param hosts whose logs are collected; none where nobody has named any
   * @param atOnce circuits that are under way at the same time
   * @param bytes of logs of one circuit, read from all hosts
   * @param time that one try of one circuit reads
   * @param steady a clock that nobody turns
   */
  public record Bounds(List<String> hosts, int atOnce, long bytes, Duration time, Clock steady) {}

  public FollowingUp(
      FollowUps followUps,
      EvidenceSearch evidence,
      Supplier<LogArchive> archive,
      Bounds bounds,
      FollowUpSignals signals) {
    this.followUps = followUps;
    this.evidence = evidence;
    this.archive = archive;
    this.bounds = bounds;
    this.signals = signals;
  }

  /** Those whose time has come, lent to this process; none once it is about to end. */
  public List<FollowUp> take() {
    if (isLeaving) {
      return List.of();
    }
    try {
      List<FollowUp> taken = followUps.take(bounds.atOnce());
      complaint.isOver();
      return taken;
    } catch (LedgerException unusable) {
      complaint.about(unusable);
      return List.of();
    }
  }

  /**
   * From nothing to the follow-ups whose time has come, as soon as there is a place for one more;
   * looks again at once while there are some.
   */
  public void takeNext(Exchange exchange) throws InterruptedException {
    boolean isFull = !isLeaving && !followUps.awaitFree(bounds.atOnce(), LONGEST_WAIT);
    List<FollowUp> taken = take();
    exchange.getMessage().setBody(taken);
    exchange.setProperty(Exchange.SCHEDULER_POLLED_MESSAGES, isFull || !taken.isEmpty());
  }

  /** Takes no more: the process is about to end. */
  public void leave() {
    isLeaving = true;
  }

  /**
   * From a FollowUp to a CircuitWork, with what the evidence says.
   *
   * <p>Errors: {@link EvidenceGoneException} when the attempt was purged.
   */
  public void open(Exchange exchange) {
    FollowUp followUp = exchange.getMessage().getBody(FollowUp.class);
    StoredVerdict verdict =
        evidence
            .open(followUp.evidence())
            .orElseThrow(() -> new EvidenceGoneException(followUp.evidence()));
    Travelling.putCircuit(exchange, CircuitContext.of(verdict.resource()));
    Optional<OrchestrationTrace> trace =
        evidence.traceLog(followUp.evidence()).flatMap(TraceLogFile::read);
    LogWindow window = LogWindow.of(verdict, trace);
    LogBudget budget = new LogBudget(bounds.bytes(), bounds.time(), bounds.steady());
    Optional<LogFolder> folder =
        bounds.hosts().isEmpty() ? Optional.empty() : Optional.of(opened(verdict));
    try {
      folder.ifPresent(it -> keepTrace(it, followUp.evidence(), trace));
      List<String> hosts = folder.map(this::toAsk).orElse(List.of());
      CircuitWork work =
          new CircuitWork(
              followUp,
              verdict,
              followUps.isLast(followUp),
              new CircuitWork.Collecting(folder, hosts, window, budget));
      noteThatItGoesOn(work);
      exchange.getMessage().setBody(work);
    } catch (RuntimeException fault) {
      // Nobody else would: the body is still the follow-up.
      folder.ifPresent(LogFolder::close);
      throw fault;
    }
  }

  /** What an orchestration logs until its end is not there while it runs. */
  private static void noteThatItGoesOn(CircuitWork work) {
    String state = work.verdict().verdict().resource().orchState();
    boolean collects = !work.collecting().hosts().isEmpty();
    if (collects && !OrchState.of(state).isTerminal()) {
      work.missing(
          new LogGap(
              "", "what is logged later", LogGap.Reason.STILL_RUNNING, "MDSO says " + state));
    }
  }

  private void keepTrace(LogFolder folder, String place, Optional<OrchestrationTrace> trace) {
    evidence
        .traceLog(place)
        .ifPresent(
            bytes ->
                folder.keepText(
                    ArtifactKind.TRACE,
                    "mdso",
                    "resources/" + trace.map(OrchestrationTrace::resourceId).orElse(""),
                    bytes));
  }

  /** Errors: {@link FolderTakenException} while another process is at work on it. */
  private LogFolder opened(StoredVerdict verdict) {
    return archive
        .get()
        .open(LogSubject.of(verdict))
        .orElseThrow(() -> new FolderTakenException(verdict.folder()));
  }

  /** All of them the first time; later those that owe us something. */
  private List<String> toAsk(LogFolder folder) {
    if (folder.isComplete()) {
      return List.of();
    }
    LogManifest before = folder.manifest();
    List<LogManifest.Gap> open = before.gaps().stream().filter(LogManifest.Gap::mayPass).toList();
    boolean isAnybodys =
        before.tries() == 0
            || open.stream().anyMatch(gap -> gap.host().isEmpty())
            || before.artifacts().stream().anyMatch(LogManifest.Artifact::isPartial);
    if (isAnybodys) {
      return bounds.hosts();
    }
    Set<String> owing = open.stream().map(LogManifest.Gap::host).collect(Collectors.toSet());
    return bounds.hosts().stream().filter(owing::contains).toList();
  }

  /** Ends a try: what is missing and may still come is looked for again later. */
  public void end(Exchange exchange) {
    CircuitWork work = exchange.getMessage().getBody(CircuitWork.class);
    LogStatus status = LogStatus.COMPLETE;
    List<LogGap> gaps = work.gaps();
    gaps.forEach(gap -> signals.hostLogMissing(work.productType()));
    if (work.collecting().folder().isPresent()) {
      try (LogFolder folder = work.collecting().folder().get()) {
        status = folder.end(gaps, work.followUp().tries(), work.isLast());
      }
    }
    String missing = missing(gaps, work);
    boolean goesOn = status == LogStatus.INCOMPLETE || work.owesTests();
    if (goesOn && !isLeaving) {
      boolean tried = followUps.putBack(work.followUp(), missing);
      log.info(
          "A circuit's follow-up is not complete{}. tries={} missing=\"{}\"",
          tried ? "; it is tried again" : ", and is given up",
          work.followUp().tries(),
          missing);
    } else if (goesOn) {
      followUps.putBack(work.followUp(), missing);
    } else {
      followUps.complete(work.followUp(), missing);
    }
    signals.followedUp(work.productType(), goesOn ? "incomplete" : status.word(), work.seconds());
  }

  /** Puts back what could not be followed up; a bug must not lose it. */
  public void putBack(Exchange exchange) {
    Throwable fault = Faults.caught(exchange);
    Object body = exchange.getMessage().getBody();
    FollowUp followUp =
        body instanceof CircuitWork work
            ? work.followUp()
            : exchange.getMessage().getBody(FollowUp.class);
    if (body instanceof CircuitWork work) {
      work.collecting().folder().ifPresent(LogFolder::close);
    }
    if (fault instanceof EvidenceGoneException) {
      followUps.complete(followUp, "the evidence was purged");
      return;
    }
    String explanation =
        SecretMask.textWithoutSecrets(fault.getClass().getSimpleName() + ": " + fault.getMessage());
    followUps.putBack(followUp, explanation);
    double seconds = body instanceof CircuitWork work ? work.seconds() : 0;
    signals.followedUp(followUp.productType(), "failed", seconds);
    if (!isLeaving) {
      log.warn(
          "A circuit could not be followed up; it is tried again. evidence={}",
          followUp.evidence(),
          fault);
    }
  }

  private static String missing(List<LogGap> gaps, CircuitWork work) {
    String some =
        gaps.stream()
            .limit(MISSING_SHOWN)
            .map(gap -> gap.what() + (gap.host().isEmpty() ? "" : " of " + gap.host()))
            .map(text -> text.replaceAll("\\p{Cntrl}", " "))
            .collect(Collectors.joining(", "));
    String more =
        gaps.size() > MISSING_SHOWN ? " and " + (gaps.size() - MISSING_SHOWN) + " more" : "";
    String tests = work.owesTests() ? (some.isEmpty() ? "" : "; ") + "tests on errors" : "";
    return some + more + tests;
  }
}
