package io.orchscope.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.orchscope.Configuration;
import io.orchscope.defect.DefectRule;
import io.orchscope.ledger.CodeFigures;
import io.orchscope.ledger.CodeFigures.Figures;
import io.orchscope.ledger.Ledger;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code orchscope rules stats}: what each rule has named, and which never did. */
@Command(
    name = "stats",
    mixinStandardHelpOptions = true,
    description = {
      "Says of every rule how many errors it has named.",
      "By the ledger: of how many circuits, since when; which rules have named none, and how many errors no",
      "rule knows."
    })
final class RulesStatsCommand implements Callable<Integer> {

  private static final String UNKNOWN = "UNCLASSIFIED";

  @Mixin private ProposalOptions options = new ProposalOptions();

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  RulesStatsCommand() {
    spec = CommandSpec.create();
  }

  @Override
  public Integer call() throws Exception {
    Configuration configuration = options.configuration();
    Instant since = Clock.systemUTC().instant().minus(Polling.window(options.since));
    Map<String, Figures> figures;
    try (Ledger ledger = ProposalOptions.ledger(configuration)) {
      figures = new TreeMap<>(CodeFigures.since(ledger, since));
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(new ObjectMapper().writeValueAsString(json(figures)));
    } else {
      tell(configuration.rules().rules(), figures, out);
    }
    out.flush();
    return Exit.OK;
  }

  private void tell(List<DefectRule> rules, Map<String, Figures> figures, PrintWriter out) {
    long all = figures.values().stream().mapToLong(Figures::failures).sum();
    out.printf(
        "%-12s %8s %8s  %-20s  %-20s  %s%n",
        "code", "errors", "circuits", "first", "last", "title");
    Map<String, Figures> others = new TreeMap<>(figures);
    others.remove(UNKNOWN);
    for (DefectRule rule : rules) {
      Figures found = others.remove(rule.code().toString());
      if (found != null) {
        line(out, rule.code().toString(), found, rule.title());
      }
    }
    others.forEach((code, found) -> line(out, code, found, "(no rule of this table)"));
    Figures unknown = figures.get(UNKNOWN);
    if (unknown != null) {
      line(out, UNKNOWN, unknown, "'orchscope rules propose'");
    }
    List<String> never =
        rules.stream()
            .map(rule -> rule.code().toString())
            .filter(code -> !figures.containsKey(code))
            .toList();
    double share = unknown == null || all == 0 ? 0 : 100.0 * unknown.failures() / all;
    out.printf("%,d errors in %s, of %.1f %% no rule knows.%n", all, options.since, share);
    out.printf(
        "%d of %d rules have named none%s%n",
        never.size(), rules.size(), never.isEmpty() ? "." : ": " + String.join(", ", never));
  }

  private static void line(PrintWriter out, String code, Figures found, String title) {
    out.printf(
        "%-12s %,8d %,8d  %-20.19s  %-20.19s  %s%n",
        code,
        found.failures(),
        found.circuits(),
        found.first(),
        found.last(),
        Onlooker.printable(title));
  }

  private static ArrayNode json(Map<String, Figures> figures) {
    ArrayNode list = new ObjectMapper().createArrayNode();
    figures.forEach(
        (code, found) ->
            list.addObject()
                .put("code", code)
                .put("errors", found.failures())
                .put("circuits", found.circuits())
                .put("first", found.first().toString())
                .put("last", found.last().toString()));
    return list;
  }
}
