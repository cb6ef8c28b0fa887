package io.orchscope.otlp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Whether spans fit together, for more of them than fit into memory: of each it keeps two numbers,
 * of each root also its name and where it links to.
 */
public final class SpanTally implements Consumer<ReceivedSpan> {

  /** A span without a parent, and the traces it belongs to. */
  public record Root(String traceId, String name, List<String> linkedTraces) {}

  private static final int FIRST_SIZE = 1024;

  private long[] spans = new long[FIRST_SIZE];
  private long[] parents = new long[FIRST_SIZE];
  private int count;
  private final List<Root> roots = new ArrayList<>();
  private final Map<String, Long> names = new HashMap<>();

  @Override
  public synchronized void accept(ReceivedSpan span) {
    if (count == spans.length) {
      spans = Arrays.copyOf(spans, count * 2);
      parents = Arrays.copyOf(parents, count * 2);
    }
    names.merge(span.name(), 1L, Long::sum);
    spans[count] = number(span.traceId(), span.spanId());
    // A root stands for its own parent, so that it is never missed.
    parents[count] = span.isRoot() ? spans[count] : number(span.traceId(), span.parentSpanId());
    count++;
    if (span.isRoot()) {
      roots.add(
          new Root(
              span.traceId(),
              span.name(),
              span.links().stream().map(ReceivedSpan.Link::traceId).toList()));
    }
  }

  /** How many spans there were, repeated ones too. */
  public synchronized int count() {
    return count;
  }

  /** How many different spans there were. */
  public synchronized long distinct() {
    return Arrays.stream(spans, 0, count).sorted().distinct().count();
  }

  /** How many spans name a parent that has not come, in their own trace. */
  public synchronized long orphans() {
    long[] known = Arrays.copyOf(spans, count);
    Arrays.sort(known);
    return Arrays.stream(parents, 0, count)
        .filter(parent -> Arrays.binarySearch(known, parent) < 0)
        .count();
  }

  public synchronized List<Root> roots() {
    return List.copyOf(roots);
  }

  /** How many spans there were of each name. */
  public synchronized Map<String, Long> names() {
    return new TreeMap<>(names);
  }

  /** One number for both ids; that two spans share one is as likely as that they share an id. */
  private static long number(String traceId, String spanId) {
    long high = Long.parseUnsignedLong(traceId, 0, 16, 16);
    long low = Long.parseUnsignedLong(traceId, 16, 32, 16);
    return (high * 31 + low) * 31 + Long.parseUnsignedLong(spanId, 16);
  }
}
