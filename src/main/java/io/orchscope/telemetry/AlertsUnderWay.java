package io.orchscope.telemetry;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The alerts that are owed to a room, and since when. */
final class AlertsUnderWay {

  private final Clock clock;
  private final Map<String, Instant> since = new ConcurrentHashMap<>();

  AlertsUnderWay(Clock clock) {
    this.clock = clock;
  }

  void owed(String key) {
    since.putIfAbsent(key, clock.instant());
  }

  void settled(String key) {
    since.remove(key);
  }

  int depth() {
    return since.size();
  }

  /** Seconds; 0 when nothing is owed. */
  double oldestAge() {
    Instant now = clock.instant();
    return since.values().stream()
        .min(Instant::compareTo)
        .map(oldest -> Duration.between(oldest, now).toMillis() / 1000.0)
        .orElse(0.0);
  }
}
