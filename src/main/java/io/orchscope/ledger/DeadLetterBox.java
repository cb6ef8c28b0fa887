package io.orchscope.ledger;

import io.orchscope.secret.SecretMask;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The dead letters, for somebody who looks at them. */
public final class DeadLetterBox {

  private static final String LIST =
      "select letter_key, kind, reason, explanation, body, last_at, times from dead_letter"
          + " order by last_at, letter_key";

  private static final String ALERT = "alert/";

  private static final String DEAD_LETTER =
      "insert into dead_letter (letter_key, kind, reason, explanation, body, last_at, times)"
          + " values (:key, :kind, :reason, :explanation, :body, :now, 1)"
          + " on conflict (letter_key) do update set reason = excluded.reason,"
          + " explanation = excluded.explanation, body = excluded.body, last_at = excluded.last_at,"
          + " times = dead_letter.times + 1";

  private final Ledger ledger;
  private final Clock clock;

  public DeadLetterBox(Ledger ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /** All there are, the oldest first; none where there is no ledger yet. */
  public List<DeadLetter> list() {
    if (!ledger.exists()) {
      return List.of();
    }
    return ledger.look(
        handle -> handle.createQuery(LIST).map((row, context) -> letter(row)).list());
  }

  /**
   * Puts a message back where it waits for its room, and its letter away; answers whether there was
   * one. Circuits are tried again by the next poll anyway.
   */
  public boolean retry(String key) {
    return ledger.exists()
        && ledger.transact(
            (handle, circuits) -> {
              String message = message(key);
              int waits =
                  handle.execute(
                      "update outbox set state = 'waiting', not_before = 0, attempts = 0,"
                          + " planned_at = ? where message_key = ? and state = 'dead'",
                      clock.millis(),
                      message);
              handle.execute(
                  "update occurrence set alert = 'planned', alert_reason = null"
                      + " where message_key = ? and alert = 'dead'",
                  message);
              return waits == 1
                  && handle.execute("delete from dead_letter where letter_key = ?", key) > 0;
            });
  }

  /** Throws a letter away, and what it was to tell; answers whether there was one. */
  public boolean drop(String key) {
    return ledger.exists()
        && ledger.transact(
            (handle, circuits) -> {
              String message = message(key);
              handle.execute(
                  "update outbox set state = 'dropped' where message_key = ? and state = 'dead'",
                  message);
              handle.execute(
                  "update occurrence set alert = 'dropped' where message_key = ?"
                      + " and alert = 'dead'",
                  message);
              return handle.execute("delete from dead_letter where letter_key = ?", key) > 0;
            });
  }

  /** The message's key in the outbox; nothing there is called like a circuit. */
  private static String message(String key) {
    return key.startsWith(ALERT) ? key.substring(ALERT.length()) : "";
  }

  /** Keeps a letter, once more where it is kept already. */
  static void write(Handle handle, DeadLetter letter) {
    handle
        .createUpdate(DEAD_LETTER)
        .bind("key", letter.key())
        .bind("kind", letter.kind())
        .bind("reason", letter.reason())
        .bind("explanation", SecretMask.textWithoutSecrets(letter.explanation()))
        .bind("body", letter.body())
        .bind("now", letter.lastAt().toString())
        .execute();
  }

  static DeadLetter letter(ResultSet row) throws SQLException {
    return new DeadLetter(
        row.getString("letter_key"),
        row.getString("kind"),
        row.getString("reason"),
        row.getString("explanation"),
        row.getString("body"),
        Instant.parse(row.getString("last_at")),
        row.getLong("times"));
  }
}
