package io.orchscope.step;

import java.util.Map;
import org.apache.camel.tracing.SpanAdapter;
import org.jspecify.annotations.Nullable;

/**
 * The span around a call from route to route, once more: such a call has no span of its own, since
 * the step that makes it has one, and nothing that is said about it is written down twice.
 */
record Enclosed(SpanAdapter around) implements SpanAdapter {

  /** The span itself, whether or not it is seen through a call. */
  static @Nullable SpanAdapter innermost(@Nullable SpanAdapter span) {
    SpanAdapter found = span;
    while (found instanceof Enclosed enclosed) {
      found = enclosed.around();
    }
    return found instanceof NoSpan ? null : found;
  }

  @Override
  public void setComponent(String component) {}

  @Override
  public void setError(boolean error) {}

  @Override
  public void setTag(String key, String value) {}

  @Override
  public void setTag(String key, Number value) {}

  @Override
  public void setTag(String key, Boolean value) {}

  @Override
  public void log(Map<String, String> log) {}

  @Override
  public String traceId() {
    return around.traceId();
  }

  @Override
  public String spanId() {
    return around.spanId();
  }

  @Override
  public AutoCloseable makeCurrent() {
    return around.makeCurrent();
  }
}
