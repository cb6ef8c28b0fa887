package io.orchscope.simulator;

import java.time.Instant;

/**
 * What is decided about one resource before any JSON of it is written.
 *
 * @param circuit number of its circuit, which a neighbour may share
 * @param circuitName {@code 80.L1XX.000001..TEST}
 * @param owner number of the resource that its TraceLogs name as their origin; itself or a parent
 * @param story number of the resource that its TraceLogs tell about; itself or a child
 * @param shape of its error text, from 1; 0 for a text that nobody knows
 * @param attempts how many TraceLogs there are
 * @param seconds how long its last orchestration took
 */
record Sketch(
    int index,
    ProductKind kind,
    int circuit,
    String circuitName,
    String state,
    Condition condition,
    int owner,
    int story,
    int shape,
    int attempts,
    Instant createdAt,
    int seconds) {

  /** What became of the orchestration trace. */
  enum Condition {
    /** The product has none, or nothing was begun. */
    NONE,
    WHOLE,
    /** The failing entry has a message but no categorized error. */
    MESSAGE_ONLY,
    /** There is a TraceLog, but its trace is missing or not a list. */
    GARBLED,
    /** There should be a TraceLog, but only the resource's reason speaks. */
    LOST
  }

  boolean fails() {
    return state.equals("failed");
  }

  /** As it was while it was being activated. */
  Sketch activating() {
    return new Sketch(
        index,
        kind,
        circuit,
        circuitName,
        "activating",
        condition,
        owner,
        story,
        shape,
        attempts,
        createdAt,
        seconds);
  }

  Instant updatedAt() {
    return state.equals("requested")
        ? createdAt
        : startOf(Math.max(attempts, 1) - 1).plusSeconds(seconds);
  }

  /** When an attempt began, attempts counted from 0. */
  Instant startOf(int attempt) {
    return createdAt.plusSeconds((long) attempt * (seconds + Sketcher.PAUSE_SECONDS) + 1);
  }
}
