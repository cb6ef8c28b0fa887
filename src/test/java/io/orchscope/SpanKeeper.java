package io.orchscope;

import static org.awaitility.Awaitility.await;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every span that has ended, and whether some have not. */
final class SpanKeeper implements SpanProcessor {

  /** From the end of a call's span until other threads see that the gate is closed. */
  private static final Duration TO_CLOSE_THE_GATE = Duration.ofMillis(500);

  private final AtomicInteger running = new AtomicInteger();
  private final Queue<SpanData> ended = new ConcurrentLinkedQueue<>();

  @Override
  public void onStart(Context parent, ReadWriteSpan span) {
    running.incrementAndGet();
  }

  @Override
  public boolean isStartRequired() {
    return true;
  }

  @Override
  public void onEnd(ReadableSpan span) {
    ended.add(span.toSpanData());
    running.decrementAndGet();
  }

  @Override
  public boolean isEndRequired() {
    return true;
  }

  /** All spans, by start, once the last one that was started has ended. */
  List<SpanData> settled() {
    await().atMost(Duration.ofMinutes(2)).until(() -> running.get() == 0);
    return ended.stream().sorted(Comparator.comparingLong(SpanData::getStartEpochNanos)).toList();
  }

  /**
   * How many calls to a server were begun during a pause that it had asked for, by when the refusal
   * was read: a call that was sent before that could not know.
   *
   * @param refused when the server answered
   * @param until the end of the pause
   */
  long early(int port, Instant refused, Instant until) {
    List<SpanData> calls =
        settled().stream().filter(span -> number(span, "server.port") == port).toList();
    long read =
        calls.stream()
            .filter(call -> number(call, "http.response.status_code") >= 429)
            .filter(call -> call.getStartEpochNanos() <= nanos(refused))
            .mapToLong(SpanData::getEndEpochNanos)
            .filter(end -> end >= nanos(refused))
            .min()
            .orElseThrow();
    return calls.stream()
        .map(SpanData::getStartEpochNanos)
        .filter(begun -> begun > read + TO_CLOSE_THE_GATE.toNanos() && begun < nanos(until))
        .count();
  }

  private static long number(SpanData span, String attribute) {
    Long value = span.getAttributes().get(AttributeKey.longKey(attribute));
    return value == null ? 0 : value;
  }

  private static long nanos(Instant time) {
    return TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
  }

  /** Those that have ended so far, in any order. */
  List<SpanData> ended() {
    return List.copyOf(ended);
  }

  /** Whether such a span has ended, whatever else still runs. */
  boolean hasSeen(String name) {
    return ended.stream().anyMatch(span -> span.getName().equals(name));
  }

  List<SpanData> named(String name) {
    return settled().stream().filter(span -> span.getName().equals(name)).toList();
  }

  /** Spans that name a parent which is not among the spans. */
  List<SpanData> orphans() {
    return orphansBeside(this);
  }

  /** The same, where a parent may be a span of another process. */
  List<SpanData> orphansBeside(SpanKeeper other) {
    List<SpanData> all = settled();
    Set<String> ids =
        Stream.concat(all.stream(), other.settled().stream())
            .map(SpanData::getSpanId)
            .collect(Collectors.toSet());
    return all.stream()
        .filter(span -> span.getParentSpanContext().isValid())
        .filter(span -> !ids.contains(span.getParentSpanId()))
        .toList();
  }

  /** The spans of each trace, by its id. */
  TreeMap<String, List<SpanData>> traces() {
    return settled().stream()
        .collect(Collectors.groupingBy(SpanData::getTraceId, TreeMap::new, Collectors.toList()));
  }

  /**
   * The names of a trace as a tree: a line for each span, indented by two columns for each
   * generation.
   */
  String tree(String traceId) {
    List<SpanData> trace = traces().getOrDefault(traceId, List.of());
    StringBuilder tree = new StringBuilder();
    trace.stream()
        .filter(span -> !span.getParentSpanContext().isValid())
        .forEach(root -> draw(root, trace, "", tree));
    return tree.toString();
  }

  private static void draw(SpanData span, List<SpanData> trace, String indent, StringBuilder tree) {
    tree.append(indent).append(span.getName()).append('\n');
    trace.stream()
        .filter(child -> child.getParentSpanId().equals(span.getSpanId()))
        .forEach(child -> draw(child, trace, indent + "  ", tree));
  }
}
