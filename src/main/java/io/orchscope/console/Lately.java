package io.orchscope.console;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** An answer that costs something, asked for once in a while however many people look. */
final class Lately<T> implements Supplier<T> {

  private final Supplier<T> question;
  private final Duration fresh;
  private final Clock clock;
  private Optional<Known<T>> known = Optional.empty();

  private record Known<T>(T answer, Instant at) {}

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
  public synchronized T get() {
    Instant now = clock.instant();
    // An answer of the future is one of before somebody has turned the clock back.
    return known
        .filter(it -> now.isBefore(it.at.plus(fresh)) && !it.at.isAfter(now))
        .orElseGet(
            () -> {
              Known<T> anew = new Known<>(question.get(), now);
              known = Optional.of(anew);
              return anew;
            })
        .answer;
  }
}
