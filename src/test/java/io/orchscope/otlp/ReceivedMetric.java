package io.orchscope.otlp;

import io.opentelemetry.api.common.Attributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A metric as it came over the wire, with the points of one export.
 *
 * @param resource who sent it
 * @param scope name of the instrumentation
 */
public record ReceivedMetric(
    String name,
    String unit,
    String description,
    Kind kind,
    Temporality temporality,
    List<Point> points,
    Attributes resource,
    String scope) {

  /** What is measured; a monotonic sum is a counter, any other an up-down counter. */
  public enum Kind {
    COUNTER,
    UP_DOWN_COUNTER,
    GAUGE,
    HISTOGRAM,
    EXPONENTIAL_HISTOGRAM,
    SUMMARY
  }

  /** Since when sums count. */
  public enum Temporality {
    /** Of what does not add up, such as a gauge. */
    NONE,
    DELTA,
    CUMULATIVE
  }

  /**
   * One set of attributes and its value.
   *
   * @param value of a histogram: its sum
   * @param count of a histogram: how many values there were; otherwise 0
   * @param min of a histogram, or NaN
   * @param max of a histogram, or NaN
   * @param bounds upper bounds of the buckets, the last bucket having none
   * @param bucketCounts one more than bounds
   */
  public record Point(
      Attributes attributes,
      long startNanos,
      long nanos,
      double value,
      long count,
      double min,
      double max,
      List<Double> bounds,
      List<Long> bucketCounts,
      List<Exemplar> exemplars) {

    /** The attributes with their values as text, whatever their type. */
    public Map<String, String> texts() {
      return ReceivedSpan.texts(attributes);
    }
  }

  /** A measured value and the span in which it was measured; ids are empty when there was none. */
  public record Exemplar(String traceId, String spanId, double value, long nanos) {}

  public boolean isMonotonic() {
    return kind == Kind.COUNTER;
  }

  /** The point with exactly these attributes, as text. */
  public Optional<Point> point(Map<String, String> attributes) {
    return points.stream().filter(point -> point.texts().equals(attributes)).findFirst();
  }
}
