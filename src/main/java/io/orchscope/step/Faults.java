package io.orchscope.step;

import io.orchscope.evidence.StorageFault;
import io.orchscope.ledger.LedgerException;
import io.orchscope.ledger.PollTakenException;
import io.orchscope.mdso.GarbledReplyException;
import io.orchscope.mdso.LogInRefusedException;
import io.orchscope.mdso.ReplyTooLargeException;
import io.orchscope.mdso.Sessions;
import io.orchscope.mdso.TokenEndedException;
import io.orchscope.settings.Redaction;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeTimedOutException;
import org.apache.camel.Processor;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a failure is, whether it is worth another attempt, and when.
 *
 * <p>As a processor it takes note of a failure the moment it happens: a Retry-After closes the
 * neighbour's gate, a 401 takes the token out of use.
 */
public final class Faults implements Processor {

  private static final Logger log = LoggerFactory.getLogger(Faults.class);
  private static final String REFUSED_ONCE = "orchscope.unauthorised-once";

  /** What Camel's redelivery counter says when the first attempt has failed. */
  private static final int FIRST = 1;

  private final int attempts;
  private final Duration longestWait;
  private final Map<URI, NeighbourGate> gates;
  private final Sessions sessions;
  private final Redaction redaction;
  private final Clock clock;

  /**
   * Shape: one gate for each neighbour, under its address.
   *
   * @param attempts after the first
   * @param longestWait the longest Retry-After that is waited for
   */
  public Faults(
      int attempts,
      Duration longestWait,
      Map<URI, NeighbourGate> gates,
      Sessions sessions,
      Redaction redaction,
      Clock clock) {
    this.attempts = attempts;
    this.longestWait = longestWait;
    this.gates = gates;
    this.sessions = sessions;
    this.redaction = redaction;
    this.clock = clock;
  }

  @Override
  public void process(Exchange exchange) {
    forgetHalfAnAnswer(exchange);
    if (http(caught(exchange)).isEmpty()) {
      return;
    }
    HttpOperationFailedException failure = http(caught(exchange)).get();
    if (failure.getStatusCode() == 401) {
      String pollId = exchange.getMessage().getHeader("poll-id", "", String.class);
      String used = exchange.getMessage().getHeader("Authorization", "", String.class);
      sessions.forget(pollId, used);
    }
    retryAfter(failure)
        .filter(pause -> pause.compareTo(longestWait) <= 0)
        .ifPresent(pause -> gateOf(failure).ifPresent(gate -> gate.closeFor(pause)));
  }

  /**
   * Where the body of an answer breaks off, the HTTP component of 4.18.0 leaves an empty message on
   * top of the one that was being worked on, so that nobody knew any more what that was.
   */
  @SuppressWarnings("deprecation")
  private static void forgetHalfAnAnswer(Exchange exchange) {
    if (exchange.hasOut()) {
      exchange.setOut(null);
    }
  }

  /** Whether the step that failed is tried once more. */
  public boolean mayRetry(Exchange exchange) {
    Throwable failure = caught(exchange);
    int counter = exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER, 0, Integer.class);
    return switch (reason(failure)) {
      case UNAUTHORISED -> hasLogIn(exchange) && mayLogInAgain(exchange, failure, counter);
      case TIMEOUT, REFUSED, SERVER, GARBLED -> counter <= attempts;
      case RATE_LIMITED -> counter <= attempts && !asksTooMuch(failure);
      default -> false;
    };
  }

  /** Whether a neighbour will not answer this question, whoever asks and however often. */
  public boolean isRefusal(Exchange exchange) {
    return reason(caught(exchange)) == FaultReason.CLIENT;
  }

  /** Whether a refusal is about the question and not about who asks. */
  public boolean isNotAboutUs(Exchange exchange) {
    return reason(caught(exchange)) != FaultReason.UNAUTHORISED;
  }

  /** Says that a token stays behind; it expires by itself. */
  public void tokenNotDeleted(Exchange exchange) {
    log.warn(
        "A token could not be handed back; it expires by itself. poll={} reason={}",
        exchange.getMessage().getHeader("poll-id"),
        explain(caught(exchange)));
  }

  /** The reason of a failure, from the closed set. */
  FaultReason reason(Throwable failure) {
    Optional<HttpOperationFailedException> http = http(failure);
    if (http.isPresent()) {
      return switch (http.get().getStatusCode()) {
        case 401 -> FaultReason.UNAUTHORISED;
        case 408, 423, 425, 429 -> FaultReason.RATE_LIMITED;
        // A redirect leads to the login page of a proxy, and is not followed.
        case 301, 302, 303, 307, 308 -> FaultReason.GARBLED;
        default -> http.get().getStatusCode() >= 500 ? FaultReason.SERVER : FaultReason.CLIENT;
      };
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof LogInRefusedException || cause instanceof TokenEndedException) {
        return FaultReason.UNAUTHORISED;
      } else if (cause instanceof ReplyTooLargeException) {
        return FaultReason.TOO_LARGE;
      } else if (cause instanceof GarbledReplyException) {
        return FaultReason.GARBLED;
      } else if (cause instanceof PollTakenException) {
        return FaultReason.TAKEN;
      } else if (cause instanceof StorageFault || cause instanceof LedgerException) {
        return FaultReason.STORAGE;
      } else if (cause instanceof SocketTimeoutException
          || cause instanceof TimeoutException
          || cause instanceof org.apache.kafka.common.errors.TimeoutException
          || cause instanceof ExchangeTimedOutException) {
        return FaultReason.TIMEOUT;
      } else if (cause instanceof IOException || cause instanceof KafkaException) {
        return FaultReason.REFUSED;
      }
    }
    return FaultReason.INTERNAL;
  }

  /** After how long a neighbour wants to hear from us again, if it said so. */
  Optional<Duration> retryAfter(Throwable failure) {
    return http(failure)
        .map(HttpOperationFailedException::getResponseHeaders)
        .flatMap(headers -> RetryAfter.in(headers, clock.instant()));
  }

  /** One line about a failure for people; no payload, no secret. */
  String explain(Throwable failure) {
    Optional<HttpOperationFailedException> http = http(failure);
    if (http.isPresent()) {
      String address = http.get().getUri().split("\\?", 2)[0];
      return redaction.mask("HTTP " + http.get().getStatusCode() + " from " + address);
    }
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage() == null ? "" : ": " + root.getMessage();
    String neighbour = root instanceof KafkaException ? "Kafka: " : "";
    String whole = neighbour + root.getClass().getSimpleName() + message;
    return redaction.mask(whole.replace('\n', ' ').replace('\r', ' '));
  }

  static Throwable caught(Exchange exchange) {
    Throwable failure = exchange.getException();
    if (failure == null) {
      failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    }
    return failure == null ? new IllegalStateException("No failure was noted.") : failure;
  }

  /** Only MDSO gives tokens out; another log-in does not help with Webex. */
  private static boolean hasLogIn(Exchange exchange) {
    return exchange.getMessage().getHeader("poll-id") != null;
  }

  /** A token may have ended early, once in a call; wrong credentials stay wrong. */
  private boolean mayLogInAgain(Exchange exchange, Throwable failure, int counter) {
    if (is(failure, TokenEndedException.class)) {
      return counter <= attempts;
    }
    boolean atLogIn =
        http(failure).map(refused -> refused.getUri().contains("/tokens")).orElse(true);
    // The same exchange makes many calls; the counter tells where one of them begins.
    boolean again = counter > FIRST && exchange.getProperty(REFUSED_ONCE) != null;
    exchange.setProperty(REFUSED_ONCE, true);
    return !atLogIn && !again;
  }

  private static boolean is(Throwable failure, Class<? extends Throwable> type) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }

  private boolean asksTooMuch(Throwable failure) {
    return retryAfter(failure).filter(pause -> pause.compareTo(longestWait) > 0).isPresent();
  }

  private Optional<NeighbourGate> gateOf(HttpOperationFailedException failure) {
    return gates.entrySet().stream()
        .filter(gate -> failure.getUri().startsWith(gate.getKey().toString()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static Optional<HttpOperationFailedException> http(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof HttpOperationFailedException http) {
        return Optional.of(http);
      }
    }
    return Optional.empty();
  }
}
