package io.orchscope.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import java.util.Collection;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** How many series the metrics make of a large network. */
final class SeriesTest {

  private static final AttributeKey<Boolean> OVERFLOW =
      AttributeKey.booleanKey("otel.metric.overflow");
  private static final AttributeKey<String> CODE = AttributeKey.stringKey("defect_code");

  private static final int CIRCUITS = 10_000;
  private static final int CODES = 300;
  private static final int PRODUCTS = 16;

  @Test
  void staysBelowTheLimitOfTheSdkWithTenThousandCircuitsAndThreeHundredCodes() {
    InMemoryMetricReader reader = InMemoryMetricReader.create();
    try (SdkMeterProvider provider =
        SdkMeterProvider.builder().registerMetricReader(reader).build()) {
      Instruments instruments =
          new Instruments(
              OpenTelemetrySdk.builder().setMeterProvider(provider).build().getMeter("test"));
      Random random = new Random(7);

      for (int circuit = 0; circuit < CIRCUITS; circuit++) {
        String product = "product_" + random.nextInt(PRODUCTS);
        instruments.circuitBegun(product);
        instruments.logCollected(product, "collected");
        instruments.errorDetected("DE-" + (1000 + random.nextInt(CODES)), product);
        instruments.alert("webex", "sent", "new", 1);
        instruments.apiCall("/bpocore/market/api/v1/resources", "200");
        instruments.request(0.05, Attributes.empty());
        instruments.circuitEnded(product, 0.2);
      }

      Collection<MetricData> metrics = reader.collectAllMetrics();
      Map<String, Integer> series = new TreeMap<>();
      metrics.forEach(metric -> series.put(metric.getName(), metric.getData().getPoints().size()));
      System.out.println(
          "series with " + CIRCUITS + " circuits and " + CODES + " codes: " + series);
      assertThat(series.values()).allMatch(number -> number < 2000);
      assertThat(series).containsEntry("mdso.errors.detected", 1500 + CODES);
      assertThat(overflow(metrics)).isZero();
      assertThat(sumOfErrors(metrics)).isEqualTo(CIRCUITS);
      assertThat(codes(metrics)).isEqualTo(CODES);
    }
  }

  private static long overflow(Collection<MetricData> metrics) {
    return metrics.stream()
        .flatMap(metric -> metric.getData().getPoints().stream())
        .filter(point -> Boolean.TRUE.equals(point.getAttributes().get(OVERFLOW)))
        .count();
  }

  private static long sumOfErrors(Collection<MetricData> metrics) {
    return metrics.stream()
        .filter(metric -> metric.getName().equals("mdso.errors.detected"))
        .flatMap(metric -> metric.getLongSumData().getPoints().stream())
        .mapToLong(point -> point.getValue())
        .sum();
  }

  private static long codes(Collection<MetricData> metrics) {
    return metrics.stream()
        .filter(metric -> metric.getName().equals("mdso.errors.detected"))
        .flatMap(metric -> metric.getData().getPoints().stream())
        .map(point -> String.valueOf(point.getAttributes().get(CODE)))
        .distinct()
        .count();
  }
}
