package io.orchscope.otlp;

import java.util.Arrays;
import java.util.Optional;

/** What OTLP carries, and where it is sent to. */
public enum Signal {
  TRACES("/v1/traces", "trace.v1.TraceService"),
  METRICS("/v1/metrics", "metrics.v1.MetricsService"),
  LOGS("/v1/logs", "logs.v1.LogsService");

  private final String httpPath;
  private final String grpcPath;

  Signal(String httpPath, String grpcService) {
    this.httpPath = httpPath;
    this.grpcPath = "/opentelemetry.proto.collector." + grpcService + "/Export";
  }

  static Optional<Signal> ofPath(String path) {
    return Arrays.stream(values())
        .filter(signal -> path.equals(signal.httpPath) || path.equals(signal.grpcPath))
        .findAny();
  }
}
