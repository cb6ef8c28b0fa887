package io.orchscope.ledger;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;

/**
 * Whether everything that was ever listed and found has come to something. Source: design.md §4.
 *
 * <p>Each question is answered by an index of what is open, or of a day, so that it costs the same
 * however much the ledger has seen.
 *
 * @param undecided resources that were listed, are in no poll that is under way, have no outcome
 *     and no dead letter
 * @param silent errors of which nobody knows whether their room is told
 * @param stranded errors that wait for a message that waits for nothing
 * @param alerts what became of telling the errors of the last day: told, suppressed, owed, planned,
 *     dead, dropped
 */
public record Balance(long undecided, long silent, long stranded, Map<String, Long> alerts) {

  private static final String UNDECIDED =
      "select count(*) from resource r where r.outcome is null"
          + " and not exists (select 1 from poll_lease l where l.poll_id = r.listed_in_poll)"
          + " and not exists (select 1 from dead_letter d"
          + " where d.letter_key = 'circuit/' || r.resource_id)";

  private static final String SILENT =
      "select count(*) from occurrence where alert is null and alerted_at is null";

  private static final String STRANDED =
      "select count(*) from occurrence o where o.alert = 'planned' and not exists (select 1 from outbox m"
          + " where m.message_key = o.message_key and m.state = 'waiting')";

  private static final String ALERTS =
      "select alert, count(*) from occurrence where alert in ('told', 'suppressed', 'owed',"
          + " 'planned', 'dead', 'dropped') and owed_at > :since group by alert";

  private static final Duration DAY = Duration.ofDays(1);

  /** What the ledger says now; nothing is wrong where there is none. */
  public static Balance of(Ledger ledger) {
    if (!ledger.exists()) {
      return new Balance(0, 0, 0, Map.of());
    }
    return ledger.look(
        handle -> {
          Map<String, Long> alerts = new TreeMap<>();
          handle
              .createQuery(ALERTS)
              .bind("since", ledger.clock().instant().minus(DAY).toEpochMilli())
              .map((row, context) -> alerts.put(row.getString(1), row.getLong(2)))
              .list();
          return new Balance(
              handle.createQuery(UNDECIDED).mapTo(Long.class).one(),
              handle.createQuery(SILENT).mapTo(Long.class).one(),
              handle.createQuery(STRANDED).mapTo(Long.class).one(),
              alerts);
        });
  }

  /** The same as one number, for a gauge that must not stand in the way. */
  public static DoubleSupplier gauge(Ledger ledger) {
    return () -> {
      if (!ledger.exists()) {
        return 0;
      }
      try {
        return ledger.transact(
            (handle, circuits) ->
                handle.createQuery(UNDECIDED).mapTo(Double.class).one()
                    + handle.createQuery(SILENT).mapTo(Double.class).one()
                    + handle.createQuery(STRANDED).mapTo(Double.class).one());
      } catch (LedgerException unreadable) {
        return 0;
      }
    };
  }

  public long imbalance() {
    return undecided + silent + stranded;
  }

  /** {@code errors of the last day 12 = told 9 + suppressed 3}. */
  public String equation() {
    StringBuilder sum = new StringBuilder();
    alerts.forEach(
        (word, number) ->
            sum.append(sum.isEmpty() ? " = " : " + ").append(word).append(' ').append(number));
    return "errors of the last day "
        + alerts.values().stream().mapToLong(Long::longValue).sum()
        + sum;
  }
}
