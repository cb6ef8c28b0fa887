package io.orchscope.console;

import io.orchscope.ledger.DeadLetter;
import io.orchscope.ledger.DeadLetterBox;
import io.orchscope.ledger.Ledger;
import io.orchscope.ledger.PollEnds;
import io.orchscope.mdso.PollSummary;
import io.orchscope.settings.Products;
import java.util.List;
import java.util.function.Supplier;

/** What is being collected, what was, and what could not be. */
public final class CollectionsPage implements Page {

  private final Views views;
  private final Facts facts;

  /**
   * Where it looks.
   *
   * @param underWay the polls of this process that have not ended
   */
  public record Facts(Ledger ledger, Products products, Supplier<List<PollSummary>> underWay) {}

  /** A poll that has not ended. */
  public record Progress(PollSummary poll) {

    /** How many of its circuits are decided, in percent of those that it has listed. */
    public long percent() {
      return poll.listed() == 0 ? 0 : Math.min(100, 100 * poll.decided() / poll.listed());
    }
  }

  /** What the page shows. */
  public record Model(
      List<String> products,
      List<Progress> underWay,
      List<PollEnds.End> ended,
      List<DeadLetter> letters,
      String said) {}

  public CollectionsPage(Views views, Facts facts) {
    this.views = views;
    this.facts = facts;
  }

  @Override
  public Reply answer(Request request, Visitor visitor) {
    Model model =
        new Model(
            facts.products().types(),
            facts.underWay().get().stream().map(Progress::new).toList(),
            new PollEnds(facts.ledger(), views.clock())
                .list().stream().filter(end -> !end.figures().isEmpty()).toList(),
            new DeadLetterBox(facts.ledger(), views.clock())
                .list().stream().filter(letter -> !letter.isAlert()).toList(),
            request.word("said"));
    return views.page("collections", views.liveFrame("Collection", "collections", visitor), model);
  }
}
