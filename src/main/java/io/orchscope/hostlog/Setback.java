package io.orchscope.hostlog;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last failure of a host, for which it is left alone for a while. */
final class Setback {

  private static final Logger LOG = LoggerFactory.getLogger(Setback.class);

  private final String host;
  private final Duration pause;
  private final Clock steady;
  private volatile Optional<Failure> last = Optional.empty();

  Setback(String host, Duration pause, Clock steady) {
    this.host = host;
    this.pause = pause;
    this.steady = steady;
  }

  /** Errors: the last failure once more, while the host is left alone. */
  void requireNone() throws HostFault {
    Optional<Failure> failure = last;
    if (failure.isPresent() && steady.instant().isBefore(failure.get().until())) {
      HostFault fault = failure.get().fault();
      throw new HostFault(fault.reason(), String.valueOf(fault.getMessage()), fault);
    }
  }

  /** Takes note of a failure, and gives it back to be thrown. */
  HostFault note(HostFault fault) {
    last = Optional.of(new Failure(fault, steady.instant().plus(pause)));
    LOG.warn(
        "A host of logs cannot be read. host={} reason={} explanation={}",
        host,
        fault.reason().word(),
        fault.getMessage());
    return fault;
  }

  private record Failure(HostFault fault, Instant until) {}
}
