package io.orchscope.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.LongUpDownCounter;
import io.opentelemetry.api.metrics.Meter;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The instruments of the contract, each with its unit and the only attributes that it may have.
 *
 * <p>Units: durations in seconds, so the buckets are seconds too. No attribute is an id, an
 * address, a text or a path that somebody could make up, and where two of them multiply, the number
 * of pairs is bounded ({@link BoundedPairs}). Source: design.md §4; documented in
 * docs/telemetry.md.
 */
final class Instruments {

  static final AttributeKey<String> PRODUCT_TYPE = AttributeKey.stringKey("product_type");
  static final AttributeKey<String> PRODUCT_NAME = AttributeKey.stringKey("product_name");
  static final AttributeKey<String> STATUS = AttributeKey.stringKey("status");
  static final AttributeKey<String> DEFECT_CODE = AttributeKey.stringKey("defect_code");
  static final AttributeKey<String> ENDPOINT = AttributeKey.stringKey("endpoint");
  static final AttributeKey<String> STATUS_CODE = AttributeKey.stringKey("status_code");
  static final AttributeKey<String> CHANNEL = AttributeKey.stringKey("channel");
  static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("outcome");
  static final AttributeKey<String> REASON = AttributeKey.stringKey("reason");
  static final AttributeKey<String> TEST = AttributeKey.stringKey("test");
  static final AttributeKey<String> KIND = AttributeKey.stringKey("kind");
  static final AttributeKey<String> SIGNAL = AttributeKey.stringKey("signal");

  private static final List<Double> HTTP_SECONDS =
      List.of(
          0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0, 30.0,
          60.0, 120.0, 300.0);
  private static final List<Double> COLLECTION_SECONDS =
      List.of(
          0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1800.0,
          3600.0);

  private final Meter meter;
  private final LongCounter logs;
  private final LongCounter errors;
  private final LongCounter undecided;
  private final DoubleHistogram collection;
  private final LongUpDownCounter processing;
  private final LongCounter calls;
  private final DoubleHistogram requests;
  private final LongCounter alerts;
  private final LongCounter tests;
  private final LongCounter logIns;
  private final DoubleHistogram followUps;
  private final LongCounter dropped;
  private final BoundedPairs codesOfProducts = new BoundedPairs();
  private final BoundedPairs undecidedCodes = new BoundedPairs();

  Instruments(Meter meter) {
    this.meter = meter;
    logs =
        counter("mdso.logs.collected", "{log}", "Logs that were looked for, by what came of it.");
    errors = counter("mdso.errors.detected", "{error}", "Errors found in circuits.");
    undecided =
        counter("mdso.rules.undecided", "{rule}", "Rules that could not decide about an error.");
    collection =
        seconds(
            "mdso.log_collection.duration",
            "From taking a circuit off the queue to the decision about it.",
            COLLECTION_SECONDS);
    processing =
        meter
            .upDownCounterBuilder("mdso.circuits.processing")
            .setUnit("{circuit}")
            .setDescription("Circuits that are being worked on.")
            .build();
    calls = counter("mdso.api.calls", "{call}", "Calls of MDSO, each attempt by itself.");
    requests =
        seconds("http.client.request.duration", "Duration of HTTP client requests.", HTTP_SECONDS);
    alerts = counter("mdso.alerts", "{alert}", "Alerts, by what became of them.");
    tests = counter("mdso.error_tests", "{test}", "Tests of errors, by what they found.");
    logIns =
        counter("mdso.console.log_ins", "{log_in}", "Log-ins at the operators' page that failed.");
    followUps =
        seconds(
            "mdso.follow_up.duration",
            "One try to fetch a circuit's logs from hosts and to test its errors.",
            COLLECTION_SECONDS);
    dropped =
        counter(
            "mdso.telemetry.dropped", "{item}", "Spans and log records that no backend will see.");
  }

  void logCollected(String productType, String status) {
    logs.add(1, Attributes.of(PRODUCT_TYPE, productType, STATUS, status));
  }

  void errorDetected(String code, String productName) {
    String product = codesOfProducts.admit(code, productName);
    errors.add(1, Attributes.of(DEFECT_CODE, code, PRODUCT_NAME, product));
  }

  /** Shape: beyond 1,500 codes {@code other}, as nobody bounds how many rules there are. */
  void ruleUndecided(String code) {
    undecided.add(1, Attributes.of(DEFECT_CODE, undecidedCodes.admit("", code)));
  }

  void circuitBegun(String productType) {
    processing.add(1, Attributes.of(PRODUCT_TYPE, productType));
  }

  void circuitEnded(String productType, double seconds) {
    processing.add(-1, Attributes.of(PRODUCT_TYPE, productType));
    collection.record(seconds, Attributes.of(PRODUCT_TYPE, productType));
  }

  void apiCall(String endpoint, String statusCode) {
    calls.add(1, Attributes.of(ENDPOINT, endpoint, STATUS_CODE, statusCode));
  }

  void request(double seconds, Attributes semantic) {
    requests.record(seconds, semantic);
  }

  void alert(String channel, String outcome, String reason, long number) {
    alerts.add(number, Attributes.of(CHANNEL, channel, OUTCOME, outcome, REASON, reason));
  }

  void errorTested(String test, String outcome) {
    tests.add(1, Attributes.of(TEST, test, OUTCOME, outcome));
  }

  void logIns(String outcome, long number) {
    logIns.add(number, Attributes.of(OUTCOME, outcome));
  }

  void followedUp(String productType, String outcome, double seconds) {
    followUps.record(seconds, Attributes.of(PRODUCT_TYPE, productType, OUTCOME, outcome));
  }

  void dropped(String signal, String reason, long number) {
    dropped.add(number, Attributes.of(SIGNAL, signal, REASON, reason));
  }

  /** A gauge that is asked whenever somebody reads; the answer is by the value of an attribute. */
  void gauge(
      String name,
      String unit,
      String description,
      AttributeKey<String> key,
      Supplier<Map<String, Double>> values) {
    meter
        .gaugeBuilder(name)
        .setUnit(unit)
        .setDescription(description)
        .buildWithCallback(
            point ->
                values
                    .get()
                    .forEach((word, value) -> point.record(value, Attributes.of(key, word))));
  }

  /** A gauge without an attribute. */
  void gauge(String name, String unit, String description, Supplier<Double> value) {
    meter
        .gaugeBuilder(name)
        .setUnit(unit)
        .setDescription(description)
        .buildWithCallback(point -> point.record(value.get()));
  }

  private LongCounter counter(String name, String unit, String description) {
    return meter.counterBuilder(name).setUnit(unit).setDescription(description).build();
  }

  private DoubleHistogram seconds(String name, String description, List<Double> bounds) {
    return meter
        .histogramBuilder(name)
        .setUnit("s")
        .setDescription(description)
        .setExplicitBucketBoundariesAdvice(bounds)
        .build();
  }
}
