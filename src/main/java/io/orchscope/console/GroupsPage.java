package io.orchscope.console;

import io.orchscope.defect.FailureGroup.State;
import io.orchscope.ledger.FailureCounts;
import io.orchscope.ledger.GroupSearch;
import io.orchscope.ledger.Ledger;
import io.orchscope.settings.Products;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** The groups of failures, sorted and filtered as somebody likes. */
public final class GroupsPage implements Page {

  static final int ROWS = 50;

  private final Views views;
  private final Ledger ledger;
  private final Products products;

  /**
   * What the page shows.
   *
   * @param state the filter as it stands in the address: open, all, or a state
   * @param start of the list, from 0
   */
  public record Model(
      GroupSearch.Wish wish,
      String state,
      GroupSearch.Order order,
      boolean ascends,
      List<GroupLine> lines,
      int start,
      long all,
      List<String> products) {

    /** The states that can be asked for. */
    public List<String> states() {
      return Stream.concat(Stream.of("open", "all"), Stream.of(State.values()).map(State::word))
          .toList();
    }

    /** The address of the same list in another order; the other way round if it has it already. */
    public String sortedBy(String word) {
      boolean same = order.word().equals(word);
      return address(0) + "&sort=" + word + (same && !ascends ? "&ascending=yes" : "");
    }

    /** How a column is sorted, in the words of ARIA. */
    public String sorting(String word) {
      return !order.word().equals(word) ? "none" : ascends ? "ascending" : "descending";
    }

    /** The address of the list from another place on. */
    public String from(int place) {
      return address(place) + "&sort=" + order.word() + (ascends ? "&ascending=yes" : "");
    }

    public boolean hasMore() {
      return start + lines.size() < all;
    }

    private String address(int place) {
      return "/groups?state="
          + Words.encoded(state)
          + "&product="
          + Words.encoded(wish.product())
          + "&code="
          + Words.encoded(wish.code())
          + "&words="
          + Words.encoded(wish.words())
          + "&from="
          + place;
    }
  }

  public GroupsPage(Views views, Ledger ledger, Products products) {
    this.views = views;
    this.ledger = ledger;
    this.products = products;
  }

  @Override
  public Reply answer(Request request, Visitor visitor) {
    String state = request.word("state").isEmpty() ? "open" : request.word("state");
    GroupSearch.Wish wish =
        new GroupSearch.Wish(
            request.word("product"),
            request.word("code").toUpperCase(Locale.ROOT).strip(),
            states(state),
            request.word("words").strip(),
            "");
    GroupSearch.Order order = GroupSearch.Order.of(request.word("sort"));
    boolean ascends = request.word("ascending").equals("yes");
    int start = Numbers.natural(request.word("from"));
    GroupSearch.Found found = new GroupSearch(ledger).find(wish, order, ascends, start, ROWS);
    GroupLines lines = new GroupLines(new FailureCounts(ledger), views.clock());
    Model model =
        new Model(
            wish,
            state,
            order,
            ascends,
            lines.of(found.rows()),
            start,
            found.all(),
            products.types());
    return views.page("groups", views.liveFrame("Failure groups", "groups", visitor), model);
  }

  /** The states of a word; all of them for a word that is none. */
  public static Set<State> states(String word) {
    if (word.equals("open")) {
      return EnumSet.complementOf(EnumSet.of(State.RESOLVED));
    }
    return Stream.of(State.values())
        .filter(state -> state.word().equals(word))
        .findFirst()
        .map(Set::of)
        .orElse(Set.of());
  }
}
