package io.orchscope.trace;

import io.orchscope.circuit.ServerTime;
import io.orchscope.secret.MaskedJson;
import io.orchscope.secret.SecretMask;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Reads one TraceLog, the one at which the cursor stands, and is then spent.
 *
 * <p>Units: {@code start_time_sec} counts seconds since 1970 and may have a fraction or quotation
 * marks. Errors: never for what it holds; a time that cannot be one is none. Source: domain.md
 * §3.1.
 */
final class TraceLogReader {

  private static final String ENTRIES = "orchestration_trace";

  /** The year 10000; what lies beyond counts other things than seconds. */
  private static final double LATEST_SECOND = 253_402_300_800d;

  private final JsonCursor json;
  private String id = "";
  private String label = "";
  private String type = "";
  private String createdAt = "";
  private String traceId = "";
  private String originationId = "";
  private String operation = "";
  private String circuitName = "";
  private OptionalDouble start = OptionalDouble.empty();
  private Optional<String> wrong = Optional.of("it has no " + ENTRIES);
  private boolean mentionsEntries;
  private final List<TraceEntry> entries = new ArrayList<>();

  TraceLogReader(JsonCursor json) {
    this.json = json;
  }

  TracePage.Found read() throws IOException {
    int from = json.here();
    json.eachField(this::field);
    byte[] raw = json.sliceFrom(from);
    OrchestrationTrace trace =
        new OrchestrationTrace(
            id,
            label,
            traceId,
            originationId,
            operation,
            circuitName,
            startInstant(),
            instant(createdAt),
            List.copyOf(entries),
            MaskedJson.of(raw));
    return new TracePage.Found(trace, wrong);
  }

  /** Whether it was a TraceLog at all: MDSO's filter by type includes types made from it. */
  boolean isTraceLog() {
    return type.isEmpty() || type.endsWith(".TraceLog") || mentionsEntries;
  }

  private void field(String name) throws IOException {
    switch (name) {
      case "id" -> id = SecretMask.textWithoutSecrets(json.text());
      case "label" -> label = SecretMask.textWithoutSecrets(json.text());
      case "resourceTypeId" -> type = json.text();
      case "createdAt" -> createdAt = json.text();
      case "properties" -> {
        if (json.isAtObject()) {
          json.eachField(this::property);
        } else {
          json.skip();
        }
      }
      default -> json.skip();
    }
  }

  private void property(String name) throws IOException {
    switch (name) {
      case "trace_id" -> traceId = SecretMask.textWithoutSecrets(json.text());
      case "origination_id" -> originationId = SecretMask.textWithoutSecrets(json.text());
      case "operation" -> operation = SecretMask.textWithoutSecrets(json.text());
      case "circuit_name" -> circuitName = SecretMask.textWithoutSecrets(json.text());
      case "start_time_sec" -> start = json.number();
      case ENTRIES -> entries();
      default -> json.skip();
    }
  }

  private void entries() throws IOException {
    mentionsEntries = true;
    entries.clear();
    if (!json.isAtArray()) {
      json.skip();
      wrong = Optional.of("its " + ENTRIES + " is not a list");
      return;
    }
    List<Integer> strangers = new ArrayList<>();
    json.eachElement(
        index -> {
          if (json.isAtObject()) {
            entries.add(new TraceEntryReader(json).read(index));
          } else {
            strangers.add(index);
            json.skip();
          }
        });
    wrong =
        strangers.isEmpty()
            ? Optional.empty()
            : Optional.of(
                "%d of its %d entries are not objects, first the one at %d"
                    .formatted(
                        strangers.size(), strangers.size() + entries.size(), strangers.get(0)));
  }

  private Optional<Instant> startInstant() {
    double seconds = start.orElse(0);
    return seconds > 0 && seconds < LATEST_SECOND
        ? Optional.of(Instant.ofEpochMilli(Math.round(seconds * 1000)))
        : Optional.empty();
  }

  private static Optional<Instant> instant(String text) {
    return ServerTime.read(text).map(ServerTime::instant);
  }
}
