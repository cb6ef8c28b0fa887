package io.orchscope.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchscope.Configuration;
import io.orchscope.evidence.Proposal;
import io.orchscope.ledger.Ledger;
import io.orchscope.ledger.RejectedProposals;
import io.orchscope.ledger.RejectedProposals.Rejection;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code orchscope rules propose}: rules for the errors that no rule knows. */
@Command(
    name = "propose",
    mixinStandardHelpOptions = true,
    description = {
      "Puts the errors that no rule knows into kinds, and proposes a rule for each.",
      "Its words literally, bounded wildcards for names and numbers. Says what else each would match.",
      "Changes nothing; 'orchscope rules accept' and 'reject' do."
    })
final class RulesProposeCommand implements Callable<Integer> {

  private static final int SHOWN = 10;

  @Mixin private ProposalOptions options = new ProposalOptions();

  @Option(names = "--all", description = "Also the proposals that somebody has rejected.")
  private boolean all;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  RulesProposeCommand() {
    spec = CommandSpec.create();
  }

  @Override
  public Integer call() throws Exception {
    Configuration configuration = options.configuration();
    Map<String, Rejection> rejected;
    try (Ledger ledger = ProposalOptions.ledger(configuration)) {
      rejected = new RejectedProposals(ledger, Clock.systemUTC()).all();
    }
    List<Proposal> proposals = options.proposals(configuration);
    List<Proposal> shown =
        proposals.stream().filter(it -> all || !rejected.containsKey(it.id())).toList();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(new ObjectMapper().writeValueAsString(json(shown)));
    } else {
      shown.forEach(proposal -> tell(proposal, rejected, out));
      int hidden = proposals.size() - shown.size();
      out.printf(
          "%d kinds of errors without a rule%s.%n",
          shown.size(), hidden == 0 ? "" : "; " + hidden + " more were rejected (--all)");
      if (!shown.isEmpty()) {
        out.println("'orchscope rules accept ID --title TITLE --owner TEAM' takes one over.");
      }
    }
    out.flush();
    return Exit.OK;
  }

  private static void tell(Proposal proposal, Map<String, Rejection> rejected, PrintWriter out) {
    line(
        out,
        "%s  %s of %s, %s to %s"
            .formatted(
                proposal.id(),
                number(proposal.errors(), "error"),
                number(proposal.circuits(), "circuit"),
                proposal.first(),
                proposal.last()));
    Rejection rejection = rejected.get(proposal.id());
    if (rejection != null) {
      line(out, "  rejected  by " + rejection.who() + ": " + rejection.reason());
    }
    line(out, "  pattern   " + proposal.pattern());
    proposal.examples().forEach(example -> line(out, "  example   " + example));
    if (proposal.overlaps().isEmpty()) {
      line(out, "  overlaps  nothing else in history, and no rule's examples");
    }
    overlaps(proposal, out);
    proposal.warnings().forEach(warning -> line(out, "  warning   " + warning));
    out.println();
  }

  /** What else the pattern of a proposal matches. */
  static void overlaps(Proposal proposal, PrintWriter out) {
    for (Proposal.Overlap overlap : proposal.overlaps()) {
      String what = overlap.errors() == 0 ? "examples of it" : number(overlap.errors(), "error");
      line(out, "  overlaps  " + overlap.code() + ", " + what + ":");
      List<String> texts = overlap.texts();
      texts.stream().limit(SHOWN).forEach(text -> line(out, "            " + text));
      if (texts.size() > SHOWN) {
        out.printf("            … and %,d more; 'propose --json' has all%n", texts.size() - SHOWN);
      }
    }
  }

  private static String number(long number, String what) {
    return "%,d %s%s".formatted(number, what, number == 1 ? "" : "s");
  }

  private static ArrayNode json(List<Proposal> proposals) {
    ArrayNode list = new ObjectMapper().createArrayNode();
    for (Proposal proposal : proposals) {
      ObjectNode node = list.addObject();
      node.put("id", proposal.id());
      node.put("pattern", proposal.pattern());
      node.put("category", proposal.category());
      node.put("words", proposal.words());
      node.put("errors", proposal.errors());
      node.put("circuits", proposal.circuits());
      node.put("first", proposal.first().toString());
      node.put("last", proposal.last().toString());
      proposal.examples().forEach(node.putArray("examples")::add);
      ArrayNode overlaps = node.putArray("overlaps");
      proposal
          .overlaps()
          .forEach(
              overlap -> {
                ObjectNode one = overlaps.addObject();
                one.put("code", overlap.code()).put("errors", overlap.errors());
                overlap.texts().forEach(one.putArray("texts")::add);
              });
      proposal.warnings().forEach(node.putArray("warnings")::add);
    }
    return list;
  }

  private static void line(PrintWriter out, String text) {
    out.println(Onlooker.printable(text));
  }
}
