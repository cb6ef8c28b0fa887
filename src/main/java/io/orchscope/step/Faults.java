package io.orchscope.step;

import io.orchscope.evidence.StorageFault;
import io.orchscope.ledger.LedgerException;
import io.orchscope.ledger.PollTakenException;
import io.orchscope.mdso.GarbledReplyException;
import io.orchscope.mdso.LogInRefusedException;
import io.orchscope.mdso.ReplyTooLargeException;
import io.orchscope.mdso.Sessions;
import io.orchscope.mdso.TokenEndedException;
import io.orchscope.remote.FailedCall;
import io.orchscope.remote.ProxyFaultException;
import io.orchscope.remote.RemoteSystem;
import io.orchscope.remote.RemoteSystems;
import io.orchscope.settings.Redaction;
import io.orchscope.trace.OverBudgetException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.Duration;
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

  /** Header by which our HTTP client says which remote system an answer is from. */
  public static final String SYSTEM_HEADER = "Orchscope-Remote-System";

  private static final String REFUSED_ONCE = "orchscope.unauthorised-once";

  /** What Camel's redelivery counter says when the first attempt has failed. */
  private static final int FIRST = 1;

  private final int attempts;
  private final Duration longestWait;
  private final RemoteSystems systems;
  private final Sessions sessions;
  private final Redaction redaction;
  private final Clock clock;

  /**
   * Shape: a Retry-After closes the gate of the remote system that sent it.
   *
   * @param attempts after the first
   * @param longestWait the longest Retry-After that is waited for
   */
  public Faults(
      int attempts,
      Duration longestWait,
      RemoteSystems systems,
      Sessions sessions,
      Redaction redaction,
      Clock clock) {
    this.attempts = attempts;
    this.longestWait = longestWait;
    this.systems = systems;
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
    Optional<RemoteSystem> system = systemOf(failure);
    if (failure.getStatusCode() == 401 && mayBeMdso(system)) {
      String pollId = exchange.getMessage().getHeader("poll-id", "", String.class);
      String used = exchange.getMessage().getHeader("Authorization", "", String.class);
      sessions.forget(pollId, used);
    }
    retryAfter(failure)
        .filter(pause -> pause.compareTo(longestWait) <= 0)
        .ifPresent(pause -> system.ifPresent(it -> it.gate().closeFor(pause)));
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
      case UNAUTHORISED -> hasLogIn(exchange, failure) && mayLogInAgain(exchange, failure, counter);
      case TIMEOUT, REFUSED, PROXY, SERVER, GARBLED -> counter <= attempts;
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
        default -> ofStatus(http.get().getStatusCode());
      };
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ProxyFaultException) {
        return FaultReason.PROXY;
      } else if (cause instanceof LogInRefusedException || cause instanceof TokenEndedException) {
        return FaultReason.UNAUTHORISED;
      } else if (cause instanceof ReplyTooLargeException) {
        return FaultReason.TOO_LARGE;
      } else if (cause instanceof OverBudgetException) {
        return FaultReason.TOO_COMPLEX;
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

  /** A redirect is no answer of these APIs, but that of a log-in page or a portal in between. */
  private static FaultReason ofStatus(int status) {
    if (status < 400) {
      return FaultReason.GARBLED;
    }
    return status >= 500 ? FaultReason.SERVER : FaultReason.CLIENT;
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
      return redaction.mask(explain(http.get()));
    }
    Throwable root = failure;
    while (root.getCause() != null && !(root instanceof ProxyFaultException)) {
      root = root.getCause();
    }
    String message = root.getMessage() == null ? "" : ": " + root.getMessage();
    String neighbour =
        root instanceof KafkaException
            ? "Kafka: "
            : FailedCall.systemOf(failure).map(system -> system.title() + ": ").orElse("");
    String whole = neighbour + root.getClass().getSimpleName() + message;
    return redaction.mask(whole.replace('\n', ' ').replace('\r', ' '));
  }

  private String explain(HttpOperationFailedException failure) {
    Optional<RemoteSystem> system = systemOf(failure);
    String status = "HTTP " + failure.getStatusCode();
    if (system.filter(it -> !it.name().showsItsAddress()).isPresent()) {
      return status + " from " + system.get().title();
    }
    String from = status + " from " + failure.getUri().split("\\?", 2)[0];
    return system.map(it -> from + " (" + it.title() + ")").orElse(from);
  }

  static Throwable caught(Exchange exchange) {
    Throwable failure = exchange.getException();
    if (failure == null) {
      failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    }
    return failure == null ? new IllegalStateException("No failure was noted.") : failure;
  }

  /** Only MDSO gives tokens out; another log-in does not help with Webex. */
  private boolean hasLogIn(Exchange exchange, Throwable failure) {
    Optional<RemoteSystem> system = http(failure).flatMap(this::systemOf);
    return mayBeMdso(system) && exchange.getMessage().getHeader("poll-id") != null;
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

  private Optional<RemoteSystem> systemOf(HttpOperationFailedException failure) {
    return Optional.ofNullable(failure.getResponseHeaders())
        .map(headers -> headers.get(SYSTEM_HEADER))
        .flatMap(systems::named);
  }

  /** A route of an operator's own may not name the system that it calls. */
  private static boolean mayBeMdso(Optional<RemoteSystem> system) {
    return system
        .filter(it -> it.name() != RemoteSystem.Name.MDSO)
        .filter(it -> it.name() != RemoteSystem.Name.UNKNOWN)
        .isEmpty();
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
