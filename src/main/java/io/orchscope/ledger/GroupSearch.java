package io.orchscope.ledger;

import io.orchscope.defect.FailureGroup;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Groups that somebody looks for, in an order of their choice. */
public final class GroupSearch {

  /** What was acknowledged or muted for a time that is over is in no state of its own any more. */
  private static final String STATES =
      "select case when until_at <= :now then 'ongoing' else state end, count(*)"
          + " from failure_group group by 1";

  private static final String CODES =
      "select defect_code, sum(failures), count(*) from failure_group group by defect_code";

  private final Ledger ledger;

  /** What a list of groups is ordered by. */
  public enum Order {
    LAST_SEEN("last_seen"),
    FIRST_SEEN("first_seen"),
    FAILURES("failures"),
    CIRCUITS("circuits"),
    CODE("defect_code"),
    /** The most severe first, and of those what failed last. */
    SEVERITY("severity");

    private static final String RANKS =
        "case severity when 'critical' then 3 when 'major' then 2 when 'minor' then 1 else 0 end";

    private final String word;

    Order(String word) {
      this.word = word;
    }

    /** As it stands in an address, {@code last_seen}. */
    public String word() {
      return word;
    }

    private String by(boolean ascends) {
      String direction = ascends ? " asc" : " desc";
      return " order by "
          + (this == SEVERITY ? RANKS + direction + ", last_seen desc" : word + direction)
          + ", group_id";
    }

    /** The order that a word names; by what failed last for any other word. */
    public static Order of(String word) {
      for (Order order : values()) {
        if (order.word.equals(word)) {
          return order;
        }
      }
      return LAST_SEEN;
    }
  }

  /**
   * What is looked for; an empty word is any.
   *
   * @param states as they are now; none for any
   * @param words that stand in title or example, in any case
   */
  public record Wish(
      String product,
      String code,
      Set<FailureGroup.State> states,
      String words,
      String fingerprint) {

    /** All there are. */
    public static final Wish ALL = new Wish("", "", Set.of(), "", "");

    /** The same in some states. */
    public Wish in(Set<FailureGroup.State> some) {
      return new Wish(product, code, some, words, fingerprint);
    }
  }

  /**
   * Some of those that were found.
   *
   * @param all how many there are
   */
  public record Found(List<GroupRow> rows, long all) {}

  /** How many failures, and how many groups of them. */
  public record Sum(long failures, long groups) {}

  public GroupSearch(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Those that fit, from a place on, the largest or newest first unless the order ascends. */
  public Found find(Wish wish, Order order, boolean ascends, int from, int most) {
    if (!ledger.exists()) {
      return new Found(List.of(), 0);
    }
    return ledger.look(
        handle ->
            new Found(
                rows(handle, wish, order, ascends, from, most),
                bound(handle.createQuery("select count(*) from failure_group" + where(wish)), wish)
                    .mapTo(Long.class)
                    .one()));
  }

  /** The first of them, for whoever does not ask how many there are. */
  public List<GroupRow> first(Wish wish, Order order, int most) {
    return ledger.exists()
        ? ledger.look(handle -> rows(handle, wish, order, false, 0, most))
        : List.of();
  }

  /** Put in order by their ids alone: the texts of all would be carried along. */
  private List<GroupRow> rows(
      Handle handle, Wish wish, Order order, boolean ascends, int from, int most) {
    String ordered = order.by(ascends);
    return bound(
            handle.createQuery(
                "select * from failure_group where group_id in (select group_id from failure_group"
                    + where(wish)
                    + ordered
                    + " limit :most offset :from)"
                    + ordered),
            wish)
        .bind("most", most)
        .bind("from", from)
        .map((row, context) -> GroupRow.of(row))
        .list();
  }

  /** One of them, beside those who write. */
  public Optional<GroupRow> find(String id) {
    return ledger.exists()
        ? ledger.look(handle -> FailureNotes.find(handle, id))
        : Optional.empty();
  }

  /** How many groups are in each state now; states without one are missing. */
  public Map<FailureGroup.State, Long> states() {
    Map<FailureGroup.State, Long> sums = new EnumMap<>(FailureGroup.State.class);
    if (ledger.exists()) {
      ledger.look(
          handle ->
              handle
                  .createQuery(STATES)
                  .bind("now", ledger.clock().millis())
                  .map(
                      (row, context) ->
                          sums.put(FailureGroup.State.of(row.getString(1)), row.getLong(2)))
                  .list());
    }
    return sums;
  }

  /** What each defect code has named, by its name. */
  public Map<String, Sum> codes() {
    Map<String, Sum> sums = new TreeMap<>();
    if (ledger.exists()) {
      ledger.look(
          handle ->
              handle
                  .createQuery(CODES)
                  .map(
                      (row, context) ->
                          Optional.ofNullable(
                              sums.put(row.getString(1), new Sum(row.getLong(2), row.getLong(3)))))
                  .list());
    }
    return sums;
  }

  private static String where(Wish wish) {
    List<String> conditions = new ArrayList<>();
    if (!wish.product.isEmpty()) {
      conditions.add("product_type = :product");
    }
    if (!wish.code.isEmpty()) {
      conditions.add("defect_code = :code");
    }
    if (!wish.fingerprint.isEmpty()) {
      conditions.add("fingerprint = :fingerprint");
    }
    if (!wish.words.isEmpty()) {
      conditions.add(
          "(lower(title) like :words escape '!' or lower(example) like :words escape '!')");
    }
    if (!wish.states.isEmpty()) {
      String ended = wish.states.contains(FailureGroup.State.ONGOING) ? " or until_at <= :now" : "";
      conditions.add(
          "((state in (<states>) and (until_at is null or until_at > :now))" + ended + ")");
    }
    return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
  }

  private Query bound(Query query, Wish wish) {
    if (!wish.product.isEmpty()) {
      query.bind("product", wish.product);
    }
    if (!wish.code.isEmpty()) {
      query.bind("code", wish.code);
    }
    if (!wish.fingerprint.isEmpty()) {
      query.bind("fingerprint", wish.fingerprint);
    }
    if (!wish.words.isEmpty()) {
      query.bind("words", "%" + Like.quoted(wish.words) + "%");
    }
    if (!wish.states.isEmpty()) {
      query
          .bindList("states", wish.states.stream().map(FailureGroup.State::word).toList())
          .bind("now", ledger.clock().millis());
    }
    return query;
  }
}
