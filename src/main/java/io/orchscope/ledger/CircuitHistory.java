package io.orchscope.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * All that the ledger knows of one circuit, over all products.
 *
 * @param resources that MDSO listed under its name
 * @param failures its errors, the last seen first
 * @param messages that told of them, the newest first
 * @param letters what could not be finished, and is not decided
 */
public record CircuitHistory(
    String circuit,
    List<Listed> resources,
    List<Failure> failures,
    List<Message> messages,
    List<DeadLetter> letters) {

  private static final String RESOURCES = "select * from resource where" + CircuitPurge.OF_CIRCUIT;

  private static final String FAILURES =
      "select o.*, g.title, g.state as standing from occurrence o"
          + " left join failure_group g on g.group_id = o.group_id"
          + " where o.resource_id = :id";

  private static final String MESSAGES =
      "select * from outbox where message_key in (select message_key from occurrence"
          + " where resource_id = :id and message_key is not null union select t.message_key"
          + " from error_test t join occurrence o on o.occurrence_key = t.occurrence_key"
          + " where o.resource_id = :id and t.message_key is not null)";

  private static final String LETTERS =
      "select * from dead_letter where letter_key = 'circuit/' || :id or letter_key in"
          + " (select 'alert/' || message_key from occurrence where resource_id = :id"
          + " and message_key is not null)";

  /**
   * A resource of the circuit.
   *
   * @param orchState MDSO's word
   * @param outcome of its last decision
   * @param listedAt when a poll listed it last; none when no poll has since that is written down
   */
  public record Listed(
      String resourceId,
      String productType,
      String orchState,
      long revision,
      Optional<String> outcome,
      Optional<Instant> decidedAt,
      Optional<Instant> listedAt) {}

  /**
   * An error.
   *
   * @param groupState where people stood with the group when it was last changed
   * @param alert owed, planned, told, suppressed, dead or dropped; silent where nobody knows
   * @param reason why it was not told, if so
   */
  public record Failure(
      String key,
      String resourceId,
      String defectCode,
      Optional<String> groupId,
      String groupTitle,
      String groupState,
      String alert,
      Optional<String> reason,
      Instant firstSeen,
      Instant lastSeen,
      long times,
      Optional<String> messageKey) {}

  /** A message that told of the circuit, perhaps of others too. */
  public record Message(
      String key,
      String roomId,
      String kind,
      String state,
      Instant plannedAt,
      Optional<Instant> sentAt,
      long alerts,
      Optional<String> reason) {}

  /** What is known; nothing, and no ledger made, where there is none yet. */
  public static CircuitHistory of(Ledger ledger, String circuit) {
    return ledger.exists()
        ? ledger.look(handle -> of(handle, circuit))
        : new CircuitHistory(circuit, List.of(), List.of(), List.of(), List.of());
  }

  /** Whether the ledger knows nothing of it. */
  public boolean isEmpty() {
    return resources.isEmpty();
  }

  private static CircuitHistory of(Handle handle, String circuit) {
    List<Listed> resources =
        handle
            .createQuery(RESOURCES + " order by product_type, resource_id")
            .bind("circuit", circuit)
            .map((row, context) -> listed(row))
            .list();
    List<Failure> failures = new ArrayList<>();
    List<Message> messages = new ArrayList<>();
    List<DeadLetter> letters = new ArrayList<>();
    for (Listed resource : resources) {
      String id = resource.resourceId();
      failures.addAll(
          handle
              .createQuery(FAILURES + " order by o.last_seen desc, o.occurrence_key")
              .bind("id", id)
              .map((row, context) -> failure(row))
              .list());
      messages.addAll(
          handle
              .createQuery(MESSAGES + " order by planned_at desc, place")
              .bind("id", id)
              .map((row, context) -> message(row))
              .list());
      letters.addAll(
          handle
              .createQuery(LETTERS + " order by last_at desc, letter_key")
              .bind("id", id)
              .map((row, context) -> DeadLetterBox.letter(row))
              .list());
    }
    return new CircuitHistory(circuit, resources, failures, messages, letters);
  }

  private static Listed listed(ResultSet row) throws SQLException {
    return new Listed(
        row.getString("resource_id"),
        row.getString("product_type"),
        row.getString("orch_state"),
        row.getLong("revision"),
        Optional.ofNullable(row.getString("outcome")),
        Optional.ofNullable(row.getString("decided_at")).map(Instant::parse),
        GroupRow.moment(row, "listed_at"));
  }

  private static Failure failure(ResultSet row) throws SQLException {
    Optional<String> alert = Optional.ofNullable(row.getString("alert"));
    boolean toldLongAgo = row.getString("alerted_at") != null;
    return new Failure(
        row.getString("occurrence_key"),
        row.getString("resource_id"),
        row.getString("defect_code"),
        Optional.ofNullable(row.getString("group_id")),
        Optional.ofNullable(row.getString("title")).orElse(""),
        Optional.ofNullable(row.getString("standing")).orElse(""),
        alert.orElse(toldLongAgo ? "told" : "silent"),
        Optional.ofNullable(row.getString("alert_reason")),
        Instant.parse(row.getString("first_seen")),
        Instant.parse(row.getString("last_seen")),
        row.getLong("times_seen"),
        Optional.ofNullable(row.getString("message_key")));
  }

  private static Message message(ResultSet row) throws SQLException {
    return new Message(
        row.getString("message_key"),
        row.getString("room_id"),
        row.getString("kind"),
        row.getString("state"),
        Instant.ofEpochMilli(row.getLong("planned_at")),
        GroupRow.moment(row, "sent_at"),
        row.getLong("alerts"),
        Optional.ofNullable(row.getString("reason")));
  }
}
