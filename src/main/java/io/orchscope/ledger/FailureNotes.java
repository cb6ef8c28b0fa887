package io.orchscope.ledger;

import io.orchscope.alert.AlertJson;
import io.orchscope.alert.AlertTimes;
import io.orchscope.alert.GroupKey;
import io.orchscope.alert.OwedAlert;
import io.orchscope.circuit.Resource;
import io.orchscope.defect.FailureGroup;
import io.orchscope.secret.SecretMask;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What the ledger writes down of failure groups, inside the transaction of a decision. */
final class FailureNotes {

  /** Why an occurrence is not told that was told, or is owed, already. */
  private static final String REPEATED = "repeated";

  /**
   * Takes note of a failure, and owes its room an alert or says why not.
   *
   * @param owed whose occurrence is in the ledger already
   */
  static Optional<String> failed(Handle handle, OwedAlert owed, AlertTimes times) {
    String key = owed.alert().key();
    boolean known =
        handle
                .createQuery(
                    "select count(*) from occurrence where occurrence_key = :key"
                        + " and (alert is not null or alerted_at is not null)")
                .bind("key", key)
                .mapTo(Long.class)
                .one()
            > 0;
    if (known) {
      return Optional.of(REPEATED);
    }
    String id = owed.group().id();
    String circuit = GroupKey.circuitId(owed.alert().productType(), owed.alert().circuit().value());
    if (Forgotten.has(handle, circuit, owed.alert().occurredAt())) {
      note(handle, owed, Optional.empty(), circuit, Optional.of(Forgotten.WORD));
      return Optional.of(Forgotten.WORD);
    }
    boolean created = begin(handle, owed, id, circuit);
    GroupRow row = find(handle, id).orElseThrow();
    Instant seen = owed.alert().seenAt();
    FailureGroup.Reaction reaction =
        created
            ? new FailureGroup.Reaction(FailureGroup.begin(seen), Optional.empty())
            : row.standing().failed(owed.alert().occurredAt(), seen);
    if (!reaction.group().equals(row.standing())) {
      write(handle, id, reaction.group());
    }
    Optional<String> silence = owed.suppression().map(why -> why.word()).or(reaction::silence);
    if (silence.isEmpty()) {
      boolean comesBack =
          reaction.group().state() == FailureGroup.State.REGRESSED && !row.standing().isOpen();
      fallDue(handle, row, comesBack, times, seen);
    }
    note(handle, owed, Optional.of(id), circuit, silence);
    return silence;
  }

  /** Counts the failure; answers whether it is the first of its group. */
  private static boolean begin(Handle handle, OwedAlert owed, String id, String circuit) {
    FormerGroup.takeOver(handle, owed);
    boolean created = insert(handle, owed);
    // Before it is read: whoever else notes a failure of the group waits here.
    while (!count(handle, owed, id, circuit)) {
      // It was purged in between.
      created = insert(handle, owed);
    }
    return created;
  }

  /** Takes note that a circuit has succeeded: what failed before is over. */
  static void succeeded(Handle handle, Resource resource, AlertTimes times, Instant now) {
    String circuit = GroupKey.circuitId(resource.productType(), resource.circuit().value());
    long since = resource.updatedAt().toEpochMilli();
    List<String> groups =
        handle
            .createQuery(
                "select distinct group_id from occurrence where circuit_id = :circuit"
                    + " and group_id is not null and over_at is null and started_at < :since")
            .bind("circuit", circuit)
            .bind("since", since)
            .mapTo(String.class)
            .list();
    if (groups.isEmpty()) {
      return;
    }
    handle.execute(
        "update occurrence set over_at = ? where circuit_id = ? and over_at is null"
            + " and started_at < ?",
        now.toEpochMilli(),
        circuit,
        since);
    groups.forEach(id -> closeIfOver(handle, id, times, now));
  }

  private static void closeIfOver(Handle handle, String id, AlertTimes times, Instant now) {
    lock(handle, id);
    boolean fails =
        handle
            .createQuery(
                "select 1 from occurrence where group_id = :id and over_at is null limit 1")
            .bind("id", id)
            .mapTo(Integer.class)
            .findOne()
            .isPresent();
    Optional<FailureGroup> open =
        find(handle, id).map(GroupRow::standing).filter(FailureGroup::isOpen);
    if (!fails && open.isPresent()) {
      write(handle, id, open.get().resolve("", "every circuit has succeeded since", now));
      // Not at once: what comes back soon was never over.
      due(handle, id, now.plus(times.groupInterval()));
    }
  }

  /** Its room is told soon if it knows nothing yet, and else when the interval is over. */
  private static void fallDue(
      Handle handle, GroupRow row, boolean comesBack, AlertTimes times, Instant now) {
    boolean knows = row.toldAt().isPresent() && !comesBack;
    Instant next =
        knows
            ? row.toldAt().orElseThrow().plus(times.groupInterval())
            : now.plus(times.groupWait());
    Instant due = next.isBefore(now) ? now : next;
    if (row.dueAt().filter(earlier -> !earlier.isAfter(due)).isEmpty()) {
      due(handle, row.id(), due);
    }
  }

  static void due(Handle handle, String id, Instant due) {
    handle.execute(
        "update failure_group set due_at = ? where group_id = ?", due.toEpochMilli(), id);
  }

  static Optional<GroupRow> find(Handle handle, String id) {
    return handle
        .createQuery("select * from failure_group where group_id = :id")
        .bind("id", id)
        .map((row, context) -> GroupRow.of(row))
        .findOne();
  }

  /** Others who want to change the group wait until the transaction is over. */
  static void lock(Handle handle, String id) {
    handle.execute("update failure_group set failures = failures where group_id = ?", id);
  }

  private static boolean insert(Handle handle, OwedAlert owed) {
    long seen = owed.alert().seenAt().toEpochMilli();
    return handle
            .createUpdate(
                "insert into failure_group (group_id, environment, product_type, defect_code,"
                    + " fingerprint, title, severity, example, state, state_since, owner, note,"
                    + " first_seen, last_seen, failures, circuits, room_id) values (:id,"
                    + " :environment, :product, :code, :fingerprint, :title, :severity, :example,"
                    + " 'new', :seen, '', '', :seen, :seen, 0, 0, :room)"
                    + " on conflict (group_id) do nothing")
            .bind("id", owed.group().id())
            .bind("environment", owed.group().environment())
            .bind("product", owed.group().productType())
            .bind("code", owed.group().defectCode())
            .bind("fingerprint", owed.group().fingerprint().value())
            .bind("title", owed.alert().title())
            .bind("severity", owed.alert().severity().word())
            .bind("example", withoutNul(owed.alert().errorText()))
            .bind("seen", seen)
            .bind("room", owed.roomId())
            .execute()
        == 1;
  }

  private static boolean count(Handle handle, OwedAlert owed, String id, String circuit) {
    return handle
            .createUpdate(
                "update failure_group set failures = failures + 1, room_id = :room,"
                    + " last_seen = case when last_seen < :seen then :seen else last_seen end,"
                    + " circuits = circuits + case when exists (select 1 from occurrence"
                    + " where circuit_id = :circuit and group_id = :id) then 0 else 1 end"
                    + " where group_id = :id")
            .bind("room", owed.roomId())
            .bind("seen", owed.alert().seenAt().toEpochMilli())
            .bind("circuit", circuit)
            .bind("id", id)
            .execute()
        == 1;
  }

  private static void note(
      Handle handle,
      OwedAlert owed,
      Optional<String> group,
      String circuit,
      Optional<String> silence) {
    handle
        .createUpdate(
            "update occurrence set group_id = :group, circuit_id = :circuit, alert = :alert,"
                + " alert_reason = :reason, alert_body = :body, owed_at = :seen,"
                + " started_at = :started, sender = :sender where occurrence_key = :key")
        .bind("group", group.orElse(null))
        .bind("circuit", circuit)
        .bind("alert", silence.isEmpty() ? "owed" : "suppressed")
        .bind("reason", silence.orElse(null))
        .bind("body", silence.isEmpty() ? AlertJson.write(owed.alert()) : null)
        .bind("seen", owed.alert().seenAt().toEpochMilli())
        .bind("started", owed.alert().occurredAt().toEpochMilli())
        .bind("sender", owed.sender())
        .bind("key", owed.alert().key())
        .execute();
  }

  static void write(Handle handle, String id, FailureGroup group) {
    handle
        .createUpdate(
            "update failure_group set state = :state, state_since = :since, owner = :owner,"
                + " note = :note, until_at = :until, resolved_at = :resolved where group_id = :id")
        .bind("state", group.state().word())
        .bind("since", group.since().toEpochMilli())
        .bind("owner", group.owner())
        .bind("note", SecretMask.textWithoutSecrets(group.note()))
        .bind("until", group.until().map(Instant::toEpochMilli).orElse(null))
        .bind("resolved", group.resolvedAt().map(Instant::toEpochMilli).orElse(null))
        .bind("id", id)
        .execute();
  }

  /** PostgreSQL keeps every character but this one. */
  static String withoutNul(String text) {
    return text.replace('\0', '\uFFFD');
  }

  private FailureNotes() {}
}
