package io.orchscope.ledger;

import io.orchscope.defect.FailureGroup;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.statement.Query;

/** Failures of one kind: what is known of them, and where people stand with them. */
public final class FailureGroups {

  /** What was acknowledged or muted for a time that is over is in no state of its own any more. */
  private static final String IN_STATES =
      " from failure_group where (state in (<states>) and (until_at is null or until_at > :now))";

  private static final String OR_ENDED = " or until_at <= :now";

  private final Ledger ledger;
  private final Clock clock;

  public FailureGroups(Ledger ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /** All there are, the last to fail first; none where there is no ledger yet. */
  public List<GroupRow> list() {
    if (!ledger.exists()) {
      return List.of();
    }
    return ledger.transact(
        (handle, circuits) ->
            handle
                .createQuery("select * from failure_group order by last_seen desc, group_id")
                .map((row, context) -> GroupRow.of(row))
                .list());
  }

  /**
   * Those in some states, the last to fail first.
   *
   * @param states as they are now: an acknowledgement or a mute may have ended
   * @param first how many at most
   */
  public List<GroupRow> page(Set<FailureGroup.State> states, int first) {
    return ask(
        "select *" + in(states) + " order by last_seen desc, group_id desc limit :first",
        states,
        query -> query.bind("first", first).map((row, context) -> GroupRow.of(row)).list(),
        List.of());
  }

  /** How many groups there are in some states. */
  public long count(Set<FailureGroup.State> states) {
    return ask("select count(*)" + in(states), states, query -> query.mapTo(Long.class).one(), 0L);
  }

  private static String in(Set<FailureGroup.State> states) {
    return IN_STATES + (states.contains(FailureGroup.State.ONGOING) ? OR_ENDED : "");
  }

  private <T> T ask(
      String question, Set<FailureGroup.State> states, Function<Query, T> answer, T nothing) {
    if (!ledger.exists() || states.isEmpty()) {
      return nothing;
    }
    List<String> words = states.stream().map(FailureGroup.State::word).toList();
    return ledger.transact(
        (handle, circuits) ->
            answer.apply(
                handle
                    .createQuery(question)
                    .bindList("states", words)
                    .bind("now", clock.millis())));
  }

  /** One of them. */
  public Optional<GroupRow> find(String id) {
    return ledger.exists()
        ? ledger.transact((handle, circuits) -> FailureNotes.find(handle, id))
        : Optional.empty();
  }

  /** Somebody works on it; answers whether there is such a group. */
  public boolean acknowledge(String id, String who, String why, Optional<Instant> end) {
    Instant now = clock.instant();
    return change(id, group -> group.acknowledge(who, why, end, now));
  }

  /** Nobody wants to hear of it until then; answers whether there is such a group. */
  public boolean mute(String id, String who, String why, Instant end) {
    Instant now = clock.instant();
    return change(id, group -> group.mute(who, why, end, now));
  }

  /** It is over; answers whether there is such a group. */
  public boolean resolve(String id, String who, String why) {
    Instant now = clock.instant();
    return change(id, group -> group.resolve(who, why, now));
  }

  private boolean change(String id, UnaryOperator<FailureGroup> how) {
    return ledger.exists()
        && ledger.transact(
            (handle, circuits) -> {
              FailureNotes.lock(handle, id);
              Optional<GroupRow> row = FailureNotes.find(handle, id);
              row.ifPresent(
                  found ->
                      FailureNotes.write(
                          handle, id, how.apply(found.standing().at(clock.instant()))));
              return row.isPresent();
            });
  }
}
