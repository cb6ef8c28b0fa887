package io.orchscope.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/** The bearer tokens that MDSO has given out and not yet taken back. */
final class Tokens {

  private final Clock clock;
  private final Duration lifetime;
  private final SplittableRandom random;
  private final Map<String, Instant> endings = new LinkedHashMap<>();

  Tokens(Clock clock, Duration lifetime, SplittableRandom random) {
    this.clock = clock;
    this.lifetime = lifetime;
    this.random = random;
  }

  /** A new token, good from now on for the configured lifetime or for less. */
  synchronized String issue(Instant now, Duration atMost) {
    endings.values().removeIf(ending -> !now.isBefore(ending));
    String token =
        String.format(Locale.ROOT, "%016x%04x", random.nextLong(), random.nextInt(65536));
    Duration good = atMost.compareTo(lifetime) < 0 ? atMost : lifetime;
    endings.put(token, now.plus(good));
    return token;
  }

  /** When a token ends or has ended. */
  synchronized Instant ending(String token) {
    return endings.getOrDefault(token, Instant.EPOCH);
  }

  /** Whether the header {@code Authorization} carries a token that is still good. */
  boolean accepts(String authorization) {
    String[] words = authorization.strip().split("\\s+", 2);
    boolean scheme = words[0].equalsIgnoreCase("bearer") || words[0].equalsIgnoreCase("token");
    return scheme && words.length == 2 && clock.instant().isBefore(ending(words[1]));
  }

  synchronized boolean delete(String token) {
    return endings.keySet().remove(token);
  }

  synchronized void deleteAll() {
    endings.clear();
  }

  /** How many are good now. */
  synchronized int open() {
    endings.values().removeIf(ending -> !clock.instant().isBefore(ending));
    return endings.size();
  }
}
