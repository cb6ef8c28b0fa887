package io.orchscope.otlp;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the requests that carry spans and log records; metrics have {@link MetricMessage}. */
final class Messages {

  /** In the requests of all signals: one per resource, in it one per scope, in it the things. */
  private static final List<Integer> FIELDS = List.of(1, 2, 2);

  private static final int WIRE_TYPE_BITS = 3;

  static List<ReceivedSpan> spans(byte[] message) throws InvalidProtocolBufferException {
    List<ReceivedSpan> spans = new ArrayList<>();
    for (ResourceSpans sent : ExportTraceServiceRequest.parseFrom(message).getResourceSpansList()) {
      Attributes resource = Values.attributes(sent.getResource().getAttributesList());
      for (ScopeSpans scope : sent.getScopeSpansList()) {
        scope
            .getSpansList()
            .forEach(span -> spans.add(span(span, resource, scope.getScope().getName())));
      }
    }
    return spans;
  }

  static List<ReceivedLog> logs(byte[] message) throws InvalidProtocolBufferException {
    List<ReceivedLog> logs = new ArrayList<>();
    for (ResourceLogs sent : ExportLogsServiceRequest.parseFrom(message).getResourceLogsList()) {
      Attributes resource = Values.attributes(sent.getResource().getAttributesList());
      for (ScopeLogs scope : sent.getScopeLogsList()) {
        scope
            .getLogRecordsList()
            .forEach(log -> logs.add(log(log, resource, scope.getScope().getName())));
      }
    }
    return logs;
  }

  /** How many spans, metrics or log records there are, without reading them. */
  static int count(byte[] message) throws IOException {
    return count(CodedInputStream.newInstance(message), 0);
  }

  private static int count(CodedInputStream in, int depth) throws IOException {
    int wanted = WireFormat.WIRETYPE_LENGTH_DELIMITED | FIELDS.get(depth) << WIRE_TYPE_BITS;
    boolean innermost = depth == FIELDS.size() - 1;
    int count = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag != wanted) {
        in.skipField(tag);
      } else if (innermost) {
        in.skipField(tag);
        count++;
      } else {
        int outer = in.pushLimit(in.readRawVarint32());
        count += count(in, depth + 1);
        in.popLimit(outer);
      }
    }
    return count;
  }

  private static ReceivedSpan span(Span span, Attributes resource, String scope) {
    return new ReceivedSpan(
        Values.id(span.getTraceId()),
        Values.id(span.getSpanId()),
        Values.id(span.getParentSpanId()),
        span.getName(),
        kind(span.getKind()),
        span.getStartTimeUnixNano(),
        span.getEndTimeUnixNano(),
        Values.attributes(span.getAttributesList()),
        span.getEventsList().stream().map(Messages::event).toList(),
        span.getLinksList().stream().map(Messages::link).toList(),
        switch (span.getStatus().getCode()) {
          case STATUS_CODE_OK -> StatusCode.OK;
          case STATUS_CODE_ERROR -> StatusCode.ERROR;
          default -> StatusCode.UNSET;
        },
        span.getStatus().getMessage(),
        resource,
        scope);
  }

  private static SpanKind kind(Span.SpanKind kind) {
    return switch (kind) {
      case SPAN_KIND_SERVER -> SpanKind.SERVER;
      case SPAN_KIND_CLIENT -> SpanKind.CLIENT;
      case SPAN_KIND_PRODUCER -> SpanKind.PRODUCER;
      case SPAN_KIND_CONSUMER -> SpanKind.CONSUMER;
      default -> SpanKind.INTERNAL;
    };
  }

  private static ReceivedSpan.Event event(Span.Event event) {
    return new ReceivedSpan.Event(
        event.getName(), event.getTimeUnixNano(), Values.attributes(event.getAttributesList()));
  }

  private static ReceivedSpan.Link link(Span.Link link) {
    return new ReceivedSpan.Link(
        Values.id(link.getTraceId()),
        Values.id(link.getSpanId()),
        Values.attributes(link.getAttributesList()));
  }

  private static ReceivedLog log(LogRecord log, Attributes resource, String scope) {
    return new ReceivedLog(
        log.getTimeUnixNano(),
        log.getObservedTimeUnixNano(),
        log.getEventName(),
        log.getSeverityNumberValue(),
        log.getSeverityText(),
        Values.text(log.getBody()),
        Values.attributes(log.getAttributesList()),
        Values.id(log.getTraceId()),
        Values.id(log.getSpanId()),
        resource,
        scope);
  }

  private Messages() {}
}
