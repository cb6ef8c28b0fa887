package io.orchscope.console;

import io.orchscope.ledger.CircuitNames;
import io.orchscope.ledger.FailureCounts;
import io.orchscope.ledger.GroupSearch;
import io.orchscope.ledger.Ledger;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** A circuit, a TID, a resource or a code, from anywhere. */
public final class SearchPage implements Page {

  private static final int MOST = 50;
  private static final Pattern CODE = Pattern.compile("(?i)(?:DE-?)?([0-9]{4,9})");

  private final Views views;
  private final Ledger ledger;

  /** What was looked for, and what was found. */
  public record Model(String words, List<CircuitNames.Named> circuits, List<GroupLine> groups) {

    public boolean isEmpty() {
      return circuits.isEmpty() && groups.isEmpty();
    }
  }

  public SearchPage(Views views, Ledger ledger) {
    this.views = views;
    this.ledger = ledger;
  }

  @Override
  public Reply answer(Request request, Visitor visitor) {
    String words = request.word("q").strip();
    if (words.isEmpty()) {
      return views.page(
          "search", views.frame("Search", "", visitor), new Model("", List.of(), List.of()));
    }
    List<CircuitNames.Named> circuits = circuits(ledger, words, MOST);
    // One circuit may be a resource of several products.
    boolean isOne = circuits.stream().map(CircuitNames.Named::circuit).distinct().count() == 1;
    if (isOne && circuits.get(0).circuit().equals(words)) {
      return Reply.seeOther(Words.circuit(words));
    }
    // Words that begin a circuit's name are not looked for in the texts of all groups.
    List<GroupLine> groups =
        circuits.isEmpty() || isCode(words)
            ? new GroupLines(new FailureCounts(ledger), views.clock())
                .of(new GroupSearch(ledger).first(wish(words), GroupSearch.Order.LAST_SEEN, MOST))
            : List.of();
    if (isOne && groups.isEmpty()) {
      return Reply.seeOther(Words.circuit(circuits.get(0).circuit()));
    }
    return views.page(
        "search", views.frame("Search", "", visitor), new Model(words, circuits, groups));
  }

  /** Circuits that begin so, or whose devices do; in capitals, if nothing is found as it stands. */
  public static List<CircuitNames.Named> circuits(Ledger ledger, String words, int most) {
    CircuitNames names = new CircuitNames(ledger);
    List<CircuitNames.Named> found = names.find(words, most);
    String capitals = words.toUpperCase(Locale.ROOT);
    return found.isEmpty() && !capitals.equals(words) ? names.find(capitals, most) : found;
  }

  private static boolean isCode(String words) {
    return words.equalsIgnoreCase(UnclassifiedPage.CODE) || CODE.matcher(words).matches();
  }

  private static GroupSearch.Wish wish(String words) {
    if (words.equalsIgnoreCase(UnclassifiedPage.CODE)) {
      return new GroupSearch.Wish("", UnclassifiedPage.CODE, Set.of(), "", "");
    }
    var code = CODE.matcher(words);
    return code.matches()
        ? new GroupSearch.Wish("", "DE-" + code.group(1), Set.of(), "", "")
        : new GroupSearch.Wish("", "", Set.of(), words.toLowerCase(Locale.ROOT), "");
  }
}
