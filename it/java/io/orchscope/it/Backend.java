package io.orchscope.it;

import io.orchscope.otlp.Behaviour;
import io.orchscope.otlp.OtlpReceiver;
import io.orchscope.otlp.Signal;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;

/**
 * A backend for measurements, as a process of its own: says where it listens, counts what comes
 * until its standard input ends, and says how much that was.
 *
 * <p>Started by {@code it/bench/bench.py}.
 */
final class Backend {

  /**
   * Word: {@code takes}, {@code refused}, {@code slow} (5 s for each answer) or {@code bad} (400).
   */
  public static void main(String[] words) throws IOException {
    try (OtlpReceiver receiver = OtlpReceiver.counting()) {
      switch (words[0]) {
        case "takes" -> receiver.behave(Behaviour.normal());
        case "refused" -> receiver.goDown();
        case "slow" -> receiver.behave(Behaviour.slow(Duration.ofSeconds(5)));
        case "bad" -> receiver.behave(Behaviour.refusing());
        default -> throw new IllegalArgumentException("There is no backend that is " + words[0]);
      }
      System.out.println(receiver.endpoint());
      while (System.in.read() >= 0) {
        // Nothing is said to it.
      }
      System.out.printf(
          Locale.ROOT,
          "{\"requests\": %d, \"spans\": %d, \"megabytes\": %.1f}%n",
          receiver.requests(Signal.TRACES),
          receiver.count(Signal.TRACES),
          receiver.bytes(Signal.TRACES) / 1e6);
    }
  }

  private Backend() {}
}
