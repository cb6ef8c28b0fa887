package io.orchscope.evidence;

import io.orchscope.circuit.Resource;
import io.orchscope.defect.Examination;
import io.orchscope.trace.OrchestrationTrace;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What tells one collection of a circuit from another: MDSO's attempt that the verdict is about.
 *
 * <p>The same attempt read again is the same folder, whatever else has changed since. Without a
 * trace an attempt is a change of the resource.
 *
 * @param trace that the verdict was drawn from
 * @param others attempts that the look-up brought as well, in its order
 * @param at when it began, else when its TraceLog was made, else when the resource last changed
 * @param name of its folder, {@code 20240301T140619Z-0a1b2c3d}
 */
record Attempt(
    Optional<OrchestrationTrace> trace, List<OrchestrationTrace> others, Instant at, String name) {

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final int HEX_DIGITS = 8;

  static Attempt of(Examination examination) {
    Resource resource = examination.resource();
    Optional<OrchestrationTrace> trace = examination.search().newest();
    List<OrchestrationTrace> others =
        examination.search().attempts().stream()
            .filter(other -> trace.filter(other::equals).isEmpty())
            .toList();
    Instant at =
        trace
            .flatMap(OrchestrationTrace::start)
            .or(() -> trace.flatMap(OrchestrationTrace::createdAt))
            .orElse(resource.updatedAt());
    List<String> identity =
        trace
            .map(it -> List.of(resource.id().value(), it.resourceId(), it.traceId()))
            .orElseGet(() -> List.of(resource.id().value(), resource.updatedAt().toString()));
    return new Attempt(trace, others, at, SECONDS.format(at) + "-" + hash(identity));
  }

  /** With the length before each part, so that no two lists of parts read alike. */
  private static String hash(List<String> parts) {
    StringBuilder text = new StringBuilder();
    parts.forEach(part -> text.append(part.length()).append('|').append(part));
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    return Sha256.hex(bytes).substring(0, HEX_DIGITS);
  }
}
