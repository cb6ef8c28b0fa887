package io.orchscope.telemetry;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.orchscope.trace.OrchestrationTrace;
import io.orchscope.trace.Step;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The ids of an orchestration's spans: the same in every process and at every time, so that what is
 * exported twice is one trace to a backend, and a link can be made before what it points to.
 *
 * <p>Shape: the seed is {@code mdso-orch/v1|<trace_id>|<origination_id>|<attempt>}. The trace id is
 * the first 16 bytes of its SHA-256; a span id the first 8 of the SHA-256 of the seed, {@code |}
 * and the step's key, {@code root} for the root.
 *
 * <p>The attempt is the id of the TraceLog resource. MDSO makes one for each top-level action and
 * never gives its id to another, so it tells attempts apart even where a trace header is used again
 * for a repetition, and whoever reads the TraceLog has it, from MDSO or from the evidence. The
 * start would do as well but may be missing, and a number counted by us would depend on which other
 * attempts one has seen.
 *
 * <p>The key is of resource, process and run and not of the place in the tree, so that an entry
 * that arrives late moves a span and does not make another of it.
 */
public record OrchestrationIds(String seed, String traceId) {

  private static final String VERSION = "mdso-orch/v1";
  private static final int TRACE_BYTES = 16;
  private static final int SPAN_BYTES = 8;

  public static OrchestrationIds of(OrchestrationTrace trace) {
    return of(trace.traceId(), trace.originationId(), trace.resourceId());
  }

  /** The same from what the evidence says of a trace; the attempt is its TraceLog's id. */
  public static OrchestrationIds of(String traceId, String originationId, String attempt) {
    String seed = String.join("|", VERSION, traceId, originationId, attempt);
    return new OrchestrationIds(seed, hash(seed, TRACE_BYTES));
  }

  /** The root's, to link to. */
  public SpanContext root() {
    return SpanContext.create(
        traceId, rootSpanId(), TraceFlags.getSampled(), TraceState.getDefault());
  }

  String rootSpanId() {
    return hash(seed + "|root", SPAN_BYTES);
  }

  String spanId(Step step) {
    return hash(seed + "|" + step.key(), SPAN_BYTES);
  }

  private static String hash(String text, int bytes) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }
}
