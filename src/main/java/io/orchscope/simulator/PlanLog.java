package io.orchscope.simulator;

import java.time.Instant;
import java.util.List;

/**
 * One run of a plan script, which has left one log behind.
 *
 * @param sketch of the resource that owns the orchestration
 * @param attempt counted from 0
 * @param id of the resource that the script is about
 * @param place number of its folder, counted over all hosts
 * @param begin seconds since the attempt began; {@code end} likewise
 * @param lines of the trace that are about this script, in the order of time; none for what the
 *     trace does not name
 */
record PlanLog(
    Sketch sketch,
    int attempt,
    int place,
    Part part,
    String id,
    String type,
    String process,
    int begin,
    int end,
    List<Story.Line> lines) {

  /** What a script was to its orchestration. */
  enum Part {
    TOP,
    CHILD,
    /**
     * Read by the orchestration, unnamed by its trace: only its text has the circuit's resource.
     */
    CONSTANTS,
    /** What a parent ran, whose trace names only the parent. */
    RUN
  }

  /** Earlier attempts have been compressed since. */
  boolean isCompressed() {
    return attempt < sketch.attempts() - 1;
  }

  /** Its file's name on the host. */
  String name() {
    return traceName() + (isCompressed() ? ".gz" : "");
  }

  /** The name by which traces know it. */
  String traceName() {
    return TraceWriter.logFile(id, sketch.createdAt());
  }

  Instant beganAt() {
    return sketch.startOf(attempt).plusSeconds(begin);
  }

  /** When its last line was written. */
  Instant endedAt() {
    return sketch.startOf(attempt).plusSeconds(end);
  }

  /** Whether it says how it ended. */
  boolean isComplete() {
    return lines.isEmpty() || !lines.get(lines.size() - 1).state().equals("STARTED");
  }
}
