package io.orchscope.trace;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One run of a process on a resource, from its start to its end.
 *
 * <p>Units: {@code start} and {@code end} count from the start of the trace; where the quality is
 * not exact they are the same.
 *
 * @param key resource, process and number of the run: unique in a trace, the same in whatever order
 *     and however often the entries are read
 * @param began its STARTED entry, if it was not lost
 * @param ended its COMPLETED or FAILED entry, if it was not lost, or an entry that is neither
 * @param parent place in the list of steps of the one within which it ran; none for a child of the
 *     whole
 * @param isCritical whether it is on the critical path, see {@link Orchestration}
 */
public record Step(
    String key,
    Optional<TraceEntry> began,
    Optional<TraceEntry> ended,
    Duration start,
    Duration end,
    TimeQuality quality,
    OptionalInt parent,
    boolean isCritical) {

  private static final String FAILED = "FAILED";
  private static final String COMPLETED = "COMPLETED";

  /** The entry that says most of it: the end, else the start. */
  public TraceEntry entry() {
    return ended.or(this::began).orElseThrow();
  }

  /** The state that was written last. */
  public String state() {
    return entry().state();
  }

  public boolean hasFailed() {
    return state().equals(FAILED);
  }

  /** Whether MDSO has written how it ended. */
  public boolean hasEnded() {
    return hasFailed() || state().equals(COMPLETED);
  }

  /**
   * Whether another ran within it: as far as whole seconds can tell by time, then by the order of
   * the array, which is mostly the order of time. A time that is not exact encloses nothing.
   */
  boolean encloses(Step other) {
    return quality == TimeQuality.EXACT
        && startsBefore(other)
        && (other.end.compareTo(end) < 0
            || (other.end.equals(end) && other.lastIndex() < lastIndex()));
  }

  /** Whether it had ended when another started, told in the same way. */
  boolean endsBefore(Step other) {
    int byTime = end.compareTo(other.start);
    return byTime < 0 || (byTime == 0 && lastIndex() < other.firstIndex());
  }

  private boolean startsBefore(Step other) {
    int byTime = start.compareTo(other.start);
    return byTime < 0 || (byTime == 0 && firstIndex() < other.firstIndex());
  }

  /** Place in the array of its first entry. */
  int firstIndex() {
    return began.or(this::ended).orElseThrow().index();
  }

  /** Place in the array of its last entry. */
  int lastIndex() {
    return entry().index();
  }

  Step within(OptionalInt other) {
    return new Step(key, began, ended, start, end, quality, other, isCritical);
  }

  Step critical() {
    return new Step(key, began, ended, start, end, quality, parent, true);
  }
}
