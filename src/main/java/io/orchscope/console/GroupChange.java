package io.orchscope.console;

import io.orchscope.ledger.FailureGroups;
import io.orchscope.ledger.Ledger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Somebody acknowledges, mutes or resolves a group. */
public final class GroupChange implements Change {

  private final Ledger ledger;
  private final Clock clock;
  private final Audit audit;

  public GroupChange(Ledger ledger, Clock clock, Audit audit) {
    this.ledger = ledger;
    this.clock = clock;
    this.audit = audit;
  }

  @Override
  public Changed apply(Request request, Visitor visitor) {
    String id = request.segment(1);
    String verb = request.segment(2);
    String who = request.field("by").isEmpty() ? visitor.name() : request.field("by");
    String note = request.field("note");
    Instant now = clock.instant();
    Optional<Duration> time = CollectionStart.since(request.field("for"));
    boolean isTimeNeeded = verb.equals("mute");
    if ((!request.field("for").isEmpty() || isTimeNeeded) && time.isEmpty()) {
      return Changed.refused(
          400,
          "For how long?",
          "Write a number and m, h or d, as in 30m, 8h or 2d; a year at most.");
    }
    if (isTimeNeeded && note.isEmpty()) {
      return Changed.refused(
          400, "Why is it muted?", "Write a reason: whoever is on call next will ask.");
    }
    FailureGroups groups = new FailureGroups(ledger, clock);
    Optional<Instant> end = time.map(now::plus);
    boolean found =
        switch (verb) {
          case "acknowledge" -> groups.acknowledge(id, who, note, end);
          case "mute" -> groups.mute(id, who, note, end.orElse(now));
          case "resolve" -> groups.resolve(id, who, note);
          default -> false;
        };
    if (!found) {
      return Changed.refused(404, "There is no such group", "It may have been purged.");
    }
    audit.changed(visitor, verb, "group " + id, who + ": " + note);
    return Changed.done(said(verb), "/groups/" + id);
  }

  private static String said(String verb) {
    return switch (verb) {
      case "acknowledge" -> "Acknowledged: its failures are counted and not told.";
      case "mute" -> "Muted: nobody is told until the time is over.";
      default -> "Resolved: a failure that begins later opens it again.";
    };
  }
}
