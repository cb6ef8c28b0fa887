package io.orchscope.ledger;

import io.orchscope.alert.GroupKey;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/**
 * Removes from the ledger all that it knows of one circuit, all of it in one transaction.
 *
 * <p>What somebody is still to be told, what a poll is working on and what has not ended stays,
 * with the reason. Messages that tell of other circuits too lose their text. Hashes are left, so
 * that the same revision, listed again, is neither read nor told again.
 */
public final class CircuitPurge {

  /** By which of the circuit's names its rows are found; the index has its beginning. */
  static final String OF_CIRCUIT =
      " substr(circuit, 1, 100) = substr(:circuit, 1, 100) and circuit = :circuit";

  /** What tests found about a resource's errors, and the messages that tell it. */
  private static final String OF_FINDINGS =
      " from error_test t join occurrence o on o.occurrence_key = t.occurrence_key"
          + " left join outbox m on m.message_key = t.message_key"
          + " where o.resource_id = resource.resource_id";

  private final Ledger ledger;
  private final Clock clock;

  /** A resource that stays for now. */
  public record Kept(String resourceId, String reason) {}

  /** What was removed, or would be, and what was not. */
  public record Removed(PurgedRows rows, List<Kept> kept) {}

  /** A resource of the circuit. */
  private record Row(String id, String productType, long decidedRevision, Optional<String> stays) {}

  public CircuitPurge(Ledger ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * Removes a circuit, of all products.
   *
   * @param trial whether all is only counted
   */
  public Removed remove(String circuit, boolean trial) {
    if (!ledger.exists()) {
      return new Removed(PurgedRows.NOTHING, List.of());
    }
    try {
      return ledger.transact(
          (handle, circuits) -> {
            long begun = System.nanoTime();
            Removed removed = remove(handle, circuit);
            Duration held = Duration.ofNanos(System.nanoTime() - begun);
            PurgedRows rows = new PurgedRows(removed.rows().rows(), 0, held);
            if (trial) {
              throw new UndoneException(new Removed(rows, removed.kept()));
            }
            return new Removed(rows, removed.kept());
          });
    } catch (UndoneException undone) {
      return undone.removed;
    }
  }

  private Removed remove(Handle handle, String circuit) throws SQLException {
    Instant now = clock.instant();
    List<Kept> kept = new ArrayList<>();
    Map<String, Long> rows = new LinkedHashMap<>();
    Set<String> messages = new TreeSet<>();
    Set<String> groups = new TreeSet<>();
    for (Row row : rows(handle, circuit)) {
      if (row.stays().isPresent()) {
        kept.add(new Kept(row.id(), row.stays().get()));
        continue;
      }
      messages.addAll(names(handle, "message_key", row.id()));
      messages.addAll(messagesOfFindings(handle, row.id()));
      groups.addAll(names(handle, "group_id", row.id()));
      messages.addAll(BlindSpots.removeResource(handle, row.id()));
      String circuitId = GroupKey.circuitId(row.productType(), circuit);
      Forgotten.resource(handle, row.id(), circuitId, row.decidedRevision(), now);
      count(
          rows,
          Sweep.OCCURRENCES,
          handle.execute("delete from occurrence where resource_id = ?", row.id()));
      count(
          rows,
          Sweep.FOLLOW_UPS,
          handle.execute("delete from follow_up where resource_id = ?", row.id()));
      count(
          rows,
          Sweep.RESOURCES,
          handle.execute("delete from resource where resource_id = ?", row.id()));
      count(
          rows,
          Sweep.LETTERS,
          handle.execute("delete from dead_letter where letter_key = ?", "circuit/" + row.id()));
    }
    CircuitTraces traces = new CircuitTraces(handle, circuit, now);
    groups.forEach(group -> traces.removeFromGroup(group, rows));
    messages.forEach(message -> traces.removeFromMessage(message, rows));
    return new Removed(new PurgedRows(rows, 0, Duration.ZERO), kept);
  }

  private static List<Row> rows(Handle handle, String circuit) {
    return handle
        .createQuery(
            "select resource_id, product_type, coalesce(decided_revision, -1) as decided, case"
                + " when exists (select 1 from poll_lease l where l.poll_id = listed_in_poll)"
                + " then 'a poll that lists it is under way'"
                + " when orch_state not in ('active', 'inactive', 'failed', 'terminated')"
                + " then 'MDSO is not done with it'"
                + " when coalesce(decided_revision, -1) <> revision and not exists (select 1"
                + " from dead_letter d where d.letter_key = 'circuit/' || resource_id)"
                + " then 'it is not decided yet; the next poll reads it'"
                + " when exists (select 1 from occurrence o where o.resource_id ="
                + " resource.resource_id and o.alert in ('owed', 'planned')) or exists (select 1"
                + OF_FINDINGS
                + " and (t.telling = 'owed' or m.state = 'waiting'))"
                + " then 'its room is still to be told'"
                + " when exists (select 1 from occurrence o join occurrence other"
                + " on other.message_key = o.message_key and other.circuit_id <> o.circuit_id"
                + " and other.alert = 'dead' where o.resource_id = resource.resource_id"
                + " and o.alert = 'dead') or exists (select 1"
                + OF_FINDINGS
                + " and m.state = 'dead' and exists (select 1 from error_test it join occurrence"
                + " other on other.occurrence_key = it.occurrence_key"
                + " where it.message_key = t.message_key and other.circuit_id <> o.circuit_id))"
                + " then 'a dead letter tells of other circuits too; retry or drop it first'"
                + " end as stays from resource where"
                + OF_CIRCUIT
                + " order by resource_id")
        .bind("circuit", circuit)
        .map(
            (row, context) ->
                new Row(
                    row.getString("resource_id"),
                    row.getString("product_type"),
                    row.getLong("decided"),
                    Optional.ofNullable(row.getString("stays"))))
        .list();
  }

  private static List<String> names(Handle handle, String column, String resourceId) {
    return handle
        .createQuery(
            "select distinct %1$s from occurrence where resource_id = :id and %1$s is not null"
                .formatted(column))
        .bind("id", resourceId)
        .mapTo(String.class)
        .list();
  }

  private static List<String> messagesOfFindings(Handle handle, String resourceId) {
    return handle
        .createQuery(
            "select distinct t.message_key from error_test t join occurrence o"
                + " on o.occurrence_key = t.occurrence_key"
                + " where o.resource_id = :id and t.message_key is not null")
        .bind("id", resourceId)
        .mapTo(String.class)
        .list();
  }

  static void count(Map<String, Long> rows, String word, long number) {
    rows.merge(word, number, Long::sum);
  }

  /** Takes a transaction back that was only to be counted. */
  private static final class UndoneException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Removed removed;

    UndoneException(Removed removed) {
      super("Only counted.");
      this.removed = removed;
    }
  }
}
