package io.orchscope.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** The dead letters, for somebody who looks at them. */
public final class DeadLetterBox {

  private static final String LIST =
      "select letter_key, kind, reason, explanation, body, last_at, times from dead_letter"
          + " order by last_at, letter_key";

  private final Ledger ledger;

  public DeadLetterBox(Ledger ledger) {
    this.ledger = ledger;
  }

  /** All there are, the oldest first; none where there is no ledger yet. */
  public List<DeadLetter> list() {
    if (!ledger.exists()) {
      return List.of();
    }
    return ledger.transact(
        (handle, circuits) ->
            handle.createQuery(LIST).map((row, context) -> letter(row)).list());
  }

  /** Throws a letter away; answers whether there was one. */
  public boolean drop(String key) {
    return ledger.exists()
        && ledger.transact(
            (handle, circuits) ->
                handle.execute("delete from dead_letter where letter_key = ?", key) > 0);
  }

  private static DeadLetter letter(ResultSet row) throws SQLException {
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
