package io.orchscope.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** Writes TraceLogs. Source: domain.md §3.1. */
final class TraceWriter {

  static final String TYPE = "tosca.resourceTypes.TraceLog";

  private final Ids ids;
  private final Storyteller storyteller;
  private final int bytes;

  TraceWriter(Ids ids, Storyteller storyteller, int bytes) {
    this.ids = ids;
    this.storyteller = storyteller;
    this.bytes = bytes;
  }

  /** The TraceLog of one attempt, whole or garbled as the sketch says. */
  ObjectNode write(Sketch sketch, int attempt) {
    Instant start = sketch.startOf(attempt);
    ObjectNode log = Wire.object();
    log.put("id", ids.trace(sketch.owner(), attempt));
    log.put("label", sketch.circuitName() + ".orch_trace");
    log.put("resourceTypeId", TYPE);
    ResourceWriter.common(log);
    log.put("orchState", "active").put("desiredOrchState", "active").put("reason", "");
    log.put("createdAt", Wire.millis(start.plusMillis(101)));
    log.put("updatedAt", Wire.millis(start.plusSeconds(sketch.seconds())));
    log.put("revision", 1000L + sketch.seconds());
    ObjectNode properties = log.putObject("properties");
    properties.put("trace_id", ids.traceHeader(sketch.owner(), attempt));
    properties.put("origination_id", ids.resource(sketch.owner()));
    properties.put("operation", "activate");
    properties.put("start_time_sec", start.getEpochSecond());
    properties.put("user_name", "svc-user");
    properties.put("circuit_name", sketch.circuitName());
    if (sketch.condition() == Sketch.Condition.GARBLED) {
      if (sketch.story() % 2 == 0) {
        properties.put(
            "orchestration_trace", "[{'timestamp': '" + Wire.CLOCK.format(start) + "', '");
      }
      return log;
    }
    entries(properties.putArray("orchestration_trace"), sketch, attempt);
    return log;
  }

  /** {@code plan-script-<id>-activate-<time>}, without a directory. */
  static String logFile(String id, Instant time) {
    return logFile(id, Wire.millis(time));
  }

  private static String logFile(String id, String time) {
    return "plan-script-" + id + "-activate-" + time;
  }

  private void entries(ArrayNode trace, Sketch sketch, int attempt) {
    Story story = storyteller.of(sketch, attempt);
    Instant start = sketch.startOf(attempt);
    String created = Wire.millis(sketch.createdAt());
    // An entry without padding is some 400 bytes.
    int padding = Math.max(0, bytes / story.entries().size() - 400);
    for (Story.Line line : story.entries()) {
      String id =
          line.stage() == 0
              ? ids.resource(sketch.owner())
              : ids.stage(sketch.story(), line.stage());
      ObjectNode entry = trace.addObject();
      entry.put("timestamp", Wire.CLOCK.format(start.plusSeconds(line.elapsed())));
      entry.put("resource_type", line.type());
      entry.put("resource_id", id);
      entry.put("process", line.process());
      entry.put("log_file", logFile(id, created));
      entry.put(
          "message",
          line.state().equals("COMPLETED") && padding > 0
              ? line.message() + " " + ".".repeat(2 * padding)
              : line.message());
      entry.put("state", line.state());
      entry.put("elapsed_time", line.elapsed());
      if (!line.categorized().isEmpty()) {
        entry.put("categorized_error", line.categorized());
      }
      if (!line.name().isEmpty()) {
        entry.put("resource_name", line.name());
      }
    }
  }
}
