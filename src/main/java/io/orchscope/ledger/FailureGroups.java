package io.orchscope.ledger;

import io.orchscope.defect.FailureGroup;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Failures of one kind: what is known of them, and where people stand with them. */
public final class FailureGroups {

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
