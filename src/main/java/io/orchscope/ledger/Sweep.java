package io.orchscope.ledger;

import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.SqlStatements;

/**
 * Goes through a table in the order of its key, some rows at a time, and deletes those that are old
 * and of no more use. What may go is asked in the statement that deletes, so that what somebody
 * needs again in the meantime stays.
 *
 * @param word what the rows are called
 * @param table that they stand in
 * @param key its column, or the first of them
 * @param condition when a row may go
 * @param trialCondition the same while nothing goes: what is left once the tables before are done
 */
record Sweep(String word, String table, String key, String condition, String trialCondition) {

  static final String OCCURRENCES = "occurrences";
  static final String RESOURCES = "resources";
  static final String GROUPS = "groups";
  static final String MESSAGES = "messages";
  static final String LETTERS = "dead_letters";
  static final String ORCHESTRATIONS = "orchestrations";
  static final String FOLLOW_UPS = "follow_ups";
  static final String NAMES = "forgotten";

  /** An error that somebody is still to be told of, or to decide about, keeps what it needs. */
  private static final String OCCURRENCE =
      "last_seen < :text and (alert is null or alert not in ('owed', 'planned', 'dead'))"
          + " and not exists (select 1 from error_test t"
          + " where t.occurrence_key = occurrence.occurrence_key and t.telling = 'owed')";

  private static final String GROUP =
      "failure_group.last_seen < :millis and failure_group.due_at is null"
          + " and not (failure_group.state in ('acknowledged', 'muted')"
          + " and coalesce(failure_group.until_at, :now + 1) > :now)"
          + " and not exists (select 1 from occurrence o"
          + " where o.group_id = failure_group.group_id and %s)";

  /** Its revision is decided and has ended, no poll has listed it since, and nothing is open. */
  private static final String RESOURCE =
      "decided_revision = revision and decided_at < :text and coalesce(listed_at, 0) < :millis"
          + " and not exists (select 1 from poll_lease l"
          + " where l.poll_id = resource.listed_in_poll)"
          + " and not exists (select 1 from dead_letter d"
          + " where d.letter_key = 'circuit/' || resource.resource_id)"
          + " and not exists (select 1 from occurrence o"
          + " where o.resource_id = resource.resource_id and %s)";

  /**
   * A thread that goes on keeps its first message, to which the others are hung. Said in a round
   * about way, or SQLite would go by the index of states, through all that was ever sent, each
   * turn.
   */
  private static final String MESSAGE =
      "coalesce(state, '') in ('sent', 'dropped') and (coalesce(sent_at, planned_at) < :millis"
          + " or (group_id is not null and not exists (select 1 from failure_group"
          + " where failure_group.group_id = outbox.group_id%1$s)))"
          + " and not exists (select 1 from failure_group"
          + " where failure_group.group_id = outbox.group_id"
          + " and failure_group.thread_key = outbox.message_key%1$s)"
          + " and not exists (select 1 from poll_end p"
          + " where p.notice_key = outbox.message_key)"
          + " and not exists (select 1 from occurrence o"
          + " where o.message_key = outbox.message_key and %2$s)"
          + " and not exists (select 1 from error_test t join occurrence o"
          + " on o.occurrence_key = t.occurrence_key"
          + " where t.message_key = outbox.message_key and %2$s)";

  private static final String ANY = "1 = 1";

  private static final String STAYS = "not (" + prefixed() + ")";

  /** All there are, in an order in which each needs the one before. */
  static final List<Sweep> ALL =
      List.of(
          of(OCCURRENCES, "occurrence", "occurrence_key", OCCURRENCE),
          new Sweep(
              RESOURCES,
              "resource",
              "resource_id",
              RESOURCE.formatted(ANY),
              RESOURCE.formatted(STAYS)),
          new Sweep(
              GROUPS, "failure_group", "group_id", GROUP.formatted(ANY), GROUP.formatted(STAYS)),
          new Sweep(
              MESSAGES,
              "outbox",
              "message_key",
              MESSAGE.formatted("", ANY),
              MESSAGE.formatted(" and not (" + GROUP.formatted(STAYS) + ")", STAYS)),
          of(ORCHESTRATIONS, "exported_orchestration", "trace_id", "exported_at < :text"),
          of(FOLLOW_UPS, "follow_up", "evidence", "state <> 'owed' and ended_at < :millis"),
          of(NAMES, "forgotten", "resource_sha256", "forgotten_at < :millis"));

  /**
   * What one turn came to.
   *
   * @param rows that went, or would
   * @param last key that was looked at; none when that was the last of the table
   */
  record Turn(long rows, Optional<String> last) {}

  /** Whether rows go, or are only counted, and as of when. */
  record Order(Instant limit, Instant now, boolean trial) {}

  /** Looks at so many rows after a key. */
  Turn turn(Handle handle, String after, int size, Order order) throws SQLException {
    Optional<String> last =
        handle
            .createQuery(
                "select %2$s from %1$s where %2$s > :after order by %2$s limit 1 offset :skip"
                    .formatted(table, key))
            .bind("after", after)
            .bind("skip", size - 1)
            .mapTo(String.class)
            .findOne();
    String where =
        " from %s where %s > :after %s and %s"
            .formatted(
                table,
                key,
                last.isPresent() ? "and " + key + " <= :last" : "",
                order.trial() ? trialCondition : condition);
    long rows =
        order.trial()
            ? bind(handle.createQuery("select count(*)" + where), after, last, order)
                .mapTo(Long.class)
                .one()
            : bind(handle.createUpdate("delete" + where), after, last, order).execute();
    return new Turn(rows, last);
  }

  private static <S extends SqlStatement<S>> S bind(
      S statement, String after, Optional<String> last, Order order) {
    statement
        .configure(SqlStatements.class, config -> config.setUnusedBindingAllowed(true))
        .bind("after", after)
        // Whole seconds: with their fractions, moments do not sort as texts.
        .bind("text", order.limit().truncatedTo(ChronoUnit.SECONDS).toString())
        .bind("millis", order.limit().toEpochMilli())
        .bind("now", order.now().toEpochMilli());
    last.ifPresent(key -> statement.bind("last", key));
    return statement;
  }

  private static Sweep of(String word, String table, String key, String condition) {
    return new Sweep(word, table, key, condition, condition);
  }

  private static String prefixed() {
    return OCCURRENCE
        .replace("last_seen", "o.last_seen")
        .replace("alert", "o.alert")
        .replace("occurrence.occurrence_key", "o.occurrence_key");
  }
}
