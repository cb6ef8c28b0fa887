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
 * Names that have logged in from the same address before go first and have places of their own. No
 * request of a page waits here for another.
 */
final class LogIns implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(LogIns.class);

  private static final int MOST_WAITING = 32;

  /** Places for names that have logged in from their address before. */
  private static final int MOST_TRUSTED = 32;

  private static final int MOST_OF_ADDRESS = 4;
  private static final int MOST_CHECKERS = 4;
  private static final Duration TRY_AGAIN = Duration.ofSeconds(2);

  private final Users users;
  private final LogInLimits limits;
  private final LogInFailures failures;
  private final ThreadPoolExecutor checkers;
  private final Map<String, Integer> underWay = new HashMap<>();
  private final Map<Asked, Check> checks = new HashMap<>();
  private int number;
  private long sequence;

  /** A log-in; equal ones at the same time are one check. */
  private record Asked(String name, String password, String address) {

    @Override
    public String toString() {
      return "log-in of " + name;
    }
  }

  /** Result of a log-in: a user, a wait before the next try, or neither after a failure. */
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

  /**
   * Checks a name and a password that came from an address. A client that sends several requests at
   * once before its first log-in is checked once. Errors: none.
   */
  CompletionStage<Outcome> check(String name, String password, String address) {
    Asked asked = new Asked(name, password, address);
    Duration wait = limits.waiting(name, address);
    Optional<Check> check = wait.isZero() ? checkOf(asked) : Optional.empty();
    if (check.isEmpty()) {
      failures.turnedAway(address);
      return CompletableFuture.completedFuture(
          new Outcome(Optional.empty(), wait.isZero() ? TRY_AGAIN : wait));
    }
    return check.get().outcome;
  }

  /** The check that is under way, or a new one; none where too many wait. */
  private synchronized Optional<Check> checkOf(Asked asked) {
    Check known = checks.get(asked);
    if (known != null) {
      return Optional.of(known);
    }
    boolean isTrusted = limits.isTrusted(asked.name, asked.address);
    int ofAddress = underWay.getOrDefault(asked.address, 0);
    int most = isTrusted ? MOST_WAITING + MOST_TRUSTED : MOST_WAITING;
    if (number >= most || ofAddress >= MOST_OF_ADDRESS) {
      return Optional.empty();
    }
    Check check =
        new Check(
            isTrusted ? 0 : 1,
            sequence++,
            new CompletableFuture<>(),
            outcome -> checked(asked, outcome));
    checkers.execute(check);
    underWay.put(asked.address, ofAddress + 1);
    number++;
    checks.put(asked, check);
    return Optional.of(check);
  }

  private void checked(Asked asked, CompletableFuture<Outcome> outcome) {
    Outcome found = Outcome.WRONG;
    try {
      found = find(asked);
    } catch (RuntimeException failed) {
      log.error("A log-in could not be checked.", failed);
    } finally {
      // Before the answer: its client may ask again at once.
      ended(asked);
      outcome.complete(found);
    }
  }

  private Outcome find(Asked asked) {
    // Guesses that were sent together are counted one after the other.
    Duration wait = limits.waiting(asked.name, asked.address);
    if (!wait.isZero()) {
      failures.turnedAway(asked.address);
      return new Outcome(Optional.empty(), wait);
    }
    Optional<Users.User> user = users.find(asked.name, asked.password);
    if (user.isPresent()) {
      limits.succeeded(asked.name, asked.address);
    } else {
      limits.failed(asked.name, asked.address);
      failures.failed(asked.address, Optional.of(asked.name).filter(users::knows));
    }
    return new Outcome(user, Duration.ZERO);
  }

  private synchronized void ended(Asked asked) {
    underWay.computeIfPresent(asked.address, (key, count) -> count > 1 ? count - 1 : null);
    checks.remove(asked);
    number--;
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
