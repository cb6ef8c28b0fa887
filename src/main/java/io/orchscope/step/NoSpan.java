package io.orchscope.step;

import java.util.Map;
import org.apache.camel.tracing.SpanAdapter;

/** Stand-in for the span of a call on a route that is not traced. */
enum NoSpan implements SpanAdapter {
  INSTANCE;

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
    return "";
  }

  @Override
  public String spanId() {
    return "";
  }

  @Override
  public AutoCloseable makeCurrent() {
    return () -> {};
  }
}
