package io.orchscope.console;

import io.orchscope.defect.Classification;
import io.orchscope.defect.DefectRule;
import io.orchscope.defect.DefectRules;
import io.orchscope.ledger.GroupSearch;
import io.orchscope.ledger.Ledger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The table of rules: what each has won, which never did, and what it says of a text. */
public final class RulesPage implements Page {

  private static final int LONGEST = 100_000;

  private final Views views;
  private final Ledger ledger;
  private final Supplier<DefectRules> rules;

  /**
   * A rule.
   *
   * @param failures that it has named, of those that the ledger knows
   */
  public record RuleLine(DefectRule rule, long failures, long groups) {}

  /**
   * What the page shows; the text that was tried, and what the table says of it.
   *
   * @param isNeverOnly whether the lines are those that have never won
   */
  public record Model(
      String version,
      List<RuleLine> lines,
      long all,
      long neverHit,
      boolean isNeverOnly,
      long unclassified,
      String text,
      Optional<Classification> verdict,
      Highlight highlight) {}

  public RulesPage(Views views, Ledger ledger, Supplier<DefectRules> rules) {
    this.views = views;
    this.ledger = ledger;
    this.rules = rules;
  }

  @Override
  public Reply answer(Request request, Visitor visitor) {
    DefectRules table = rules.get();
    Map<String, GroupSearch.Sum> sums = new GroupSearch(ledger).codes();
    GroupSearch.Sum none = new GroupSearch.Sum(0, 0);
    String text = Words.brief(request.word("text"), LONGEST);
    Optional<Classification> verdict =
        text.isEmpty() ? Optional.empty() : Optional.of(table.classify(text));
    List<RuleLine> lines =
        table.rules().stream()
            .map(
                rule -> {
                  GroupSearch.Sum sum = sums.getOrDefault(rule.code().toString(), none);
                  return new RuleLine(rule, sum.failures(), sum.groups());
                })
            .toList();
    List<RuleLine> never = lines.stream().filter(line -> line.failures() == 0).toList();
    boolean isNeverOnly = request.word("never").equals("yes");
    Model model =
        new Model(
            table.version(),
            isNeverOnly ? never : lines,
            lines.size(),
            never.size(),
            isNeverOnly,
            sums.getOrDefault("UNCLASSIFIED", none).failures(),
            text,
            verdict,
            Highlight.of(text, verdict.map(Classification::matched).orElse("")));
    return views.page("rules", views.frame("Rules", "rules", visitor), model);
  }
}
