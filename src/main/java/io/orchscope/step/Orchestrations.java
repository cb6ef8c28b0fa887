package io.orchscope.step;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.orchscope.defect.DefectClassifier;
import io.orchscope.defect.Examination;
import io.orchscope.defect.FailureCodes;
import io.orchscope.ledger.ExportedOrchestrations;
import io.orchscope.telemetry.LocalTraces;
import io.orchscope.telemetry.OrchestrationIds;
import io.orchscope.telemetry.OrchestrationReplay;
import io.orchscope.telemetry.Replay;
import io.orchscope.trace.EntriesHash;
import io.orchscope.trace.Orchestration;
import io.orchscope.trace.OrchestrationTrace;
import io.orchscope.trace.OverBudgetException;
import io.orchscope.trace.TimeBudget;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exports each orchestration that has come to its end, once, and links it with our own work on the
 * circuit.
 *
 * <p>Errors: none that a circuit would notice. What goes wrong here is a line in the log, one a
 * minute at most.
 */
public final class Orchestrations implements AutoCloseable {

  /** What became of an orchestration that was looked at. */
  public enum Fate {
    EXPORTED,
    EXPORTED_BEFORE,
    /** MDSO is not done with it. */
    NOT_TERMINAL,
    /** No entry, or no time, could be read. */
    UNREADABLE,
    /** The exporter's queue is full, or there was a fault; nothing is claimed. */
    LEFT,
    /** Its steps could not be computed within the time that a circuit may take. */
    TOO_COMPLEX,
    /** There is no endpoint, and it is kept as text. */
    SHOWN,
    /** There is no endpoint, and it is not worth keeping as text. */
    PASSED_OVER
  }

  private static final Set<Fate> LINKED =
      EnumSet.of(Fate.EXPORTED, Fate.EXPORTED_BEFORE, Fate.SHOWN);

  private static final Logger log = LoggerFactory.getLogger(Orchestrations.class);
  private static final long PAUSE_NANOS = Duration.ofMinutes(1).toNanos();
  private static final Attributes LINK =
      Attributes.of(AttributeKey.stringKey("mdso.link.type"), "orchestration");

  private final Supplier<Optional<OrchestrationReplay>> replays;
  private final ExportedOrchestrations exported;
  private final DefectClassifier classifier;
  private final LocalTraces.Choice local;
  private final boolean isOn;
  private final Map<Fate, LongAdder> fates = new ConcurrentHashMap<>();
  private final LongAdder notTaken = new LongAdder();
  private final AtomicLong nextComplaint = new AtomicLong(System.nanoTime());
  private volatile boolean isStopping;

  /**
   * Shape: none to replay with where routes are only put together for a trial.
   *
   * @param local which traces are kept as text
   * @param isOn whether the step of the route does anything
   */
  public Orchestrations(
      Supplier<Optional<OrchestrationReplay>> replays,
      ExportedOrchestrations exported,
      DefectClassifier classifier,
      LocalTraces.Choice local,
      boolean isOn) {
    this.replays = replays;
    this.exported = exported;
    this.classifier = classifier;
    this.local = local;
    this.isOn = isOn;
  }

  /** Every attempt that was found, each once; the circuit's trace is linked with them. */
  public Examination replay(Examination examination, Exchange exchange) {
    if (!isOn) {
      return examination;
    }
    Optional<Span> root = StepTracer.rootSpan(exchange);
    Optional<SpanContext> circuit = root.map(Span::getSpanContext).filter(SpanContext::isValid);
    // One for all attempts of the circuit, however many there are.
    TimeBudget budget = budget();
    boolean isNewest = true;
    for (OrchestrationTrace attempt : examination.search().attempts()) {
      Fate fate =
          replay(
              attempt,
              new Replay.Origin(examination.product(), examination.resource(), isNewest, circuit),
              budget);
      if (LINKED.contains(fate)) {
        root.ifPresent(span -> span.addLink(OrchestrationIds.of(attempt).root(), LINK));
      }
      isNewest = false;
    }
    return examination;
  }

  /** One orchestration. */
  public Fate replay(OrchestrationTrace trace, Replay.Origin origin) {
    return replay(trace, origin, budget());
  }

  /** Gives computations up that are under way, and those to come: the process is about to end. */
  public void leave() {
    isStopping = true;
  }

  private TimeBudget budget() {
    return TimeBudget.of(TimeBudget.USUAL, () -> isStopping);
  }

  private Fate replay(OrchestrationTrace trace, Replay.Origin origin, TimeBudget budget) {
    Fate fate = Fate.LEFT;
    try {
      Optional<OrchestrationReplay> replay = replays.get();
      if (replay.isPresent() && isOfUse(replay.get(), trace)) {
        giveBackLost();
        fate =
            Orchestration.of(trace, budget)
                .map(orchestration -> decide(replay.get(), orchestration, origin, budget))
                .orElse(Fate.UNREADABLE);
      } else {
        fate = Fate.PASSED_OVER;
      }
    } catch (OverBudgetException given) {
      fate = givenUp(trace, origin, given);
    } catch (RuntimeException fault) {
      complain(fault.getClass().getSimpleName(), Optional.of(fault));
    }
    fates.computeIfAbsent(fate, first -> new LongAdder()).increment();
    return fate;
  }

  /** How many had which fate so far. */
  public Map<Fate, Long> figures() {
    Map<Fate, Long> figures = new EnumMap<>(Fate.class);
    fates.forEach((fate, sum) -> figures.put(fate, sum.sum()));
    return figures;
  }

  /** Whether there is an endpoint to export to. */
  public boolean canExport() {
    return replays.get().filter(OrchestrationReplay::exports).isPresent();
  }

  /** Sends what is waiting, and gives back what nobody took; answers how many that were so far. */
  public long settle(Duration limit) {
    replays.get().ifPresent(replay -> replay.flush(limit));
    giveBackLost();
    return notTaken.sum();
  }

  /** Sends what is waiting, gives back what nobody took, and ends. */
  @Override
  public void close() {
    try {
      replays.get().ifPresent(OrchestrationReplay::close);
      giveBackLost();
    } catch (RuntimeException fault) {
      complain(fault.getClass().getSimpleName(), Optional.of(fault));
    }
  }

  /** Looked at before anything is worked out: most circuits are healthy. */
  private boolean isOfUse(OrchestrationReplay replay, OrchestrationTrace trace) {
    return replay.exports()
        || switch (local) {
          case ALL -> true;
          case FAILURES ->
              trace.entries().stream().anyMatch(entry -> entry.state().equals("FAILED"));
          case NONE -> false;
        };
  }

  private Fate givenUp(OrchestrationTrace trace, Replay.Origin origin, OverBudgetException given) {
    if (given.reason() == OverBudgetException.Reason.STOPPING) {
      return Fate.LEFT;
    }
    log.warn(
        "The steps of an orchestration are not exported: its trace is too complex. The circuit"
            + " itself was decided. resource_id={} entries={} explanation={}",
        origin.resource().id().value(),
        trace.entries().size(),
        given.getMessage());
    return Fate.TOO_COMPLEX;
  }

  private Fate decide(
      OrchestrationReplay replay,
      Orchestration orchestration,
      Replay.Origin origin,
      TimeBudget budget) {
    if (!orchestration.isTerminal(origin.resource())) {
      return Fate.NOT_TERMINAL;
    }
    if (!replay.exports()) {
      if (local == LocalTraces.Choice.ALL || orchestration.hasFailed()) {
        replay.replay(named(orchestration, origin, budget));
        return Fate.SHOWN;
      }
      return Fate.PASSED_OVER;
    }
    if (!replay.hasRoomFor(orchestration.steps().size())) {
      complain("queue-full", Optional.empty());
      return Fate.LEFT;
    }
    OrchestrationTrace trace = orchestration.trace();
    String traceId = OrchestrationIds.of(trace).traceId();
    if (!exported.claim(traceId, EntriesHash.of(trace))) {
      return Fate.EXPORTED_BEFORE;
    }
    try {
      replay.replay(named(orchestration, origin, budget));
      return Fate.EXPORTED;
    } catch (RuntimeException fault) {
      exported.giveBack(traceId);
      throw fault;
    }
  }

  private Replay named(Orchestration orchestration, Replay.Origin origin, TimeBudget budget) {
    return new Replay(
        orchestration,
        origin,
        FailureCodes.of(orchestration, origin.product(), origin.resource(), classifier, budget));
  }

  private void giveBackLost() {
    List<String> lost = replays.get().map(OrchestrationReplay::takeLost).orElse(List.of());
    if (!lost.isEmpty()) {
      notTaken.add(lost.size());
      lost.forEach(exported::giveBack);
      complain("not-taken", Optional.empty());
    }
  }

  private void complain(String reason, Optional<RuntimeException> fault) {
    long now = System.nanoTime();
    long next = nextComplaint.get();
    if (now - next >= 0 && nextComplaint.compareAndSet(next, now + PAUSE_NANOS)) {
      log.warn(
          "Orchestrations could not be exported; 'orchscope replay' tries them again. reason={}",
          reason,
          fault.orElse(null));
    }
  }
}
