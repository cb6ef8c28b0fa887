package io.orchscope.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A trace as a tree of text. */
final class SpanTreeTest {

  @Test
  void drawsASpanOnceHoweverOftenItIsThere() {
    List<SpanData> trace = chain(12);
    List<SpanData> replayed = new ArrayList<>();
    for (int copy = 0; copy < 30; copy++) {
      replayed.addAll(trace);
    }

    String once = SpanTree.draw(trace);

    // Each copy of a parent would draw each copy of its children: 30 to the power of 12 lines.
    assertThat(SpanTree.draw(replayed)).isEqualTo(once);
    assertThat(once.lines()).hasSize(13);
  }

  private static List<SpanData> chain(int length) {
    InMemorySpanExporter kept = InMemorySpanExporter.create();
    try (SdkTracerProvider provider =
        SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(kept)).build()) {
      Tracer tracer = provider.get("test");
      Context context = Context.root();
      List<Span> spans = new ArrayList<>();
      for (int i = 0; i < length; i++) {
        Span span = tracer.spanBuilder("step-" + i).setParent(context).startSpan();
        context = context.with(span);
        spans.add(span);
      }
      spans.forEach(Span::end);
      CompletableResultCode flushed = provider.forceFlush();
      assertThat(flushed.isSuccess()).isTrue();
      return List.copyOf(kept.getFinishedSpanItems());
    }
  }
}
