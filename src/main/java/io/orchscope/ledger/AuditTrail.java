package io.orchscope.ledger;

import io.orchscope.secret.SecretMask;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Who changed what, for good. */
public final class AuditTrail {

  private static final int LONGEST_NOTE = 2_000;

  private final Ledger ledger;
  private final Clock clock;

  /**
   * A change.
   *
   * @param who did it
   * @param verb such as {@code mute}
   * @param what it was done to, {@code group 1f2e}
   */
  public record Entry(Instant at, String who, String verb, String what, String note) {}

  public AuditTrail(Ledger ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /** Takes note of a change. */
  public void note(String who, String verb, String what, String note) {
    long now = clock.millis();
    ledger.transact(
        (handle, circuits) ->
            handle
                .createUpdate(
                    "insert into audit (changed_at, place, who, verb, what, note)"
                        + " select :now, count(*), :who, :verb, :what, :note from audit"
                        + " where changed_at = :now")
                .bind("now", now)
                .bind("who", brief(who, 200))
                .bind("verb", verb)
                .bind("what", brief(SecretMask.textWithoutSecrets(what), 700))
                .bind("note", brief(SecretMask.textWithoutSecrets(note), LONGEST_NOTE))
                .execute());
  }

  /** The newest changes. */
  public List<Entry> list(int most) {
    if (!ledger.exists()) {
      return List.of();
    }
    return ledger.look(
        handle ->
            handle
                .createQuery("select * from audit order by changed_at desc, place desc limit :most")
                .bind("most", most)
                .map(
                    (row, context) ->
                        new Entry(
                            Instant.ofEpochMilli(row.getLong("changed_at")),
                            row.getString("who"),
                            row.getString("verb"),
                            row.getString("what"),
                            row.getString("note")))
                .list());
  }

  static String brief(String text, int most) {
    return text.substring(0, Math.min(text.length(), most)).replace('\0', ' ');
  }
}
