package io.orchscope.console;

import io.orchscope.defect.FailureGroup;
import io.orchscope.ledger.GroupRow;
import java.time.Instant;
import java.util.List;

/**
 * A group in a list.
 *
 * @param standing as it is now
 * @param day its failures of the last 24 hours
 */
public record GroupLine(GroupRow row, FailureGroup standing, Sparkline day) {

  static GroupLine of(GroupRow row, List<Long> hours, Instant now) {
    return new GroupLine(row, row.standing().at(now), Sparkline.of(hours));
  }

  public boolean isUnclassified() {
    return row.defectCode().equals("UNCLASSIFIED");
  }
}
