package io.orchscope.step;

import io.opentelemetry.api.trace.StatusCode;
import io.orchscope.alert.Delivery;
import io.orchscope.alert.WebexReply;
import io.orchscope.circuit.Resource;
import io.orchscope.defect.Examination;
import io.orchscope.ledger.Decisions;
import io.orchscope.ledger.LedgerException;
import io.orchscope.ledger.Outbox;
import io.orchscope.mdso.Poll;
import io.orchscope.telemetry.Signals;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.util.ObjectHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of the road for a poll, a circuit or a message that cannot be finished. */
public final class DeadLetters {

  private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

  /** An edit tells nothing that the thread does not tell. */
  private static final int ATTEMPTS_OF_EDIT = 5;

  /** An internal error seldom passes; meanwhile the message's thread waits. */
  private static final int ATTEMPTS_AFTER_BUG = 3;

  private final Faults faults;
  private final Decisions decisions;
  private final Outbox outbox;
  private final Alerting alerting;
  private final Signals signals;
  private final Clock clock;

  public DeadLetters(
      Faults faults,
      Decisions decisions,
      Outbox outbox,
      Alerting alerting,
      Signals signals,
      Clock clock) {
    this.faults = faults;
    this.decisions = decisions;
    this.outbox = outbox;
    this.alerting = alerting;
    this.signals = signals;
    this.clock = clock;
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
    if (body instanceof Poll poll && reason == FaultReason.TAKEN) {
      log.info("A poll is left to another. poll={} explanation={}", poll.id(), explanation);
    } else if (body instanceof Poll poll) {
      log.error(
          "A poll failed; the next one starts over. product={} poll={} reason={} explanation={}",
          poll.product().type(),
          poll.id(),
          reason.word(),
          explanation);
    } else if (body instanceof Delivery delivery) {
      noteUndelivered(delivery, failure, reason, explanation);
    } else {
      String resourceId = exchange.getMessage().getHeader("resource-id", "", String.class);
      signals.logsNotCollected(productType(body));
      log.warn(
          "A circuit could not be examined; the next poll tries again. resource_id={} poll={} reason={} explanation={}",
          resourceId,
          pollId,
          reason.word(),
          explanation);
      note(pollId, resourceId, reason, explanation);
    }
  }

  /** Without a note the poll is not complete, and the next one finds the circuit as it was. */
  private void note(String pollId, String resourceId, FaultReason reason, String explanation) {
    try {
      decisions.deadLetter(pollId, resourceId, reason.word(), explanation, "");
    } catch (LedgerException unusable) {
      log.warn(
          "Nor could that be written down. resource_id={} poll={} explanation={}",
          resourceId,
          pollId,
          faults.explain(unusable));
    }
  }

  /** Without a note the message is sent once more when its loan has run out. */
  private void noteUndelivered(
      Delivery delivery, Throwable failure, FaultReason reason, String explanation) {
    try {
      undelivered(delivery, failure, reason, explanation);
    } catch (LedgerException unusable) {
      log.warn(
          "What became of a message could not be written down. room={} alerts={} reason={} explanation={}",
          delivery.roomId(),
          delivery.alerts(),
          reason.word(),
          faults.explain(unusable));
    }
  }

  /** A message that will never be taken is a dead letter; the others wait for another time. */
  private void undelivered(
      Delivery delivery, Throwable failure, FaultReason reason, String explanation) {
    if (reason == FaultReason.CLIENT) {
      alerting.known();
    }
    if (reason == FaultReason.CLIENT && isAboutParent(delivery, failure)) {
      outbox.parentLost(delivery, explanation);
      log.warn(
          "Webex does not know the first message of a group any more; the next message opens a new"
              + " thread. room={} alerts={} explanation={}",
          delivery.roomId(),
          delivery.alerts(),
          explanation);
      return;
    }
    boolean isOver = isOver(delivery, reason);
    if (!isOver && waits(delivery, failure, reason, explanation)) {
      log.warn(
          "A message could not be sent; it waits. room={} alerts={} reason={} explanation={}",
          delivery.roomId(),
          delivery.alerts(),
          reason.word(),
          explanation);
      return;
    }
    if (isOver) {
      outbox.giveUp(delivery, reason.word(), explanation);
    }
    if (delivery.isEdit()) {
      log.info(
          "A message stays as it is; its thread tells the rest. room={} reason={} explanation={}",
          delivery.roomId(),
          reason.word(),
          explanation);
      return;
    }
    signals.alertFailed(reason.word(), delivery.alerts());
    log.error(
        "A message could not be sent; it is a dead letter now. room={} alerts={} code={} reason={} explanation={}",
        delivery.roomId(),
        delivery.alerts(),
        delivery.defectCode(),
        reason.word(),
        explanation);
  }

  /** Whether Webex refused a message because it does not know the first message of its thread. */
  private static boolean isAboutParent(Delivery delivery, Throwable failure) {
    HttpOperationFailedException refusal =
        ObjectHelper.getException(HttpOperationFailedException.class, failure);
    if (refusal == null || refusal.getResponseBody() == null) {
      return false;
    }
    boolean mayBe = refusal.getStatusCode() == 400 || refusal.getStatusCode() == 404;
    WebexReply reply = WebexReply.of(refusal.getResponseBody());
    return mayBe && delivery.parentId().filter(reply::refusesParent).isPresent();
  }

  /** Whether another attempt has no use; a token that is refused is no fault of the message. */
  private static boolean isOver(Delivery delivery, FaultReason reason) {
    return switch (reason) {
      case CLIENT -> true;
      case UNAUTHORISED -> false;
      case INTERNAL -> delivery.isEdit() || delivery.attempts() >= ATTEMPTS_AFTER_BUG;
      default -> delivery.isEdit() && delivery.attempts() >= ATTEMPTS_OF_EDIT;
    };
  }

  /** Answers false when the message has waited for too long. */
  private boolean waits(
      Delivery delivery, Throwable failure, FaultReason reason, String explanation) {
    Instant now = clock.instant();
    if (reason == FaultReason.UNAUTHORISED) {
      alerting.refused(explanation);
      return outbox.keepWaiting(
          delivery, reason.word(), explanation, now.plus(Alerting.TOKEN_PAUSE));
    }
    Optional<Duration> asked = faults.retryAfter(failure);
    asked.ifPresent(alerting::pauseFor);
    Duration pause = pause(delivery);
    Instant notBefore = now.plus(asked.filter(longer -> longer.compareTo(pause) > 0).orElse(pause));
    boolean concernsOthers = reason != FaultReason.INTERNAL && !delivery.isEdit();
    return concernsOthers
        ? outbox.putBack(delivery, reason.word(), explanation, notBefore)
        : outbox.defer(delivery, reason.word(), explanation, notBefore);
  }

  /** Doubles with each time that it was lent, up to ten minutes. */
  private static Duration pause(Delivery delivery) {
    long doublings = Math.min(delivery.attempts() - 1, 10);
    Duration pause = FIRST_PAUSE.multipliedBy(1L << doublings);
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  /** Of a circuit wherever it was when it failed. */
  private static String productType(Object body) {
    if (body instanceof Examination examination) {
      return examination.product().type();
    }
    return body instanceof Resource resource ? resource.productType() : "unknown";
  }
}
