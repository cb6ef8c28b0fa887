package io.orchscope.api;

import static io.orchscope.api.Operation.change;
import static io.orchscope.api.Operation.look;
import static io.orchscope.api.Parameter.choice;
import static io.orchscope.api.Parameter.field;
import static io.orchscope.api.Parameter.limit;
import static io.orchscope.api.Parameter.path;
import static io.orchscope.api.Parameter.start;
import static io.orchscope.api.Parameter.text;

import io.orchscope.api.Operation.Given;
import io.orchscope.console.Change;
import io.orchscope.console.GroupLines;
import io.orchscope.console.GroupsPage;
import io.orchscope.console.SearchPage;
import io.orchscope.ledger.CircuitNames;
import io.orchscope.ledger.FailureCounts;
import io.orchscope.ledger.GroupCircuits;
import io.orchscope.ledger.GroupSearch;
import io.orchscope.ledger.Ledger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Groups of failures, and what people do with them. */
public final class Groups implements Answers {

  private static final int DAYS = 30;
  private static final List<String> STATES =
      List.of("open", "all", "new", "ongoing", "acknowledged", "muted", "resolved", "regressed");

  private final Ledger ledger;
  private final Clock clock;
  private final Change change;

  /** Some of the groups that were asked for. */
  record Found(long total, int from, int limit, List<Group> groups) {}

  /**
   * A group with its past.
   *
   * @param firstDay where the first of the days begins
   * @param days failures of each day, the oldest first
   */
  record History(Group group, Instant firstDay, List<Long> days) {}

  /** Some of a group's circuits, the last to fail first. */
  record Members(int from, int limit, List<GroupCircuits.Member> circuits) {}

  /** What words lead to. */
  record Hits(List<CircuitNames.Named> circuits, List<Group> groups) {}

  /** Groups of a ledger; changes are carried out by the same hand as those of the page. */
  public Groups(Ledger ledger, Clock clock, Change change) {
    this.ledger = ledger;
    this.clock = clock;
    this.change = change;
  }

  @Override
  public List<Operation> operations() {
    List<Operation> all = new ArrayList<>(looks());
    all.add(
        look(
            "/search",
            "Circuits by name, TID or resource, and groups by code or words.",
            Hits.class,
            this::search,
            text("q", "How it begins.").required(),
            limit()));
    all.addAll(changes());
    return all;
  }

  private List<Operation> looks() {
    return List.of(
        look(
            "/groups",
            "Groups of failures.",
            Found.class,
            this::find,
            text("product", "Such as service_mapper."),
            text("code", "A defect code, or UNCLASSIFIED."),
            choice("state", STATES, "open", "As it is now; open is all but resolved."),
            text("words", "That stand in title or example."),
            choice(
                "sort",
                Stream.of(GroupSearch.Order.values()).map(GroupSearch.Order::word).toList(),
                "last_seen",
                "What comes first."),
            Parameter.flag("ascending", "The smallest or oldest first."),
            start(),
            limit()),
        look(
            "/groups/{id}",
            "One group, day by day.",
            History.class,
            this::history,
            path("id", "Of the group.")),
        look(
            "/groups/{id}/circuits",
            "Circuits that have failed with a group.",
            Members.class,
            this::members,
            path("id", "Of the group."),
            start(),
            limit()));
  }

  private List<Operation> changes() {
    return List.of(
        change(
            "/groups/{id}/acknowledge",
            "Counts a group's failures and tells no room.",
            200,
            new Carried(change),
            path("id", "Of the group."),
            field("by", false, "Who does it; the caller if nobody is named."),
            field("note", false, "What one should know."),
            field("for", false, "How long, 8h; for good if nothing is said.")),
        change(
            "/groups/{id}/mute",
            "Lets nobody hear of a group for a time.",
            200,
            new Carried(change),
            path("id", "Of the group."),
            field("by", false, "Who does it; the caller if nobody is named."),
            field("note", true, "Why."),
            field("for", true, "How long, 2d.")),
        change(
            "/groups/{id}/resolve",
            "Says that a group is over; a later failure opens it again.",
            200,
            new Carried(change),
            path("id", "Of the group."),
            field("by", false, "Who does it; the caller if nobody is named."),
            field("note", false, "What was done.")));
  }

  private Found find(Given given) {
    GroupSearch.Wish wish =
        new GroupSearch.Wish(
            given.text("product"),
            given.text("code").toUpperCase(Locale.ROOT),
            GroupsPage.states(given.text("state")),
            given.text("words").toLowerCase(Locale.ROOT),
            "");
    GroupSearch.Found found =
        new GroupSearch(ledger)
            .find(
                wish,
                GroupSearch.Order.of(given.text("sort")),
                given.flag("ascending"),
                given.whole("from"),
                given.whole("limit"));
    return new Found(found.all(), given.whole("from"), given.whole("limit"), groups(found));
  }

  private History history(Given given) {
    Instant tomorrow = clock.instant().truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
    FailureCounts.Spans days = new FailureCounts.Spans(tomorrow, Duration.ofDays(1), DAYS);
    String id = given.text("id");
    return new History(required(id), days.from(), new FailureCounts(ledger).ofGroup(id, days));
  }

  private Members members(Given given) {
    int from = given.whole("from");
    int limit = given.whole("limit");
    String id = required(given.text("id")).id();
    return new Members(from, limit, new GroupCircuits(ledger).of(id, from, limit));
  }

  private Hits search(Given given) {
    String words = given.text("q");
    int limit = given.whole("limit");
    boolean isCode = words.matches("(?i)DE-?[0-9]{4,9}");
    GroupSearch.Wish wish =
        isCode
            ? new GroupSearch.Wish("", "DE-" + words.replaceAll("[^0-9]", ""), Set.of(), "", "")
            : new GroupSearch.Wish("", "", Set.of(), words.toLowerCase(Locale.ROOT), "");
    return new Hits(
        SearchPage.circuits(ledger, words, limit),
        groups(new GroupSearch(ledger).find(wish, GroupSearch.Order.LAST_SEEN, false, 0, limit)));
  }

  private Group required(String id) {
    return new GroupSearch(ledger)
        .find(id)
        .flatMap(row -> lines().of(List.of(row)).stream().findFirst())
        .map(Group::of)
        .orElseThrow(() -> Problem.missing("group", "It may have been purged."));
  }

  private List<Group> groups(GroupSearch.Found found) {
    return lines().of(found.rows()).stream().map(Group::of).toList();
  }

  private GroupLines lines() {
    return new GroupLines(new FailureCounts(ledger), clock);
  }
}
