package io.orchscope.telemetry;

import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;

/** Copies what travels with the work onto each of its spans. */
final class BaggageOnSpans implements SpanProcessor {

  @Override
  public void onStart(Context parent, ReadWriteSpan span) {
    Baggage.fromContext(parent).forEach((key, entry) -> span.setAttribute(key, entry.getValue()));
  }

  @Override
  public boolean isStartRequired() {
    return true;
  }

  @Override
  public void onEnd(ReadableSpan span) {}

  @Override
  public boolean isEndRequired() {
    return false;
  }
}
