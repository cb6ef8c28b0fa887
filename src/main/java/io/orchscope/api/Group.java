package io.orchscope.api;

import io.orchscope.console.GroupLine;
import io.orchscope.defect.FailureGroup;
import io.orchscope.ledger.GroupRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A group of failures.
 *
 * @param state new, ongoing, acknowledged, muted, resolved or regressed, as it is now
 * @param until when it is no longer acknowledged or muted
 * @param example words of the first error
 * @param lastDay failures of each of the last 24 hours, the oldest first
 */
record Group(
    String id,
    String environment,
    String product,
    String code,
    String title,
    String severity,
    String fingerprint,
    String example,
    String state,
    Instant stateSince,
    String owner,
    String note,
    Optional<Instant> until,
    Instant firstSeen,
    Instant lastSeen,
    long failures,
    long circuits,
    String room,
    List<Long> lastDay) {

  static Group of(GroupLine line) {
    GroupRow row = line.row();
    FailureGroup standing = line.standing();
    return new Group(
        row.id(),
        row.environment(),
        row.productType(),
        row.defectCode(),
        row.title(),
        row.severity(),
        row.fingerprint(),
        row.example(),
        standing.state().word(),
        standing.since(),
        standing.owner(),
        standing.note(),
        standing.until(),
        row.firstSeen(),
        row.lastSeen(),
        row.failures(),
        row.circuits(),
        row.roomId(),
        line.day().numbers());
  }
}
