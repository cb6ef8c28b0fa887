package io.orchscope.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.orchscope.otlp.ReceivedMetric.Kind;
import io.orchscope.otlp.ReceivedMetric.Point;
import io.orchscope.otlp.ReceivedMetric.Temporality;
import java.util.ArrayList;
import java.util.List;

/** Reads the requests that carry metrics. */
final class MetricMessage {

  static List<ReceivedMetric> metrics(byte[] message) throws InvalidProtocolBufferException {
    List<ReceivedMetric> metrics = new ArrayList<>();
    for (ResourceMetrics sent :
        ExportMetricsServiceRequest.parseFrom(message).getResourceMetricsList()) {
      Attributes resource = Values.attributes(sent.getResource().getAttributesList());
      for (ScopeMetrics scope : sent.getScopeMetricsList()) {
        scope
            .getMetricsList()
            .forEach(metric -> metrics.add(metric(metric, resource, scope.getScope().getName())));
      }
    }
    return metrics;
  }

  private static ReceivedMetric metric(Metric metric, Attributes resource, String scope) {
    return new ReceivedMetric(
        metric.getName(),
        metric.getUnit(),
        metric.getDescription(),
        kind(metric),
        temporality(metric),
        points(metric),
        resource,
        scope);
  }

  private static Kind kind(Metric metric) {
    return switch (metric.getDataCase()) {
      case SUM -> metric.getSum().getIsMonotonic() ? Kind.COUNTER : Kind.UP_DOWN_COUNTER;
      case HISTOGRAM -> Kind.HISTOGRAM;
      case EXPONENTIAL_HISTOGRAM -> Kind.EXPONENTIAL_HISTOGRAM;
      case SUMMARY -> Kind.SUMMARY;
      default -> Kind.GAUGE;
    };
  }

  private static Temporality temporality(Metric metric) {
    AggregationTemporality sent =
        switch (metric.getDataCase()) {
          case SUM -> metric.getSum().getAggregationTemporality();
          case HISTOGRAM -> metric.getHistogram().getAggregationTemporality();
          case EXPONENTIAL_HISTOGRAM ->
              metric.getExponentialHistogram().getAggregationTemporality();
          default -> AggregationTemporality.AGGREGATION_TEMPORALITY_UNSPECIFIED;
        };
    return switch (sent) {
      case AGGREGATION_TEMPORALITY_DELTA -> Temporality.DELTA;
      case AGGREGATION_TEMPORALITY_CUMULATIVE -> Temporality.CUMULATIVE;
      default -> Temporality.NONE;
    };
  }

  private static List<Point> points(Metric metric) {
    return switch (metric.getDataCase()) {
      case SUM -> metric.getSum().getDataPointsList().stream().map(MetricMessage::number).toList();
      case GAUGE ->
          metric.getGauge().getDataPointsList().stream().map(MetricMessage::number).toList();
      case HISTOGRAM ->
          metric.getHistogram().getDataPointsList().stream().map(MetricMessage::histogram).toList();
      case EXPONENTIAL_HISTOGRAM ->
          metric.getExponentialHistogram().getDataPointsList().stream()
              .map(MetricMessage::exponential)
              .toList();
      case SUMMARY ->
          metric.getSummary().getDataPointsList().stream().map(MetricMessage::summary).toList();
      default -> List.of();
    };
  }

  private static Point number(NumberDataPoint point) {
    return new Point(
        Values.attributes(point.getAttributesList()),
        point.getStartTimeUnixNano(),
        point.getTimeUnixNano(),
        point.hasAsInt() ? point.getAsInt() : point.getAsDouble(),
        0,
        Double.NaN,
        Double.NaN,
        List.of(),
        List.of(),
        exemplars(point.getExemplarsList()));
  }

  private static Point histogram(HistogramDataPoint point) {
    return new Point(
        Values.attributes(point.getAttributesList()),
        point.getStartTimeUnixNano(),
        point.getTimeUnixNano(),
        point.getSum(),
        point.getCount(),
        point.hasMin() ? point.getMin() : Double.NaN,
        point.hasMax() ? point.getMax() : Double.NaN,
        List.copyOf(point.getExplicitBoundsList()),
        List.copyOf(point.getBucketCountsList()),
        exemplars(point.getExemplarsList()));
  }

  /** Its buckets follow from a scale and are not told. */
  private static Point exponential(ExponentialHistogramDataPoint point) {
    return new Point(
        Values.attributes(point.getAttributesList()),
        point.getStartTimeUnixNano(),
        point.getTimeUnixNano(),
        point.getSum(),
        point.getCount(),
        point.hasMin() ? point.getMin() : Double.NaN,
        point.hasMax() ? point.getMax() : Double.NaN,
        List.of(),
        List.of(),
        exemplars(point.getExemplarsList()));
  }

  private static Point summary(SummaryDataPoint point) {
    return new Point(
        Values.attributes(point.getAttributesList()),
        point.getStartTimeUnixNano(),
        point.getTimeUnixNano(),
        point.getSum(),
        point.getCount(),
        Double.NaN,
        Double.NaN,
        List.of(),
        List.of(),
        List.of());
  }

  private static List<ReceivedMetric.Exemplar> exemplars(List<Exemplar> exemplars) {
    return exemplars.stream()
        .map(
            exemplar ->
                new ReceivedMetric.Exemplar(
                    Values.id(exemplar.getTraceId()),
                    Values.id(exemplar.getSpanId()),
                    exemplar.hasAsInt() ? exemplar.getAsInt() : exemplar.getAsDouble(),
                    exemplar.getTimeUnixNano()))
        .toList();
  }

  private MetricMessage() {}
}
