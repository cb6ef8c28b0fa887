package io.orchscope.step;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.orchscope.alert.OwedAlert;
import io.orchscope.circuit.Resource;
import io.orchscope.defect.Examination;
import io.orchscope.defect.Examiner;
import io.orchscope.ledger.Decisions;
import io.orchscope.telemetry.CircuitContext;
import io.orchscope.telemetry.LocalTraces;
import io.orchscope.telemetry.Signals;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * The steps that every circuit passes, each a processor of its own.
 *
 * <p>Processors and not expressions: Camel of 4.18.0 looks a {@code ${body.x}} up anew for every
 * message, which was a sixth of a circuit's processor time.
 */
public final class CircuitSteps {

  private final Examiner examiner;
  private final Signals signals;
  private final Decisions decisions;
  private final Alerting alerting;
  private final Predicate<Examination> followUps;
  private final Market market;

  /**
   * What MDSO's Market is asked by.
   *
   * @param path without a slash at its end
   * @param largeReplies told when a circuit is over
   */
  public record Market(String path, LargeReplies largeReplies) {}

  /**
   * Shape: the examiner knows the products, the decisions the ledger.
   *
   * @param followUps whether a circuit is owed one
   */
  public CircuitSteps(
      Examiner examiner,
      Decisions decisions,
      Alerting alerting,
      Signals signals,
      Predicate<Examination> followUps,
      Market market) {
    this.examiner = examiner;
    this.signals = signals;
    this.decisions = decisions;
    this.alerting = alerting;
    this.followUps = followUps;
    this.market = market;
  }

  /** From a Resource to an Examination; says on the trace's root which circuit it is. */
  public void begin(Exchange exchange) {
    Resource resource = exchange.getMessage().getBody(Resource.class);
    String pollId = exchange.getMessage().getHeader("poll-id", "", String.class);
    Examination examination = examiner.begin(pollId, resource);
    exchange.getMessage().setBody(examination);
    Travelling.putCircuit(exchange, CircuitContext.of(resource));
    Span root = StepTracer.rootSpan(exchange).orElse(Span.getInvalid());
    describe(root, examination);
    signals.circuitBegun(resource.productType());
    long begun = System.nanoTime();
    exchange
        .getExchangeExtension()
        .addOnCompletion(
            new SynchronizationAdapter() {
              @Override
              public void onDone(Exchange done) {
                market.largeReplies().leave(done.getExchangeId());
                double seconds = (System.nanoTime() - begun) / 1e9;
                // Current once more, so that the duration leads to the trace as an exemplar.
                try (Scope scope = root.makeCurrent()) {
                  signals.circuitEnded(resource.productType(), seconds);
                }
              }
            });
  }

  /** Whether there is another look-up to make. */
  public boolean traceIsSought(Exchange exchange) {
    return examination(exchange).search().isOpen();
  }

  /** Where MDSO is to be asked for the trace next. */
  public void nameTrace(Exchange exchange) {
    Examination examination = examination(exchange);
    exchange
        .getMessage()
        .setHeader(Exchange.HTTP_PATH, market.path() + examination.search().path());
    exchange.getMessage().setHeader(Exchange.HTTP_QUERY, examination.search().query());
  }

  /** From MDSO's answer to the Examination, one look-up further. */
  public void parseTrace(Exchange exchange) {
    byte[] answer = exchange.getVariable(MdsoCalls.ANSWER, byte[].class);
    exchange.getMessage().setBody(examiner.read(examination(exchange), answer));
  }

  /** Finds the words in which the failure speaks; the logs of the circuit are in hand by now. */
  public void findErrors(Exchange exchange) {
    Examination examination = examiner.findErrors(examination(exchange));
    signals.logsCollected(examination);
    exchange.getMessage().setBody(examination);
  }

  public boolean deservesEvidence(Exchange exchange) {
    return examiner.deservesEvidence(examination(exchange));
  }

  /** Settles what became of the circuit and what its room is owed; says so on the trace's root. */
  public void record(Exchange exchange) {
    Examination examination = examination(exchange);
    List<OwedAlert> alerts = alerting.owed(examination);
    Optional<String> followUp =
        Optional.of(Sender.current()).filter(sender -> followUps.test(examination));
    for (Optional<String> silence : decisions.record(examination, alerts, followUp)) {
      silence.ifPresent(reason -> signals.alertSuppressed(reason, 1));
    }
    StepTracer.rootSpan(exchange).ifPresent(root -> conclude(root, examination, alerts));
  }

  private static Examination examination(Exchange exchange) {
    return exchange.getMessage().getBody(Examination.class);
  }

  private static void describe(Span span, Examination examination) {
    Resource resource = examination.resource();
    CircuitContext.of(resource).fields().forEach(span::setAttribute);
    span.setAttribute("mdso.product_name", examination.product().name());
    span.setAttribute("mdso.product_type", examination.product().type());
    span.setAttribute("mdso.orch_state", resource.orchState().wire());
    span.setAttribute("mdso.poll.id", examination.pollId());
  }

  private static void conclude(Span root, Examination examination, List<OwedAlert> alerts) {
    root.setAttribute(LocalTraces.OUTCOME, examination.outcome().word());
    examination.unreadable().ifPresent(why -> root.setAttribute("mdso.unreadable", why));
    examination.evidence().ifPresent(where -> root.setAttribute("mdso.evidence.uri", where));
    if (!examination.occurrences().isEmpty()) {
      String codes =
          examination.occurrences().stream()
              .map(occurrence -> occurrence.classification().codeOrUnclassified())
              .distinct()
              .collect(Collectors.joining(","));
      root.setAttribute("mdso.defect_code", codes);
      String fingerprints =
          alerts.stream()
              .map(alert -> alert.group().fingerprint().value())
              .distinct()
              .collect(Collectors.joining(","));
      root.setAttribute("mdso.fingerprint", fingerprints);
    }
  }
}
