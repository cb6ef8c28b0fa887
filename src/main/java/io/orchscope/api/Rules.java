package io.orchscope.api;

import static io.orchscope.api.Operation.change;
import static io.orchscope.api.Operation.look;
import static io.orchscope.api.Parameter.field;
import static io.orchscope.api.Parameter.path;
import static io.orchscope.api.Parameter.text;

import io.orchscope.console.Change;
import io.orchscope.defect.Classification;
import io.orchscope.defect.DefectRule;
import io.orchscope.defect.DefectRules;
import io.orchscope.defect.Severity;
import io.orchscope.evidence.Proposal;
import io.orchscope.ledger.GroupSearch;
import io.orchscope.ledger.Ledger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The table of rules, what it says of a text, and rules that are proposed. */
public final class Rules implements Answers {

  private final Ledger ledger;
  private final Supplier<DefectRules> rules;
  private final Supplier<List<Proposal>> proposals;
  private final Change change;

  /** A rule, and how many failures and groups it has named. */
  record Rule(
      String code,
      String title,
      String category,
      String severity,
      String owner,
      Optional<String> runbook,
      String pattern,
      long failures,
      long groups) {}

  /** The table that holds. */
  record Table(String version, long unclassified, List<Rule> rules) {}

  /** What the table says; {@code partial} names rules that could not decide. */
  record Said(String code, String title, String severity, String matched, List<String> partial) {}

  /** Rules that would name errors which no rule knows. */
  record Proposed(List<Proposal> proposals) {}

  /** Shape: rules and proposals as they are when somebody asks. */
  public Rules(
      Ledger ledger,
      Supplier<DefectRules> rules,
      Supplier<List<Proposal>> proposals,
      Change change) {
    this.ledger = ledger;
    this.rules = rules;
    this.proposals = proposals;
    this.change = change;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        look("/rules", "The table of rules.", Table.class, given -> table()),
        look(
            "/rules/verdict",
            "What the table says of a text.",
            Said.class,
            given -> said(given.text("text")),
            text("text", "An error.").required()),
        look(
            "/proposals",
            "Rules that are proposed for errors which no rule knows.",
            Proposed.class,
            given -> new Proposed(proposals.get())),
        change(
            "/proposals/{id}/accept",
            "Makes a rule of a proposal, and names its errors anew.",
            200,
            new Carried(change),
            path("id", "Of the proposal."),
            field("title", true, "What is wrong, for whoever is woken."),
            field("owner", true, "The team that can do something."),
            field("severity", true, "How bad it is.")
                .oneOf(Stream.of(Severity.values()).map(Severity::word).toList()),
            field("pattern", false, "Another pattern than the one proposed."),
            field("overlaps", false, "Although it matches more than the errors of its kind.")
                .oneOf(List.of("yes", "no"))),
        change(
            "/proposals/{id}/reject",
            "Proposes it no more.",
            200,
            new Carried(change),
            path("id", "Of the proposal."),
            field("reason", true, "Why.")));
  }

  private Table table() {
    DefectRules table = rules.get();
    Map<String, GroupSearch.Sum> sums = new GroupSearch(ledger).codes();
    GroupSearch.Sum none = new GroupSearch.Sum(0, 0);
    return new Table(
        table.version(),
        sums.getOrDefault("UNCLASSIFIED", none).failures(),
        table.rules().stream()
            .map(rule -> rule(rule, sums.getOrDefault(rule.code().toString(), none)))
            .toList());
  }

  private static Rule rule(DefectRule rule, GroupSearch.Sum sum) {
    return new Rule(
        rule.code().toString(),
        rule.title(),
        rule.category(),
        rule.severity().word(),
        rule.owner(),
        rule.runbook(),
        rule.written(),
        sum.failures(),
        sum.groups());
  }

  private Said said(String text) {
    Classification verdict = rules.get().classify(text);
    return new Said(
        verdict.codeOrUnclassified(),
        verdict.title(),
        verdict.severity().word(),
        verdict.matched(),
        verdict.partialNames().orElse(List.of()));
  }
}
