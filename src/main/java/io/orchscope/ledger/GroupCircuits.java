package io.orchscope.ledger;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The circuits that have failed with a group. */
public final class GroupCircuits {

  /** A group may have failed a hundred thousand times, and a page shows who did so lately. */
  private static final String NEWEST =
      "select r.circuit, max(o.owed_at) as last_at from (select resource_id, owed_at"
          + " from occurrence where group_id = :group order by owed_at desc limit :looked) o"
          + " join resource r on r.resource_id = o.resource_id group by r.circuit"
          + " order by last_at desc, r.circuit limit :most offset :from";

  private static final String REACHES =
      "select count(*) from (select 1 from occurrence where group_id = :group limit :looked) o";

  /** By the few circuits, and not by the group, which is what an index must not be asked for. */
  private static final String MEMBERS =
      "select r.circuit, o.product_type, count(*) as failures, min(o.first_seen) as first_seen,"
          + " max(o.last_seen) as last_seen,"
          + " max(case when o.over_at is null then 1 else 0 end) as still"
          + " from resource r cross join occurrence o where substr(r.circuit, 1, 100) in"
          + " (<beginnings>) and r.circuit in (<circuits>) and o.resource_id = r.resource_id"
          + " and o.group_id || '' = :group group by r.circuit, o.product_type";

  private static final String SUPPRESSED =
      "select alert_reason, count(*) as failures from occurrence"
          + " where alert = 'suppressed' and owed_at >= :since group by alert_reason"
          + " order by failures desc, alert_reason";

  private static final int FIRST_LOOK = 250;
  private static final int FURTHER = 10;

  /** Characters of a name that its index has. */
  private static final int INDEXED = 100;

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
        handle -> {
          List<String> circuits = newest(handle, group, from, most);
          Map<String, Member> members = new HashMap<>();
          if (!circuits.isEmpty()) {
            members(handle, group, circuits).forEach(it -> members.put(it.circuit, it));
          }
          return circuits.stream().map(members::get).filter(Objects::nonNull).toList();
        });
  }

  /** Their names, from as few of the last failures as it takes. */
  private static List<String> newest(Handle handle, String group, int from, int most) {
    for (long looked = FIRST_LOOK; ; looked *= FURTHER) {
      List<String> circuits =
          handle
              .createQuery(NEWEST)
              .bind("group", group)
              .bind("looked", looked)
              .bind("from", from)
              .bind("most", most)
              .mapTo(String.class)
              .list();
      long reached =
          handle
              .createQuery(REACHES)
              .bind("group", group)
              .bind("looked", looked)
              .mapTo(Long.class)
              .one();
      if (circuits.size() == most || reached < looked) {
        return circuits;
      }
    }
  }

  private static List<Member> members(Handle handle, String group, List<String> circuits) {
    return handle
        .createQuery(MEMBERS)
        .bind("group", group)
        .bindList("circuits", circuits)
        .bindList(
            "beginnings",
            circuits.stream()
                .map(it -> it.codePoints().limit(INDEXED).mapToObj(Character::toString))
                .map(it -> it.collect(Collectors.joining()))
                .distinct()
                .toList())
        .map(
            (row, context) ->
                new Member(
                    row.getString("circuit"),
                    row.getString("product_type"),
                    row.getLong("failures"),
                    Instant.parse(row.getString("first_seen")),
                    Instant.parse(row.getString("last_seen")),
                    row.getInt("still") == 1))
        .list();
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
