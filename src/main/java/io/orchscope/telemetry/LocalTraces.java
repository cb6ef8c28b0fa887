package io.orchscope.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Traces that can be read without a backend: the last few are kept, and each is written to the log
 * named {@code orchscope.traces} as a tree of text.
 *
 * <p>Memory: a healthy circuit's spans are let go of when its root ends; the others wait until
 * nothing has been added for a moment, since an alert ends after the circuit that raised it.
 */
public final class LocalTraces implements SpanProcessor {

  /** Which traces are worth reading. */
  public enum Choice {
    ALL,
    FAILURES,
    NONE;

    /** The choice that a setting names. */
    public static Choice of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  /** Set on the root span of a circuit when it is decided. */
  public static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("mdso.outcome");

  private static final Logger log = LoggerFactory.getLogger("orchscope.traces");
  private static final Logger complaints = LoggerFactory.getLogger(LocalTraces.class);
  private static final Duration QUIET = Duration.ofMillis(1500);
  private static final int TRACES_KEPT = 200;
  private static final int SPANS_PER_TRACE = 400;
  private static final int TRACES_OPEN = 5000;

  private final Choice choice;
  private final Map<String, Open> open = new ConcurrentHashMap<>();
  private final Deque<List<SpanData>> finished = new ArrayDeque<>();
  private final ScheduledExecutorService sweeper;

  /** Keeps what the choice says, from now until it is shut down. */
  public LocalTraces(Choice choice) {
    this.choice = choice;
    this.sweeper =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "local-traces");
              thread.setDaemon(true);
              return thread;
            });
    if (choice != Choice.NONE) {
      var unused =
          sweeper.scheduleWithFixedDelay(
              this::sweepAgain, QUIET.toMillis(), QUIET.toMillis() / 3, TimeUnit.MILLISECONDS);
    }
  }

  /** The newest finished trace that has a span like this, with all that was added to it later. */
  public Optional<List<SpanData>> newest(Predicate<SpanData> like) {
    sweep(Duration.ZERO);
    synchronized (finished) {
      return finished.stream()
          .filter(trace -> trace.stream().anyMatch(like))
          .findFirst()
          .map(trace -> all(trace.get(0).getTraceId()));
    }
  }

  /** A circuit is followed up long after it was decided; what was drawn apart belongs together. */
  private List<SpanData> all(String traceId) {
    return finished.stream()
        .filter(trace -> trace.get(0).getTraceId().equals(traceId))
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public void onStart(Context parent, ReadWriteSpan span) {
    String traceId = span.getSpanContext().getTraceId();
    if (choice != Choice.NONE && (open.size() < TRACES_OPEN || open.containsKey(traceId))) {
      open.computeIfAbsent(traceId, id -> new Open()).started();
    }
  }

  @Override
  public void onEnd(ReadableSpan span) {
    String traceId = span.getSpanContext().getTraceId();
    Open trace = open.get(traceId);
    if (trace == null) {
      return;
    }
    trace.ended(span);
    boolean root = !span.getParentSpanContext().isValid();
    if (root && choice == Choice.FAILURES && "healthy".equals(span.getAttribute(OUTCOME))) {
      open.remove(traceId);
    }
  }

  @Override
  public boolean isStartRequired() {
    return true;
  }

  @Override
  public boolean isEndRequired() {
    return true;
  }

  @Override
  public CompletableResultCode forceFlush() {
    sweep(Duration.ZERO);
    return CompletableResultCode.ofSuccess();
  }

  @Override
  public CompletableResultCode shutdown() {
    sweeper.shutdownNow();
    sweep(Duration.ZERO);
    return CompletableResultCode.ofSuccess();
  }

  /** A sweep that fails must not be the last: what is not swept stays in memory. */
  private void sweepAgain() {
    try {
      sweep(QUIET);
    } catch (RuntimeException | Error failed) {
      complaints.warn("Traces could not be drawn; the others are.", failed);
    }
  }

  private void sweep(Duration quiet) {
    Iterator<Map.Entry<String, Open>> traces = open.entrySet().iterator();
    while (traces.hasNext()) {
      Open trace = traces.next().getValue();
      if (trace.isQuietFor(quiet)) {
        traces.remove();
        keep(trace.spans());
      }
    }
  }

  private void keep(List<SpanData> spans) {
    synchronized (finished) {
      finished.addFirst(spans);
      if (finished.size() > TRACES_KEPT) {
        finished.removeLast();
      }
    }
    if (log.isInfoEnabled()) {
      log.info("{}", SpanTree.draw(spans));
    }
  }

  /** A trace some of whose spans may still be running. */
  private static final class Open {

    /** By id: an orchestration that is replayed again has the same spans. */
    private final Map<String, ReadableSpan> spans = new LinkedHashMap<>();

    private int running;
    private long lastChange = System.nanoTime();

    synchronized void started() {
      running++;
    }

    synchronized void ended(ReadableSpan span) {
      running--;
      lastChange = System.nanoTime();
      if (spans.size() < SPANS_PER_TRACE || !span.getParentSpanContext().isValid()) {
        spans.put(span.getSpanContext().getSpanId(), span);
      }
    }

    synchronized boolean isQuietFor(Duration quiet) {
      return running == 0 && System.nanoTime() - lastChange >= quiet.toNanos();
    }

    synchronized List<SpanData> spans() {
      return spans.values().stream().map(ReadableSpan::toSpanData).toList();
    }
  }
}
