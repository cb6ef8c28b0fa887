package io.orchscope.step;

import io.opentelemetry.api.trace.Span;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps the trace of a poll small enough to be drawn, however many pages it reads: a step shows its
 * first few runs, and the root says how many more there were.
 *
 * <p>Nothing else is lost with them: events and failures go to the span around.
 */
final class Repeats {

  private final int limit;
  private final Span root;
  private final Map<String, AtomicInteger> runs = new ConcurrentHashMap<>();
  private final AtomicInteger withheld = new AtomicInteger();

  Repeats(int limit, Span root) {
    this.limit = limit;
    this.root = root;
  }

  /** Whether another span of this name is shown. */
  boolean admits(String name) {
    if (runs.computeIfAbsent(name, first -> new AtomicInteger()).incrementAndGet() <= limit) {
      return true;
    }
    root.setAttribute("mdso.spans.withheld", withheld.incrementAndGet());
    return false;
  }
}
