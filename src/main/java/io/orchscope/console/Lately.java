package io.orchscope.console;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * An answer that costs something, asked for once in a while however many people look.
 *
 * <p>Whoever comes while it is asked for anew gets the one before, unless that is much too old.
 */
final class Lately<T> implements Supplier<T> {

  /** So many times older than it should be is an answer that nobody wants. */
  private static final int MUCH_TOO_OLD = 5;

  private final Supplier<T> question;
  private final Duration fresh;
  private final Clock clock;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile Optional<Known<T>> known = Optional.empty();

  private record Known<T>(T answer, Instant at) {

    /** An answer of the future is one of before somebody has turned the clock back. */
    private boolean isYoungerThan(Duration age, Instant now) {
      return now.isBefore(at.plus(age)) && !at.isAfter(now);
    }
  }

  /**
   * Nobody has asked yet.
   *
   * @param fresh how old an answer may be
   */
  Lately(Supplier<T> question, Duration fresh, Clock clock) {
    this.question = question;
    this.fresh = fresh;
    this.clock = clock;
  }

  @Override
  public T get() {
    Optional<Known<T>> before = known;
    if (isYounger(before, fresh)) {
      return before.orElseThrow().answer();
    }
    if (!asking.tryLock()) {
      if (isYounger(before, fresh.multipliedBy(MUCH_TOO_OLD))) {
        return before.orElseThrow().answer();
      }
      asking.lock();
    }
    try {
      // Whoever was asked meanwhile has answered for all who waited, however long it took.
      Optional<Known<T>> now = known;
      boolean isAnother = !now.map(Known::at).equals(before.map(Known::at));
      return isAnother || isYounger(now, fresh) ? now.orElseThrow().answer() : ask();
    } finally {
      asking.unlock();
    }
  }

  private boolean isYounger(Optional<Known<T>> answer, Duration age) {
    return answer.filter(it -> it.isYoungerThan(age, clock.instant())).isPresent();
  }

  private T ask() {
    T answer = question.get();
    known = Optional.of(new Known<>(answer, clock.instant()));
    return answer;
  }
}
