package io.orchscope.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Outcome of the last writes to the ledger, and how long those under way have waited.
 *
 * <p>After a failed transaction the ledger is unhealthy until a later transaction has written, or
 * until a probe could write and nothing has failed for {@link #QUIET}. A transaction that only read
 * proves nothing: a full disk can still be read.
 */
final class WriteHealth {

  /** A transaction under way for longer is blocked; each is small. */
  private static final Duration LONGEST = Duration.ofSeconds(10);

  /** A probe is smaller than most writes, so a full disk may still have room for it. */
  static final Duration QUIET = Duration.ofMinutes(1);

  private record Failure(Instant since, Instant last, String reason) {}

  private final Clock clock;
  private final Map<Thread, Long> underWay = new ConcurrentHashMap<>();
  private volatile Optional<Failure> failure = Optional.empty();

  WriteHealth(Clock clock) {
    this.clock = clock;
  }

  /** Does one transaction and takes note of its outcome. */
  <T> T watch(Store store, Store.Work<T> work) {
    boolean isOuter = underWay.putIfAbsent(Thread.currentThread(), System.nanoTime()) == null;
    try {
      return failure.isEmpty() ? store.transact(work) : attempt(store, work);
    } catch (LedgerException fault) {
      failed(fault);
      throw fault;
    } finally {
      if (isOuter) {
        underWay.remove(Thread.currentThread());
      }
    }
  }

  /** After a failure it matters whether a transaction writes, which costs a question to know. */
  private <T> T attempt(Store store, Store.Work<T> work) {
    boolean[] wrote = {false};
    T result =
        store.transact(
            (handle, circuits) -> {
              long before = store.writes(handle);
              T answer = work.on(handle, circuits);
              wrote[0] = store.writes(handle) != before;
              return answer;
            });
    if (wrote[0]) {
      failure = Optional.empty();
    }
    return result;
  }

  /** What is wrong; asks the store to write when nothing is known to be wrong. */
  Optional<String> trouble(Store store, Duration patience) {
    Optional<String> blocked = blocked();
    if (blocked.isPresent()) {
      return blocked;
    }
    try {
      store.probe(patience);
    } catch (LedgerException fault) {
      failed(fault);
    }
    Optional<Failure> last = failure;
    if (last.isPresent() && last.get().last().plus(QUIET).isBefore(clock.instant())) {
      failure = Optional.empty();
      return Optional.empty();
    }
    return last.map(
        each -> "writes have failed since " + each.since() + "; the last: " + each.reason());
  }

  private Optional<String> blocked() {
    return underWay.values().stream()
        .min(Long::compare)
        .map(begun -> Duration.ofNanos(System.nanoTime() - begun))
        .filter(age -> age.compareTo(LONGEST) > 0)
        .map(age -> "a transaction has been waiting for " + age.toSeconds() + " s");
  }

  private synchronized void failed(LedgerException fault) {
    Throwable cause = fault;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    Instant now = clock.instant();
    failure =
        Optional.of(
            new Failure(
                failure.map(Failure::since).orElse(now), now, String.valueOf(cause.getMessage())));
  }
}
