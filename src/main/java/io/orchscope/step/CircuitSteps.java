package io.orchscope.step;

import io.opentelemetry.api.trace.Span;
import io.orchscope.circuit.Device;
import io.orchscope.circuit.Resource;
import io.orchscope.defect.Examination;
import io.orchscope.defect.Examiner;
import io.orchscope.ledger.Decisions;
import io.orchscope.telemetry.LocalTraces;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;

/**
 * The steps that every circuit passes, each a processor of its own.
 *
 * <p>Processors and not expressions: Camel of 4.18.0 looks a {@code ${body.x}} up anew for every
 * message, which was a sixth of a circuit's processor time.
 */
public final class CircuitSteps {

  private static final int LONGEST = 1000;

  private final Examiner examiner;
  private final Decisions decisions;
  private final String marketPath;

  /**
   * Shape: the examiner knows the products, the decisions the ledger.
   *
   * @param marketPath the path of MDSO's Market, without a slash at its end
   */
  public CircuitSteps(Examiner examiner, Decisions decisions, String marketPath) {
    this.examiner = examiner;
    this.decisions = decisions;
    this.marketPath = marketPath;
  }

  /** Lets a queued Resource be told by its header, for a dead letter above all. */
  public static void nameResource(Exchange exchange) {
    Resource resource = exchange.getMessage().getBody(Resource.class);
    exchange.getMessage().setHeader("resource-id", resource.id().value());
  }

  /** From a Resource to an Examination; says on the trace's root which circuit it is. */
  public void begin(Exchange exchange) {
    Resource resource = exchange.getMessage().getBody(Resource.class);
    String pollId = exchange.getMessage().getHeader("poll-id", "", String.class);
    Examination examination = examiner.begin(pollId, resource);
    exchange.getMessage().setBody(examination);
    StepTracer.rootSpan(exchange).ifPresent(root -> describe(root, examination));
  }

  /** Whether there is another look-up to make. */
  public boolean traceIsSought(Exchange exchange) {
    return examination(exchange).search().isOpen();
  }

  /** Where MDSO is to be asked for the trace next. */
  public void nameTrace(Exchange exchange) {
    Examination examination = examination(exchange);
    exchange.getMessage().setHeader(Exchange.HTTP_PATH, marketPath + examination.search().path());
    exchange.getMessage().setHeader(Exchange.HTTP_QUERY, examination.search().query());
  }

  /** From MDSO's answer to the Examination, one look-up further. */
  public void parseTrace(Exchange exchange) {
    byte[] answer = exchange.getVariable(MdsoCalls.ANSWER, byte[].class);
    exchange.getMessage().setBody(examiner.read(examination(exchange), answer));
  }

  public boolean deservesEvidence(Exchange exchange) {
    return examiner.deservesEvidence(examination(exchange));
  }

  /** Settles what became of the circuit; says so on the trace's root. */
  public void record(Exchange exchange) {
    Examination examination = decisions.record(examination(exchange));
    StepTracer.rootSpan(exchange).ifPresent(root -> conclude(root, examination));
  }

  /** Whether there is anything to tell a room. */
  public boolean hasErrors(Exchange exchange) {
    return !examination(exchange).occurrences().isEmpty();
  }

  private static Examination examination(Exchange exchange) {
    return exchange.getMessage().getBody(Examination.class);
  }

  private static void describe(Span span, Examination examination) {
    Resource resource = examination.resource();
    span.setAttribute("mdso.circuit_id", shortened(resource.circuit().value()));
    span.setAttribute("mdso.resource_id", shortened(resource.id().value()));
    span.setAttribute("mdso.product_name", examination.product().name());
    span.setAttribute("mdso.product_type", examination.product().type());
    span.setAttribute("mdso.orch_state", resource.orchState().wire());
    span.setAttribute("mdso.poll.id", examination.pollId());
    String tids =
        resource.devices().stream()
            .map(device -> device.tid().value())
            .collect(Collectors.joining(","));
    if (!tids.isEmpty()) {
      span.setAttribute("mdso.tid", shortened(tids));
    }
    String addresses =
        resource.devices().stream()
            .map(Device::managementAddress)
            .flatMap(Optional::stream)
            .collect(Collectors.joining(","));
    if (!addresses.isEmpty()) {
      span.setAttribute("mdso.management_ip", shortened(addresses));
    }
  }

  private static void conclude(Span root, Examination examination) {
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
    }
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
  }
}
