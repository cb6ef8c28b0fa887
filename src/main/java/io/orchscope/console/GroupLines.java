package io.orchscope.console;

import io.orchscope.ledger.FailureCounts;
import io.orchscope.ledger.FailureCounts.Spans;
import io.orchscope.ledger.GroupRow;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Groups with what they did in the last day. */
public final class GroupLines {

  static final int HOURS = 24;

  private final FailureCounts counts;
  private final Clock clock;

  public GroupLines(FailureCounts counts, Clock clock) {
    this.counts = counts;
    this.clock = clock;
  }

  /** The hours of the last day, this one with it. */
  Spans lastDay() {
    Instant next = clock.instant().truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
    return new Spans(next, Duration.ofHours(1), HOURS);
  }

  /** Each with its last day. */
  public List<GroupLine> of(List<GroupRow> rows) {
    Map<String, List<Long>> days =
        counts.ofGroups(rows.stream().map(GroupRow::id).toList(), lastDay());
    List<Long> none = Collections.nCopies(HOURS, 0L);
    Instant now = clock.instant();
    return rows.stream()
        .map(row -> GroupLine.of(row, days.getOrDefault(row.id(), none), now))
        .toList();
  }
}
