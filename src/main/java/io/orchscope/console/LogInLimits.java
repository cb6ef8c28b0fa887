package io.orchscope.console;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Waiting times after failed log-ins, per name and address and per address.
 *
 * <p>No name by itself is ever locked: an attacker elsewhere must not lock an operator out by
 * guessing at his name. Shape: thread-safe; it remembers a bounded number of pairs and addresses.
 */
final class LogInLimits {

  private static final int MOST_REMEMBERED = 10_000;
  private static final int FREE_OF_PAIR = 10;
  private static final int FREE_OF_ADDRESS = 30;
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
  private static final Duration FORGOTTEN = Duration.ofMinutes(15);
  private static final Duration TRUSTED = Duration.ofHours(12);

  private final Clock clock;
  private final Map<Pair, Failures> pairs = bounded();
  private final Map<String, Failures> addresses = bounded();
  private final Map<Pair, Instant> trusted = bounded();

  private record Pair(String name, String address) {}

  private record Failures(int number, Instant last) {}

  LogInLimits(Clock clock) {
    this.clock = clock;
  }

  /** How long a log-in has to wait; zero when it may be checked now. */
  synchronized Duration waiting(String name, String address) {
    Duration ofPair = waiting(pairs.get(new Pair(name, address)), FREE_OF_PAIR);
    Duration ofAddress =
        isTrusted(name, address) ? Duration.ZERO : waiting(addresses.get(address), FREE_OF_ADDRESS);
    return ofPair.compareTo(ofAddress) > 0 ? ofPair : ofAddress;
  }

  /** Whether this name has logged in from this address within the last 12 hours. */
  synchronized boolean isTrusted(String name, String address) {
    Instant last = trusted.get(new Pair(name, address));
    return last != null && clock.instant().isBefore(last.plus(TRUSTED));
  }

  synchronized void failed(String name, String address) {
    pairs.merge(new Pair(name, address), new Failures(1, clock.instant()), this::sum);
    addresses.merge(address, new Failures(1, clock.instant()), this::sum);
  }

  synchronized void succeeded(String name, String address) {
    Pair pair = new Pair(name, address);
    pairs.remove(pair);
    trusted.put(pair, clock.instant());
  }

  private Failures sum(Failures before, Failures now) {
    return isForgotten(before) ? now : new Failures(before.number + 1, now.last);
  }

  private Duration waiting(@Nullable Failures failures, int free) {
    if (failures == null || failures.number < free || isForgotten(failures)) {
      return Duration.ZERO;
    }
    int doublings = Math.min(10, failures.number - free);
    Duration wait = FIRST_WAIT.multipliedBy(1L << doublings);
    Duration limited = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    Duration left = Duration.between(clock.instant(), failures.last.plus(limited));
    return left.isNegative() ? Duration.ZERO : left;
  }

  private boolean isForgotten(Failures failures) {
    return !clock.instant().isBefore(failures.last.plus(FORGOTTEN));
  }

  private static <K, V> Map<K, V> bounded() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > MOST_REMEMBERED;
      }
    };
  }
}
