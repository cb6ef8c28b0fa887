package io.orchscope.console;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks of passwords, a bounded number at a time.
 *
 * <p>A check costs a quarter of a second of one processor, on purpose. So at most half of the
 * processors check, few log-ins wait, and of one address very few; any more is turned away at once.
 * Names that have logged in from the same address before go first. No request of a page waits here
 * for another.
 */
final class LogIns implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(LogIns.class);

  private static final int MOST_WAITING = 32;
  private static final int MOST_OF_ADDRESS = 4;
  private static final int MOST_CHECKERS = 4;
  private static final Duration TRY_AGAIN = Duration.ofSeconds(2);

  private final Users users;
  private final LogInLimits limits;
  private final LogInFailures failures;
  private final ThreadPoolExecutor checkers;
  private final Map<String, Integer> underWay = new HashMap<>();
  private int number;
  private long sequence;

  /** What came of a log-in: somebody, a wait before the next try, or neither after a failure. */
  record Outcome(Optional<Users.User> user, Duration pause) {

    static final Outcome WRONG = new Outcome(Optional.empty(), Duration.ZERO);
  }

  LogIns(Users users, LogInLimits limits, LogInFailures failures) {
    this.users = users;
    this.limits = limits;
    this.failures = failures;
    int most = Math.min(MOST_CHECKERS, Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    this.checkers =
        new ThreadPoolExecutor(
            most,
            most,
            1,
            TimeUnit.MINUTES,
            new PriorityBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "log-in-check");
              thread.setDaemon(true);
              return thread;
            });
    checkers.allowCoreThreadTimeOut(true);
  }

  /** Checks a name and a password that came from an address. Errors: none. */
  CompletionStage<Outcome> check(String name, String password, String address) {
    Duration wait = limits.waiting(name, address);
    if (!wait.isZero() || !begins(address)) {
      failures.turnedAway(address);
      return CompletableFuture.completedFuture(
          new Outcome(Optional.empty(), wait.isZero() ? TRY_AGAIN : wait));
    }
    Check check =
        new Check(
            limits.isTrusted(name, address) ? 0 : 1,
            next(),
            new CompletableFuture<>(),
            outcome -> checked(name, password, address, outcome));
    checkers.execute(check);
    return check.outcome;
  }

  private void checked(
      String name, String password, String address, CompletableFuture<Outcome> outcome) {
    try {
      // Guesses that were sent together are counted one after the other.
      Duration wait = limits.waiting(name, address);
      if (!wait.isZero()) {
        failures.turnedAway(address);
        outcome.complete(new Outcome(Optional.empty(), wait));
        return;
      }
      Optional<Users.User> user = users.find(name, password);
      if (user.isPresent()) {
        limits.succeeded(name, address);
      } else {
        limits.failed(name, address);
        failures.failed(address, Optional.of(name).filter(users::knows));
      }
      outcome.complete(new Outcome(user, Duration.ZERO));
    } catch (RuntimeException failed) {
      log.error("A log-in could not be checked.", failed);
      outcome.complete(Outcome.WRONG);
    } finally {
      ended(address);
    }
  }

  private synchronized boolean begins(String address) {
    int ofAddress = underWay.getOrDefault(address, 0);
    if (number >= MOST_WAITING || ofAddress >= MOST_OF_ADDRESS) {
      return false;
    }
    underWay.put(address, ofAddress + 1);
    number++;
    return true;
  }

  private synchronized void ended(String address) {
    underWay.computeIfPresent(address, (key, count) -> count > 1 ? count - 1 : null);
    number--;
  }

  private synchronized long next() {
    return sequence++;
  }

  @Override
  public void close() {
    checkers.shutdownNow();
    failures.close();
  }

  /** A log-in that waits for its check, in the order in which it is taken. */
  private record Check(
      int lane,
      long sequence,
      CompletableFuture<Outcome> outcome,
      java.util.function.Consumer<CompletableFuture<Outcome>> work)
      implements Runnable, Comparable<Check> {

    @Override
    public void run() {
      work.accept(outcome);
    }

    @Override
    public int compareTo(Check other) {
      return lane != other.lane
          ? Integer.compare(lane, other.lane)
          : Long.compare(sequence, other.sequence);
    }
  }
}
