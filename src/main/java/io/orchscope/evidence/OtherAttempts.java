package io.orchscope.evidence;

import io.orchscope.trace.OrchestrationTrace;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The attempts that the verdict is not about: {@code attempts.json}. */
record OtherAttempts(String format, List<Other> attempts) {

  static final String FORMAT = "orchscope-attempts/1";

  /** One of them, by what tells it apart. */
  record Other(
      String traceLogId, String traceId, String operation, Optional<Instant> start, int entries) {}

  static OtherAttempts of(List<OrchestrationTrace> others) {
    return new OtherAttempts(FORMAT, others.stream().map(OtherAttempts::other).toList());
  }

  private static Other other(OrchestrationTrace trace) {
    return new Other(
        trace.resourceId(),
        trace.traceId(),
        trace.operation(),
        trace.start(),
        trace.entries().size());
  }
}
