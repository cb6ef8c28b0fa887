package io.orchscope.otlp;

import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** What a receiver has taken: spans go to a reader, the others stay here. */
final class Kept {

  private final Consumer<ReceivedSpan> reader;
  private final Queue<ReceivedMetric> metrics = new ConcurrentLinkedQueue<>();
  private final Queue<ReceivedLog> logs = new ConcurrentLinkedQueue<>();

  Kept(Consumer<ReceivedSpan> reader) {
    this.reader = reader;
  }

  List<ReceivedMetric> metrics() {
    return List.copyOf(metrics);
  }

  List<ReceivedLog> logs() {
    return List.copyOf(logs);
  }

  /** Reads a request and keeps all but the last few of what is in it; answers how many it kept. */
  int keep(Signal signal, byte[] message, int leaveOut) throws IOException {
    return switch (signal) {
      case TRACES -> keep(Messages.spans(message), leaveOut, reader);
      case METRICS -> keep(MetricMessage.metrics(message), leaveOut, metrics::add);
      case LOGS -> keep(Messages.logs(message), leaveOut, logs::add);
    };
  }

  private static <T> int keep(List<T> read, int leaveOut, Consumer<T> place) {
    int kept = Math.max(0, read.size() - leaveOut);
    read.subList(0, kept).forEach(place);
    return kept;
  }
}
