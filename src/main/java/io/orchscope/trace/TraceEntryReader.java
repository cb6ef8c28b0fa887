package io.orchscope.trace;

import io.orchscope.secret.SecretMask;
import java.io.IOException;
import java.util.OptionalDouble;

/**
 * Reads one entry of an orchestration trace, the one at which the cursor stands, and is then spent.
 *
 * <p>Units: an elapsed time below zero is kept, for a reader of times to judge; one that is
 * missing, is no number or is longer than ten years is {@link TraceEntry#NO_TIME}.
 */
final class TraceEntryReader {

  private static final double LONGEST_ELAPSED = 10 * 365 * 86_400d;

  private final JsonCursor json;
  private String timestamp = "";
  private String resourceType = "";
  private String resourceId = "";
  private String process = "";
  private String logFile = "";
  private String message = "";
  private String state = "";
  private OptionalDouble elapsed = OptionalDouble.empty();
  private String categorizedError = "";
  private String resourceName = "";

  TraceEntryReader(JsonCursor json) {
    this.json = json;
  }

  TraceEntry read(int index) throws IOException {
    json.eachField(this::field);
    double seconds = elapsed.orElse(Double.NaN);
    return new TraceEntry(
        index,
        timestamp,
        resourceType,
        resourceId,
        process,
        logFile,
        message,
        state,
        Math.abs(seconds) <= LONGEST_ELAPSED ? (long) seconds : TraceEntry.NO_TIME,
        categorizedError,
        resourceName);
  }

  private void field(String name) throws IOException {
    switch (name) {
      case "timestamp" -> timestamp = SecretMask.textWithoutSecrets(json.text());
      case "resource_type" -> resourceType = SecretMask.textWithoutSecrets(json.text());
      case "resource_id" -> resourceId = SecretMask.textWithoutSecrets(json.text());
      case "process" -> process = SecretMask.textWithoutSecrets(json.text());
      case "log_file" -> logFile = SecretMask.textWithoutSecrets(json.text());
      case "message" -> message = json.text();
      case "state" -> state = SecretMask.textWithoutSecrets(json.text());
      case "elapsed_time" -> elapsed = json.number();
      case "categorized_error" -> categorizedError = json.text();
      case "resource_name" -> resourceName = SecretMask.textWithoutSecrets(json.text());
      default -> json.skip();
    }
  }
}
