package io.orchscope.telemetry;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;

/** An exporter of which is known what it still owes and what nobody took. */
final class WatchedExporter implements SpanExporter {

  private final SpanExporter exporter;
  private final AtomicLong owed;
  private final Set<String> lost;
  private final IntConsumer refused;

  /**
   * Shape: both are shared with the one who hands spans over.
   *
   * @param owed spans handed over and not yet gone either way
   * @param lost ids of traces of which a span could not be delivered
   * @param refused hears how many spans nobody took
   */
  WatchedExporter(SpanExporter exporter, AtomicLong owed, Set<String> lost, IntConsumer refused) {
    this.exporter = exporter;
    this.owed = owed;
    this.lost = lost;
    this.refused = refused;
  }

  /** A set for ids of traces. */
  static Set<String> noneLost() {
    return ConcurrentHashMap.newKeySet();
  }

  /** What is in the set, which is empty then. */
  static List<String> take(Set<String> lost) {
    List<String> taken = List.copyOf(lost);
    taken.forEach(lost::remove);
    return taken;
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    int count = spans.size();
    Set<String> traceIds = new HashSet<>();
    spans.forEach(span -> traceIds.add(span.getTraceId()));
    CompletableResultCode result = exporter.export(spans);
    result.whenComplete(
        () -> {
          if (!result.isSuccess()) {
            lost.addAll(traceIds);
            refused.accept(count);
          }
          owed.addAndGet(-count);
        });
    return result;
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }
}
