package io.orchscope.console;

import io.orchscope.defect.DefectRule;
import io.orchscope.defect.DefectRules;
import io.orchscope.defect.FailureGroup;
import io.orchscope.ledger.FailureCounts;
import io.orchscope.ledger.FailureCounts.Spans;
import io.orchscope.ledger.GroupCircuits;
import io.orchscope.ledger.GroupRow;
import io.orchscope.ledger.GroupSearch;
import io.orchscope.ledger.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** One group: what it is, whom it hits, since when, and what people said of it. */
public final class GroupPage implements Page {

  private static final int ROWS = 20;
  private static final int DAYS = 30;
  private static final int RELATED = 6;

  private final Views views;
  private final Ledger ledger;
  private final Supplier<DefectRules> rules;
  private final Runbooks runbooks;

  /**
   * What the page shows.
   *
   * @param rule that speaks for it; none for an error that nobody has named
   * @param days failures of each of the last days, the oldest first
   * @param start of the list of circuits, from 0
   */
  public record Model(
      GroupRow row,
      FailureGroup standing,
      Optional<DefectRule> rule,
      Optional<String> runbook,
      Instant firstDay,
      List<Long> days,
      List<GroupCircuits.Member> circuits,
      int start,
      List<GroupRow> related,
      String said) {

    /** What a chart is drawn from: seconds since 1970, and failures. */
    public String chart() {
      StringBuilder times = new StringBuilder();
      StringBuilder numbers = new StringBuilder();
      for (int i = 0; i < days.size(); i++) {
        String comma = i == 0 ? "" : ",";
        times.append(comma).append(firstDay.plus(i, ChronoUnit.DAYS).getEpochSecond());
        numbers.append(comma).append(days.get(i));
      }
      return "[[" + times + "],[" + numbers + "]]";
    }

    public boolean hasMore() {
      return circuits.size() == ROWS;
    }

    public int next() {
      return start + ROWS;
    }

    /** The bars, for those without scripts. */
    public Sparkline bars() {
      return Sparkline.of(days);
    }
  }

  /** Shape: the rules are those that hold when somebody looks. */
  public GroupPage(Views views, Ledger ledger, Supplier<DefectRules> rules, Runbooks runbooks) {
    this.views = views;
    this.ledger = ledger;
    this.rules = rules;
    this.runbooks = runbooks;
  }

  @Override
  public Reply answer(Request request, Visitor visitor) {
    String id = request.segment(1);
    GroupSearch search = new GroupSearch(ledger);
    Optional<GroupRow> row = search.find(id);
    if (row.isEmpty()) {
      return views.refusal(
          404,
          "There is no such group",
          "Its errors may have another code now, or it was purged. Search for the circuit, or look"
              + " through all groups, those that are resolved too.",
          visitor);
    }
    Model model = model(search, row.get(), request);
    return views.page("group", views.liveFrame(row.get().title(), "groups", visitor), model);
  }

  private Model model(GroupSearch search, GroupRow row, Request request) {
    Instant now = views.clock().instant();
    Instant tomorrow = now.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
    Spans days = new Spans(tomorrow, Duration.ofDays(1), DAYS);
    int start = Numbers.natural(request.word("from"));
    Optional<DefectRule> rule =
        rules.get().rules().stream()
            .filter(it -> it.code().toString().equals(row.defectCode()))
            .findFirst();
    return new Model(
        row,
        row.standing().at(now),
        rule,
        runbooks.of(rule, row.defectCode(), row.productType()),
        days.from(),
        new FailureCounts(ledger).ofGroup(row.id(), days),
        new GroupCircuits(ledger).of(row.id(), start, ROWS),
        start,
        related(search, row),
        request.word("said"));
  }

  /** The same kind of error elsewhere, then the same code with other words. */
  private static List<GroupRow> related(GroupSearch search, GroupRow row) {
    GroupSearch.Wish sameWords = new GroupSearch.Wish("", "", Set.of(), "", row.fingerprint());
    GroupSearch.Wish sameCode = new GroupSearch.Wish("", row.defectCode(), Set.of(), "", "");
    // What no rule knows has nothing else in common.
    boolean isKnown = !row.defectCode().equals(UnclassifiedPage.CODE);
    return (isKnown ? Stream.of(sameWords, sameCode) : Stream.of(sameWords))
        .flatMap(wish -> search.first(wish, GroupSearch.Order.LAST_SEEN, RELATED + 1).stream())
        .filter(other -> !other.id().equals(row.id()))
        .distinct()
        .limit(RELATED)
        .toList();
  }
}
