package io.orchscope.defect;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Where people stand with failures of one kind, and whether one more of them is told.
 *
 * <p>Immutable; every change answers the group as it is then.
 *
 * @param since when the state was entered
 * @param owner who acknowledged, muted or resolved it; empty when nobody did
 * @param note what they said about it
 * @param until when an acknowledgement or a mute ends by itself; none when it does not
 * @param resolvedAt when it was resolved last
 */
public record FailureGroup(
    State state,
    Instant since,
    String owner,
    String note,
    Optional<Instant> until,
    Optional<Instant> resolvedAt) {

  /**
   * How far the orchestrator's clock may be off. A failure that it dates so little before the
   * resolution counts as a later one: rather told once too often than never.
   */
  public static final Duration CLOCKS_DIFFER_BY = Duration.ofMinutes(15);

  /** Where people stand. */
  public enum State {
    /** Failed once, and nobody has said anything. */
    NEW,
    /** Failed again. */
    ONGOING,
    /** Somebody works on it. */
    ACKNOWLEDGED,
    /** Nobody wants to hear of it for a while. */
    MUTED,
    /** It is over. */
    RESOLVED,
    /** It was over and has come back. */
    REGRESSED;

    /** The word in the ledger, in rooms and on the page. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The state of a word of the ledger. */
    public static State of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  /** What becomes of the group by one more failure, and why that one is not told, if so. */
  public record Reaction(FailureGroup group, Optional<String> silence) {}

  /** A group that has just failed for the first time. */
  public static FailureGroup begin(Instant seen) {
    return new FailureGroup(State.NEW, seen, "", "", Optional.empty(), Optional.empty());
  }

  /**
   * One more failure.
   *
   * @param started when it happened, on the orchestrator's clock
   * @param seen when it was found, on ours
   */
  public Reaction failed(Instant started, Instant seen) {
    FailureGroup now = at(seen);
    return switch (now.state) {
      case NEW, ONGOING -> new Reaction(now.become(State.ONGOING, seen), Optional.empty());
      case REGRESSED -> new Reaction(now, Optional.empty());
      case ACKNOWLEDGED, MUTED -> new Reaction(now, Optional.of(now.state.word()));
      case RESOLVED ->
          isOver(started)
              ? new Reaction(now, Optional.of(now.state.word()))
              : new Reaction(now.become(State.REGRESSED, seen), Optional.empty());
    };
  }

  /** Somebody has begun to work on it. */
  public FailureGroup acknowledge(String who, String why, Optional<Instant> end, Instant now) {
    return new FailureGroup(State.ACKNOWLEDGED, now, who, why, end, resolvedAt);
  }

  /** Somebody does not want to hear of it until then. */
  public FailureGroup mute(String who, String why, Instant end, Instant now) {
    return new FailureGroup(State.MUTED, now, who, why, Optional.of(end), resolvedAt);
  }

  /** It is over, because somebody says so or every circuit has succeeded since. */
  public FailureGroup resolve(String who, String why, Instant now) {
    return state == State.RESOLVED
        ? this
        : new FailureGroup(State.RESOLVED, now, who, why, Optional.empty(), Optional.of(now));
  }

  /** The group at a moment: an acknowledgement or a mute may have ended by then. */
  public FailureGroup at(Instant now) {
    boolean ends = state == State.ACKNOWLEDGED || state == State.MUTED;
    return ends && until.filter(end -> !now.isBefore(end)).isPresent()
        ? new FailureGroup(State.ONGOING, now, "", "", Optional.empty(), resolvedAt)
        : this;
  }

  public boolean isOpen() {
    return state != State.RESOLVED;
  }

  /** Whether a failure was over when the group was resolved. */
  private boolean isOver(Instant started) {
    return resolvedAt.filter(end -> started.isBefore(end.minus(CLOCKS_DIFFER_BY))).isPresent();
  }

  private FailureGroup become(State next, Instant now) {
    return next == state
        ? this
        : new FailureGroup(next, now, owner, note, Optional.empty(), resolvedAt);
  }
}
