package io.orchscope.step;

import io.opentelemetry.api.trace.StatusCode;
import io.orchscope.alert.Alert;
import io.orchscope.alert.AlertJson;
import io.orchscope.circuit.Resource;
import io.orchscope.defect.Examination;
import io.orchscope.ledger.Decisions;
import io.orchscope.ledger.Ledger;
import io.orchscope.mdso.Poll;
import io.orchscope.telemetry.Signals;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of the road for a poll, a circuit or an alert that cannot be finished. */
public final class DeadLetters {

  private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);

  private final Faults faults;
  private final Decisions decisions;
  private final Ledger ledger;
  private final Signals signals;

  public DeadLetters(Faults faults, Decisions decisions, Ledger ledger, Signals signals) {
    this.faults = faults;
    this.decisions = decisions;
    this.ledger = ledger;
    this.signals = signals;
  }

  /** Keeps what the exchange was about, says why in one line, and lets the next one go on. */
  public void keep(Exchange exchange) {
    Throwable failure = Faults.caught(exchange);
    FaultReason reason = faults.reason(failure);
    String explanation = faults.explain(failure);
    String pollId = exchange.getMessage().getHeader("poll-id", "", String.class);
    Object body = exchange.getMessage().getBody();
    if (reason == FaultReason.INTERNAL) {
      log.error("A bug stopped an exchange. route={}", exchange.getFromRouteId(), failure);
    }
    StepTracer.rootSpan(exchange)
        .ifPresent(root -> root.setStatus(StatusCode.ERROR, reason.word()));
    if (body instanceof Poll poll) {
      log.error(
          "A poll failed; the next one starts over. product={} poll={} reason={} explanation={}",
          poll.product().type(),
          poll.id(),
          reason.word(),
          explanation);
    } else if (body instanceof Alert alert) {
      signals.alertFailed(alert.key(), reason.word());
      ledger.deadLetter("alert", alert.key(), reason.word(), explanation, AlertJson.write(alert));
      log.error(
          "An alert could not be sent; it is a dead letter now. circuit={} code={} reason={} explanation={}",
          alert.circuit(),
          alert.defectCode(),
          reason.word(),
          explanation);
    } else {
      String resourceId = exchange.getMessage().getHeader("resource-id", "", String.class);
      decisions.deadLetter(pollId, resourceId, reason.word(), explanation, "");
      signals.logsNotCollected(productType(body));
      log.warn(
          "A circuit could not be examined; the next poll tries again. resource_id={} poll={} reason={} explanation={}",
          resourceId,
          pollId,
          reason.word(),
          explanation);
    }
  }

  /** Of a circuit wherever it was when it failed. */
  private static String productType(Object body) {
    if (body instanceof Examination examination) {
      return examination.product().type();
    }
    return body instanceof Resource resource ? resource.productType() : "unknown";
  }
}
