package io.orchscope.trace;

import io.orchscope.secret.OutsideText;

/**
 * One line of an orchestration trace; absent fields are empty text.
 *
 * <p>Units: {@code elapsedSeconds} counts whole seconds since the trace began, not since the step
 * began; it may be negative, and is {@link #NO_TIME} where MDSO wrote none. Source: domain.md §3.1.
 *
 * @param index place in the array, from 0; part of an occurrence's key
 * @param timestamp {@code HH:MM:SS} on the orchestrator's clock, without date or zone
 * @param process Python module path and class, {@code
 *     scripts.networkservice.circuitdetailscollector.Activate}
 * @param state STARTED, COMPLETED or FAILED
 * @param categorizedError set only by plans that categorise their failure
 */
public record TraceEntry(
    int index,
    String timestamp,
    String resourceType,
    String resourceId,
    String process,
    String logFile,
    OutsideText message,
    String state,
    long elapsedSeconds,
    OutsideText categorizedError,
    String resourceName) {

  /** What {@code elapsedSeconds} says of an entry that has no time, or none that can be one. */
  public static final long NO_TIME = Long.MIN_VALUE;

  /** The same of texts as they arrived. */
  public TraceEntry(
      int index,
      String timestamp,
      String resourceType,
      String resourceId,
      String process,
      String logFile,
      String message,
      String state,
      long elapsedSeconds,
      String categorizedError,
      String resourceName) {
    this(
        index,
        timestamp,
        resourceType,
        resourceId,
        process,
        logFile,
        OutsideText.of(message),
        state,
        elapsedSeconds,
        OutsideText.of(categorizedError),
        resourceName);
  }

  /** The words of its failure: those that the plan categorised, else its message. */
  public OutsideText words() {
    return categorizedError.isEmpty() ? message : categorizedError;
  }
}
