package io.orchscope.trace;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One attempt of MDSO at one top-level action, as its TraceLog resource records it.
 *
 * @param resourceId of the TraceLog itself
 * @param traceId MDSO's trace header, 16 hex digits; not an OpenTelemetry trace id
 * @param originationId of the resource that the action was asked of, perhaps a parent of ours
 * @param operation {@code activate}, {@code terminate} or a custom operation; empty when not said
 * @param start when the action began, UTC; none when MDSO did not write it
 * @param createdAt of the TraceLog, UTC; decides between attempts that have no start
 * @param entries in the order of the array, which is mostly the order of time
 * @param raw the TraceLog's JSON, byte for byte as MDSO sent it but for its secrets
 */
public record OrchestrationTrace(
    String resourceId,
    String label,
    String traceId,
    String originationId,
    String operation,
    String circuitName,
    Optional<Instant> start,
    Optional<Instant> createdAt,
    List<TraceEntry> entries,
    byte[] raw) {}
