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
    Optional<Known<T>> good = known.filter(it -> it.isYoungerThan(fresh, clock.instant()));
    if (good.isPresent()) {
      return good.get().answer();
    }
    if (!asking.tryLock()) {
      Duration longest = fresh.multipliedBy(MUCH_TOO_OLD);
      Optional<Known<T>> older = known.filter(it -> it.isYoungerThan(longest, clock.instant()));
      if (older.isPresent()) {
        return older.get().answer();
      }
      asking.lock();
    }
    try {
      return known
          .filter(it -> it.isYoungerThan(fresh, clock.instant()))
          .map(Known::answer)
          .orElseGet(this::ask);
    } finally {
      asking.unlock();
    }
  }

  private T ask() {
    Instant now = clock.instant();
    T answer = question.get();
    known = Optional.of(new Known<>(answer, now));
    return answer;
  }
}
