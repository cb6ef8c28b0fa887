package io.orchscope.console;

import io.orchscope.evidence.Proposal;
import io.orchscope.ledger.FailureCounts;
import io.orchscope.ledger.GroupSearch;
import io.orchscope.ledger.Ledger;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** The errors that no rule knows, by groups. */
public final class UnclassifiedPage implements Page {

  static final String CODE = "UNCLASSIFIED";

  private static final int ROWS = 100;

  private final Views views;
  private final Ledger ledger;

  private final Supplier<List<Proposal>> proposals;

  /**
   * What the page shows.
   *
   * @param all how many groups there are
   * @param proposals rules that would name them
   */
  public record Model(List<GroupLine> lines, long all, List<Proposal> proposals, String said) {}

  /**
   * The page.
   *
   * @param proposals made anew, or a little while ago
   */
  public UnclassifiedPage(Views views, Ledger ledger, Supplier<List<Proposal>> proposals) {
    this.views = views;
    this.ledger = ledger;
    this.proposals = proposals;
  }

  @Override
  public Reply answer(Request request, Visitor visitor) {
    GroupSearch.Found found =
        new GroupSearch(ledger)
            .find(
                new GroupSearch.Wish("", CODE, Set.of(), "", ""),
                GroupSearch.Order.FAILURES,
                false,
                Numbers.natural(request.word("from")),
                ROWS);
    Model model =
        new Model(
            new GroupLines(new FailureCounts(ledger), views.clock()).of(found.rows()),
            found.all(),
            proposals.get(),
            request.word("said"));
    return views.page(
        "unclassified", views.liveFrame("Unclassified errors", "unclassified", visitor), model);
  }
}
