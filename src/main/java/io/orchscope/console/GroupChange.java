package io.orchscope.console;

import io.orchscope.ledger.FailureGroups;
import io.orchscope.ledger.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Somebody acknowledges, mutes or resolves a group. */
public final class GroupChange implements Page {

  private final Views views;
  private final Ledger ledger;
  private final Audit audit;

  public GroupChange(Views views, Ledger ledger, Audit audit) {
    this.views = views;
    this.ledger = ledger;
    this.audit = audit;
  }

  @Override
  public Reply answer(Request request, Visitor visitor) {
    String id = request.segment(1);
    String verb = request.segment(2);
    String who = request.field("by").isEmpty() ? visitor.name() : request.field("by");
    String note = request.field("note");
    Instant now = views.clock().instant();
    Optional<Duration> time = CollectionStart.since(request.field("for"));
    boolean isTimeNeeded = verb.equals("mute");
    if ((!request.field("for").isEmpty() || isTimeNeeded) && time.isEmpty()) {
      return views.refusal(
          400,
          "For how long?",
          "Write a number and m, h or d, as in 30m, 8h or 2d; a year at most.",
          visitor);
    }
    if (isTimeNeeded && note.isEmpty()) {
      return views.refusal(
          400, "Why is it muted?", "Write a reason: whoever is on call next will ask.", visitor);
    }
    FailureGroups groups = new FailureGroups(ledger, views.clock());
    Optional<Instant> end = time.map(now::plus);
    boolean found =
        switch (verb) {
          case "acknowledge" -> groups.acknowledge(id, who, note, end);
          case "mute" -> groups.mute(id, who, note, end.orElse(now));
          case "resolve" -> groups.resolve(id, who, note);
          default -> false;
        };
    if (!found) {
      return views.refusal(404, "There is no such group", "It may have been purged.", visitor);
    }
    audit.changed(visitor, verb, "group " + id, who + ": " + note);
    return Reply.seeOther("/groups/" + id + "?said=" + Words.encoded(said(verb)));
  }

  private static String said(String verb) {
    return switch (verb) {
      case "acknowledge" -> "Acknowledged: its failures are counted and not told.";
      case "mute" -> "Muted: nobody is told until the time is over.";
      default -> "Resolved: a failure that begins later opens it again.";
    };
  }
}
