package io.orchscope.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Draws a trace as a tree of text: one line a span, with its time, its words and its events. */
public final class SpanTree {

  private static final Set<String> NOT_ABOUT_THE_WORK =
      Set.of(
          "component",
          "camel.uri",
          "camel.step.id",
          "camel.route",
          "camel.route.id",
          "routeId",
          "url.scheme",
          "url.template",
          "url.path",
          "url.query",
          "server.address",
          "server.port",
          "server.protocol",
          "http.request.method",
          "http.response.status_code",
          "exchangeId",
          "error");

  private static final int LONGEST = 1_000;

  /** Control characters, ends of lines, and what turns the direction of a text. */
  private static final Pattern ACTING =
      Pattern.compile("[\\p{Cntrl}\\u0080-\\u009f\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069]");

  private static final AttributeKey<Long> STATUS =
      AttributeKey.longKey("http.response.status_code");

  private final List<SpanData> spans;
  private final Map<String, List<SpanData>> children;
  private final StringBuilder out = new StringBuilder();

  /** Each span once, or each copy of a parent would draw each copy of its children. */
  private SpanTree(List<SpanData> spans) {
    this.spans =
        spans.stream()
            .collect(Collectors.toMap(SpanData::getSpanId, span -> span, (one, again) -> again))
            .values()
            .stream()
            .sorted(Comparator.comparingLong(SpanData::getStartEpochNanos))
            .toList();
    this.children = this.spans.stream().collect(Collectors.groupingBy(SpanData::getParentSpanId));
  }

  /** The tree of one trace; a span whose parent is not among them stands at the left. */
  public static String draw(List<SpanData> trace) {
    if (trace.isEmpty()) {
      return "(empty trace)\n";
    }
    return new SpanTree(trace).draw();
  }

  private String draw() {
    Set<String> ids = spans.stream().map(SpanData::getSpanId).collect(Collectors.toSet());
    out.append("trace ")
        .append(spans.get(0).getTraceId())
        .append("  ")
        .append(spans.size())
        .append(" spans\n");
    for (SpanData span : spans) {
      if (!ids.contains(span.getParentSpanId())) {
        line(span, Attributes.empty(), "", "");
        children(span, "");
      }
    }
    return out.toString();
  }

  private void children(SpanData parent, String indent) {
    List<SpanData> below = children.getOrDefault(parent.getSpanId(), List.of());
    for (int i = 0; i < below.size(); i++) {
      boolean last = i == below.size() - 1;
      line(below.get(i), parent.getAttributes(), indent, last ? "└─ " : "├─ ");
      children(below.get(i), indent + (last ? "   " : "│  "));
    }
  }

  /** What the parent says already, of what travels with the work, is not said again. */
  private void line(SpanData span, Attributes parent, String indent, String branch) {
    out.append(indent).append(branch).append(plain(span.getName()));
    Long status = span.getAttributes().get(STATUS);
    if (status != null) {
      out.append("  ").append(status);
    }
    out.append("  ").append(milliseconds(span.getEndEpochNanos() - span.getStartEpochNanos()));
    if (span.getStatus().getStatusCode() == StatusCode.ERROR) {
      out.append("  ERROR");
    }
    span.getAttributes()
        .forEach(
            (key, value) -> {
              if (!NOT_ABOUT_THE_WORK.contains(key.getKey()) && !value.equals(parent.get(key))) {
                out.append("  ").append(key.getKey()).append('=').append(plain(value.toString()));
              }
            });
    for (LinkData link : span.getLinks()) {
      out.append("  ↗ trace ").append(link.getSpanContext().getTraceId());
    }
    for (EventData event : span.getEvents()) {
      out.append("  ● ").append(plain(event.getName()));
    }
    out.append('\n');
  }

  /** Names and words come from neighbours, too: none is to look like a line, or to act. */
  private static String plain(String text) {
    String shown = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    return ACTING.matcher(shown).replaceAll("·");
  }

  private static String milliseconds(long nanos) {
    long tenths = Math.round(nanos / 1e5);
    return tenths / 10 + "." + tenths % 10 + " ms";
  }
}
