package io.orchscope.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.orchscope.defect.FailureCodes;
import io.orchscope.trace.Orchestration;
import io.orchscope.trace.OrchestrationTrace;
import io.orchscope.trace.Step;
import io.orchscope.trace.TimeQuality;
import io.orchscope.trace.TraceEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes one orchestration as spans with its own times: a root, and below it each step. */
final class OrchestrationSpans {

  private static final AttributeKey<String> LINK_TYPE = AttributeKey.stringKey("mdso.link.type");
  private static final AttributeKey<String> TIME_QUALITY =
      AttributeKey.stringKey("mdso.time.quality");
  private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

  private final Tracer tracer;
  private final PreparedIds prepared;

  OrchestrationSpans(Tracer tracer, PreparedIds prepared) {
    this.tracer = tracer;
    this.prepared = prepared;
  }

  void write(Replay replay) {
    Orchestration orchestration = replay.orchestration();
    OrchestrationIds ids = OrchestrationIds.of(orchestration.trace());
    List<String> spanIds = distinctIds(ids, orchestration.steps());
    Span root = root(replay, ids);
    List<Span> spans = new ArrayList<>();
    for (Step step : orchestration.steps()) {
      Span parent = step.parent().isPresent() ? spans.get(step.parent().getAsInt()) : root;
      SpanBuilder builder = builder(step, orchestration).setParent(Context.root().with(parent));
      String spanId = spanIds.get(spans.size());
      Span span = prepared.with(ids.traceId(), spanId, builder::startSpan);
      if (step.hasFailed()) {
        fail(span, replay.codes().of(step), words(step));
      }
      spans.add(span);
    }
    // A child ends before its parent, as in a trace that is written while things happen.
    for (int i = spans.size() - 1; i >= 0; i--) {
      spans.get(i).end(at(orchestration, orchestration.steps().get(i).end()));
    }
    root.end(at(orchestration, orchestration.length()));
  }

  private Span root(Replay replay, OrchestrationIds ids) {
    Orchestration orchestration = replay.orchestration();
    SpanBuilder builder = rootBuilder(orchestration, replay.origin());
    put(builder, "mdso.defect_code", String.join(",", replay.codes().ofWhole()));
    Span root = prepared.with(ids.traceId(), ids.rootSpanId(), builder::startSpan);
    if (orchestration.hasFailed()) {
      Optional<String> code = replay.codes().ofWhole().stream().findFirst();
      Optional<Step> top = orchestration.top().filter(Step::hasFailed);
      fail(
          root,
          code.orElse(FailureCodes.UNCLASSIFIED),
          top.map(OrchestrationSpans::words).orElse(""));
    }
    return root;
  }

  private SpanBuilder rootBuilder(Orchestration orchestration, Replay.Origin origin) {
    OrchestrationTrace trace = orchestration.trace();
    SpanBuilder builder =
        tracer
            .spanBuilder(name(trace.operation(), origin.product().name()))
            .setNoParent()
            .setStartTimestamp(orchestration.start());
    origin.circuit().ifPresent(root -> builder.addLink(root, Attributes.of(LINK_TYPE, "circuit")));
    put(builder, "mdso.circuit_id", origin.resource().circuit().value());
    put(builder, "mdso.product_type", origin.product().type());
    put(builder, "mdso.product_name", origin.product().name());
    put(builder, "mdso.resource_id", origin.resource().id().value());
    put(builder, "mdso.operation", trace.operation());
    put(builder, "mdso.trace_log_id", trace.resourceId());
    if (origin.isNewest()) {
      put(builder, "mdso.orch_state", origin.resource().orchState().wire());
    }
    builder.setAttribute(LocalTraces.OUTCOME, orchestration.hasFailed() ? "defective" : "healthy");
    put(builder, orchestration.quality());
    return builder;
  }

  private SpanBuilder builder(Step step, Orchestration orchestration) {
    TraceEntry entry = step.entry();
    SpanBuilder builder =
        tracer.spanBuilder(name(entry)).setStartTimestamp(at(orchestration, step.start()));
    put(builder, "mdso.step.state", entry.state());
    put(builder, "mdso.resource_id", entry.resourceId());
    put(builder, "mdso.resource_type", entry.resourceType());
    put(builder, "mdso.process", entry.process());
    put(builder, "mdso.log_file", entry.logFile());
    if (step.isCritical()) {
      builder.setAttribute("mdso.step.critical", true);
    }
    put(builder, step.quality());
    return builder;
  }

  private static void fail(Span span, String code, String words) {
    span.setAttribute(ERROR_TYPE, code);
    span.setStatus(StatusCode.ERROR, ShortText.of(words));
  }

  private static String words(Step step) {
    return step.entry().words().masked();
  }

  private static void put(SpanBuilder builder, String key, String text) {
    if (!text.isEmpty()) {
      builder.setAttribute(key, ShortText.of(text));
    }
  }

  private static void put(SpanBuilder builder, TimeQuality quality) {
    if (quality != TimeQuality.EXACT) {
      builder.setAttribute(TIME_QUALITY, quality.word());
    }
  }

  private static Instant at(Orchestration orchestration, Duration elapsed) {
    return orchestration.start().plus(elapsed);
  }

  private static String name(String operation, String product) {
    return ShortText.of(operation.isBlank() ? product : operation + " " + product);
  }

  /** The script and its class, {@code circuitdetailscollector.Activate}: few names for many. */
  private static String name(TraceEntry entry) {
    String text = entry.process().isBlank() ? entry.resourceType() : entry.process();
    int last = text.lastIndexOf('.');
    String name = text.substring(text.lastIndexOf('.', last - 1) + 1);
    return name.isBlank() ? "step" : ShortText.of(name);
  }

  /** Two spans of one id would be one to a backend, and the other lost. */
  private static List<String> distinctIds(OrchestrationIds ids, List<Step> steps) {
    List<String> spanIds = steps.stream().map(ids::spanId).toList();
    Set<String> distinct = new HashSet<>(spanIds);
    if (distinct.size() < spanIds.size() || distinct.contains(ids.rootSpanId())) {
      throw new IllegalStateException("Two spans of an orchestration have the same id.");
    }
    return spanIds;
  }
}
