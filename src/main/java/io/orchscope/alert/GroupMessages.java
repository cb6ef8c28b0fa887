package io.orchscope.alert;

import io.orchscope.alert.HostileText.Place;
import io.orchscope.defect.FailureGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The words in which a room is told of a group of failures.
 *
 * <p>Shape: one failure is told with all that is known of it. Several are told by one compact
 * message, and all of their circuits by another in its thread, as a list that says how much of it
 * is shown and as a table that is whole. Source: webex.md §2.
 */
public final class GroupMessages {

  private static final int CIRCUITS_AT_ONCE = 5;
  private static final int CIRCUITS_LISTED = 40;
  private static final int ERROR_BYTES = 1_200;
  private static final int GROUPS_LISTED = 25;

  private final Links links;
  private final boolean sends;

  /**
   * Shape: stateless.
   *
   * @param links where people look further
   * @param sends false for a dry run, which the lines for a terminal say
   */
  public GroupMessages(Links links, boolean sends) {
    this.links = links;
    this.sends = sends;
  }

  /** The same for what tests on errors found. */
  public FindingMessages findings() {
    return new FindingMessages(sends);
  }

  /** The first words about a group, or the first in a new thread. */
  public List<Draft> opening(GroupFacts group, List<Alert> alerts) {
    if (alerts.size() == 1) {
      return List.of(draft(Draft.Kind.ROOT, one(group, alerts.get(0)), alerts));
    }
    List<Alert> top = alerts.subList(0, Math.min(alerts.size(), CIRCUITS_AT_ONCE));
    List<Draft> drafts = new ArrayList<>();
    drafts.add(draft(Draft.Kind.ROOT, compact(group, alerts, top), top));
    if (alerts.size() > top.size()) {
      List<Alert> rest = alerts.subList(top.size(), alerts.size());
      drafts.add(draft(Draft.Kind.REPLY, list(group, alerts, "All circuits"), rest));
    }
    return drafts;
  }

  /** More failures of a group that the room knows, below what it was told. */
  public List<Draft> more(GroupFacts group, List<Alert> alerts) {
    if (alerts.size() == 1) {
      return List.of(draft(Draft.Kind.REPLY, one(group, alerts.get(0)), alerts));
    }
    return List.of(draft(Draft.Kind.REPLY, list(group, alerts, "More circuits"), alerts));
  }

  /** A group that was told long ago and still fails, at the top of the room again. */
  public Draft reminder(GroupFacts group) {
    String markdown =
        GroupWords.headline(group)
            + "\n\nStill "
            + group.state().word()
            + ": "
            + GroupWords.counts(group)
            + " since "
            + group.firstSeen()
            + ", the newest found "
            + group.lastSeen()
            + "."
            + GroupWords.places(links.ofGroup(group));
    return draft(
        Draft.Kind.ROOT, RoomMessage.of(markdown, summary(group, "still failing")), List.of());
  }

  /**
   * The first words about a group with what has come of it since; none where there is no place for
   * it, or where Webex lets nobody edit.
   */
  public Optional<Draft> standing(RoomMessage first, GroupFacts group) {
    String markdown =
        first.markdown()
            + "\n\n**Now "
            + group.state().word()
            + "**: "
            + GroupWords.counts(group)
            + ", the newest found "
            + group.lastSeen()
            + ".";
    boolean canStand =
        first.card().isEmpty()
            && first.file().isEmpty()
            && HostileText.utf8Length(markdown) < WebexMessage.LIMIT_BYTES;
    RoomMessage message = RoomMessage.of(markdown, summary(group, "put anew"));
    return canStand ? Optional.of(draft(Draft.Kind.EDIT, message, List.of())) : Optional.empty();
  }

  /** The end of a group, below what the room was told. */
  public Draft over(GroupFacts group) {
    String markdown =
        "Resolved: every circuit has succeeded since, or somebody said so. "
            + GroupWords.counts(group)
            + ".";
    return draft(Draft.Kind.REPLY, RoomMessage.of(markdown, summary(group, "resolved")), List.of());
  }

  /** Many groups at once, since the room is told more than it bears. */
  public Draft digest(List<GroupFacts> groups, List<Alert> alerts, int perMinute) {
    String shown =
        groups.stream()
            .limit(GROUPS_LISTED)
            .map(
                group ->
                    "- **"
                        + GroupWords.prose(group.defectCode())
                        + "** "
                        + GroupWords.prose(group.title())
                        + " · "
                        + GroupWords.code(group.productType(), GroupWords.NAME_BYTES)
                        + " · "
                        + GroupWords.counts(group))
            .collect(Collectors.joining("\n"));
    String markdown =
        String.format(
                Locale.ROOT,
                "**%,d more failures of %,d kinds.** This room gets at most %,d messages a minute,"
                    + " so they come together; the table has every circuit.\n\n",
                alerts.size(),
                groups.size(),
                perMinute)
            + GroupWords.fitLines(shown, WebexMessage.LIMIT_BYTES - 600)
            + "\n\n"
            + GroupWords.showing(Math.min(groups.size(), GROUPS_LISTED), groups.size(), "kinds");
    String room = groups.get(0).roomTitle();
    String summary =
        "ALERT DIGEST %d failures of %d kinds → room \"%s\"%s"
            .formatted(alerts.size(), groups.size(), room, sends ? "" : " (not sent: dry run)");
    return draft(
        Draft.Kind.DIGEST, RoomMessage.of(markdown, summary).withFile(table(alerts)), alerts);
  }

  private RoomMessage one(GroupFacts group, Alert alert) {
    String line = "";
    if (group.state() == FailureGroup.State.REGRESSED) {
      line = "This was resolved and has come back.\n\n";
    }
    String rest = whereToLook(group, alert);
    int room = WebexMessage.LIMIT_BYTES - 1 - HostileText.utf8Length(line + rest);
    return message(group, line + WebexMessage.markdown(alert, room) + rest, alert, "")
        .withCard(AlertCard.of(group, alert, links));
  }

  private RoomMessage compact(GroupFacts group, List<Alert> alerts, List<Alert> top) {
    Alert newest = alerts.get(alerts.size() - 1);
    String listed = GroupWords.lines(top, GroupWords::line);
    String more =
        alerts.size() > top.size()
            ? "\n\n"
                + GroupWords.showing(
                    top.size(), alerts.size(), "circuits; all of them are in the thread")
            : "";
    String state =
        group.state() == FailureGroup.State.REGRESSED
            ? "\n\nThis was resolved and has come back."
            : "";
    String markdown =
        GroupWords.headline(group)
            + state
            + "\n\n- "
            + GroupWords.counts(group)
            + ", severity "
            + newest.severity().word()
            + ", category "
            + GroupWords.prose(newest.category())
            + "\n- First seen "
            + group.firstSeen()
            + ", environment "
            + GroupWords.code(group.environment(), GroupWords.NAME_BYTES)
            + GroupWords.partial(newest)
            + "\n\n"
            + HostileText.fit(newest.errorText(), Place.FENCE, ERROR_BYTES).text()
            + "\n\n"
            + listed
            + more
            + whereToLook(group, newest);
    return message(group, markdown, newest, alerts.size() + " circuits")
        .withCard(AlertCard.of(group, newest, links));
  }

  private RoomMessage list(GroupFacts group, List<Alert> alerts, String title) {
    int most = Math.min(alerts.size(), CIRCUITS_LISTED);
    String shown = GroupWords.lines(alerts.subList(0, most), GroupWords::line);
    String fitted = GroupWords.fitLines(shown, WebexMessage.LIMIT_BYTES - 600);
    int shownLines = (int) fitted.lines().count();
    String markdown =
        "**"
            + title
            + "** ("
            + GroupWords.counts(group)
            + " so far)\n\n"
            + fitted
            + "\n\n"
            + GroupWords.showing(shownLines, alerts.size(), "circuits; the table has all of them");
    return RoomMessage.of(markdown, summary(group, alerts.size() + " circuits"))
        .withFile(table(alerts));
  }

  private RoomMessage message(GroupFacts group, String markdown, Alert newest, String what) {
    String lines =
        summary(group, what.isEmpty() ? newest.circuit().value() : what)
            + "\n      "
            + TerminalMessage.error(newest);
    return RoomMessage.of(markdown, lines);
  }

  private String summary(GroupFacts group, String what) {
    return TerminalMessage.headline(group, what, sends);
  }

  private static Draft draft(Draft.Kind kind, RoomMessage message, List<Alert> told) {
    return new Draft(kind, message, told.stream().map(Alert::key).toList());
  }

  private static RoomMessage.File table(List<Alert> alerts) {
    return new RoomMessage.File("circuits.csv", CircuitTable.of(alerts));
  }

  private String whereToLook(GroupFacts group, Alert newest) {
    return GroupWords.places(links.of(group, newest));
  }
}
