package io.orchscope.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.CollectionRegistration;
import io.opentelemetry.sdk.metrics.export.MetricReader;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * What the SDK had to let go of: because its queue was full, or because nobody took it.
 *
 * <p>The SDK counts that itself, under names of its own and with the component's serial number;
 * this reads those counters once a second and hands on the difference.
 */
final class Drops implements MetricReader {

  /** So many of a signal were dropped for a reason. */
  record Drop(String signal, String reason, long number) {}

  private static final AttributeKey<Boolean> DROPPED = AttributeKey.booleanKey("dropped");
  private static final AttributeKey<Boolean> SUCCESS = AttributeKey.booleanKey("success");
  private static final AttributeKey<String> TYPE = AttributeKey.stringKey("type");

  private final Consumer<Drop> listener;
  private final LongAdder all = new LongAdder();
  private final ScheduledExecutorService clock;
  private CollectionRegistration registration = CollectionRegistration.noop();

  Drops(Consumer<Drop> listener) {
    this.listener = listener;
    this.clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "telemetry-drops");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** How many have been dropped so far, of all signals. */
  long sum() {
    return all.sum();
  }

  /** Reads the SDK's counters now; their names are those of 1.59.0. */
  synchronized void read() {
    for (MetricData metric : registration.collectAllMetrics()) {
      switch (metric.getName()) {
        case "processedSpans" -> full("spans", metric);
        case "processedLogs" -> full("logs", metric);
        case "otlp.exporter.exported" -> refused(metric);
        default -> {}
      }
    }
  }

  private void full(String signal, MetricData metric) {
    for (LongPointData point : metric.getLongSumData().getPoints()) {
      if (Boolean.TRUE.equals(point.getAttributes().get(DROPPED))) {
        note(signal, "queue_full", point.getValue());
      }
    }
  }

  private void refused(MetricData metric) {
    for (LongPointData point : metric.getLongSumData().getPoints()) {
      if (Boolean.FALSE.equals(point.getAttributes().get(SUCCESS))) {
        note(point.getAttributes().get(TYPE) + "s", "export_failed", point.getValue());
      }
    }
  }

  /** Takes note of what was dropped where the SDK's counters do not see it. */
  void note(String signal, String reason, long number) {
    if (number > 0) {
      all.add(number);
      listener.accept(new Drop(signal, reason, number));
    }
  }

  @Override
  public synchronized void register(CollectionRegistration found) {
    registration = found;
    var unused = clock.scheduleWithFixedDelay(this::readQuietly, 1, 1, TimeUnit.SECONDS);
  }

  private void readQuietly() {
    try {
      read();
    } catch (RuntimeException unreadable) {
      // A callback of some gauge failed; the next second reads again, and nothing is lost
      // meanwhile.
    }
  }

  @Override
  public AggregationTemporality getAggregationTemporality(InstrumentType type) {
    return AggregationTemporality.DELTA;
  }

  @Override
  public CompletableResultCode forceFlush() {
    read();
    return CompletableResultCode.ofSuccess();
  }

  @Override
  public CompletableResultCode shutdown() {
    clock.shutdownNow();
    return CompletableResultCode.ofSuccess();
  }
}
