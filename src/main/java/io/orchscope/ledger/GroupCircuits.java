package io.orchscope.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The circuits that have failed with a group. */
public final class GroupCircuits {

  private static final String CIRCUITS =
      "select r.circuit, o.product_type, count(*) as failures, min(o.first_seen) as first_seen,"
          + " max(o.last_seen) as last_seen,"
          + " max(case when o.over_at is null then 1 else 0 end) as still"
          + " from occurrence o join resource r on r.resource_id = o.resource_id"
          + " where o.group_id = :group group by r.circuit, o.product_type"
          + " order by last_seen desc, r.circuit limit :most offset :from";

  private static final String SUPPRESSED =
      "select alert_reason, count(*) as failures from occurrence"
          + " where alert = 'suppressed' and owed_at >= :since group by alert_reason"
          + " order by failures desc, alert_reason";

  private final Ledger ledger;

  /**
   * A circuit of a group.
   *
   * @param isOpen whether it has not succeeded since
   */
  public record Member(
      String circuit,
      String productType,
      long failures,
      Instant firstSeen,
      Instant lastSeen,
      boolean isOpen) {}

  /** How many failures were not told, for one reason. */
  public record Suppressed(String reason, long failures) {}

  public GroupCircuits(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Those of a group, the last to fail first, from a place on. */
  public List<Member> of(String group, int from, int most) {
    if (!ledger.exists()) {
      return List.of();
    }
    return ledger.look(
        handle ->
            handle
                .createQuery(CIRCUITS)
                .bind("group", group)
                .bind("from", from)
                .bind("most", most)
                .map(
                    (row, context) ->
                        new Member(
                            row.getString("circuit"),
                            row.getString("product_type"),
                            row.getLong("failures"),
                            Instant.parse(row.getString("first_seen")),
                            Instant.parse(row.getString("last_seen")),
                            row.getInt("still") == 1))
                .list());
  }

  /** What was found since then and not told, by reason. */
  public List<Suppressed> suppressed(Instant since) {
    if (!ledger.exists()) {
      return List.of();
    }
    return ledger.look(
        handle ->
            handle
                .createQuery(SUPPRESSED)
                .bind("since", since.toEpochMilli())
                .map(
                    (row, context) ->
                        new Suppressed(
                            Optional.ofNullable(row.getString(1)).orElse("unknown"),
                            row.getLong(2)))
                .list());
  }
}
