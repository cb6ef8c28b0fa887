package io.orchscope.otlp;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What reached a receiver, whatever it made of it. */
final class Traffic {

  private final Map<Signal, Long> requests = new EnumMap<>(Signal.class);
  private final Map<Signal, Long> bytes = new EnumMap<>(Signal.class);
  private final Map<Signal, Long> taken = new EnumMap<>(Signal.class);
  private Optional<Throwable> unreadable = Optional.empty();

  synchronized void arrived(Signal signal, int length) {
    requests.merge(signal, 1L, Long::sum);
    bytes.merge(signal, (long) length, Long::sum);
  }

  synchronized void took(Signal signal, int count) {
    taken.merge(signal, (long) count, Long::sum);
  }

  synchronized void couldNotRead(Throwable reason) {
    unreadable = Optional.of(reason);
  }

  synchronized long requests(Signal signal) {
    return requests.getOrDefault(signal, 0L);
  }

  synchronized long bytes(Signal signal) {
    return bytes.getOrDefault(signal, 0L);
  }

  synchronized long taken(Signal signal) {
    return taken.getOrDefault(signal, 0L);
  }

  synchronized Optional<Throwable> unreadable() {
    return unreadable;
  }
}
