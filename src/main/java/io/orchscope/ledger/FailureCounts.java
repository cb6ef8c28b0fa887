package io.orchscope.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * How many failures were found in each of some equal spans of time, the oldest first.
 *
 * <p>Units: failures; a span has its beginning and not its end.
 */
public final class FailureCounts {

  private static final String BY_SPAN =
      "select (owed_at - :from) / :span as place, count(*) as failures from occurrence"
          + " where owed_at >= :from and owed_at < :until";

  private static final String BY_GROUP =
      "select group_id, (owed_at - :from) / :span as place, count(*) as failures from occurrence"
          + " where owed_at >= :from and owed_at < :until and group_id in (<groups>)"
          + " group by 1, 2";

  private final Ledger ledger;

  /**
   * The spans that are counted.
   *
   * @param until where the last one ends
   */
  public record Spans(Instant until, Duration span, int number) {

    /** Where the first begins. */
    public Instant from() {
      return until.minus(span.multipliedBy(number));
    }
  }

  public FailureCounts(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Of all products together. */
  public List<Long> ofAll(Spans spans) {
    return ledger.exists()
        ? ledger.look(handle -> counted(handle, BY_SPAN + " group by 1", "", spans))
        : empty(spans);
  }

  /** Of one group. */
  public List<Long> ofGroup(String group, Spans spans) {
    return ledger.exists()
        ? ledger.look(
            handle -> counted(handle, BY_SPAN + " and group_id = :group group by 1", group, spans))
        : empty(spans);
  }

  /** Of some groups, by their ids; those without a failure are missing. */
  public Map<String, List<Long>> ofGroups(Collection<String> groups, Spans spans) {
    if (!ledger.exists() || groups.isEmpty()) {
      return Map.of();
    }
    Map<String, long[]> counts = new HashMap<>();
    ledger.look(
        handle ->
            handle
                .createQuery(BY_GROUP)
                .bindList("groups", List.copyOf(groups))
                .bind("from", spans.from().toEpochMilli())
                .bind("until", spans.until().toEpochMilli())
                .bind("span", spans.span().toMillis())
                .map(
                    (row, context) -> {
                      counts
                              .computeIfAbsent(row.getString(1), group -> new long[spans.number()])[
                              row.getInt(2)] =
                          row.getLong(3);
                      return true;
                    })
                .list());
    Map<String, List<Long>> found = new HashMap<>();
    counts.forEach((group, numbers) -> found.put(group, list(numbers)));
    return found;
  }

  private static List<Long> counted(Handle handle, String question, String group, Spans spans) {
    long[] numbers = new long[spans.number()];
    var query =
        handle
            .createQuery(question)
            .bind("from", spans.from().toEpochMilli())
            .bind("until", spans.until().toEpochMilli())
            .bind("span", spans.span().toMillis());
    if (!group.isEmpty()) {
      query.bind("group", group);
    }
    query
        .map(
            (row, context) -> {
              numbers[row.getInt(1)] = row.getLong(2);
              return true;
            })
        .list();
    return list(numbers);
  }

  private static List<Long> empty(Spans spans) {
    return list(new long[spans.number()]);
  }

  private static List<Long> list(long[] numbers) {
    return Arrays.stream(numbers).boxed().toList();
  }
}
