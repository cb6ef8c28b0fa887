package io.orchscope.cli;

import io.orchscope.Acceptance;
import io.orchscope.Configuration;
import io.orchscope.defect.DefectCode;
import io.orchscope.defect.RulesDraft;
import io.orchscope.defect.Severity;
import io.orchscope.evidence.Proposal;
import io.orchscope.evidence.Reclassification;
import io.orchscope.ledger.Ledger;
import io.orchscope.match.PythonPattern;
import io.orchscope.match.RefusedPatternException;
import io.orchscope.settings.InvalidFileException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code orchscope rules accept}: a proposal becomes a rule. */
@Command(
    name = "accept",
    mixinStandardHelpOptions = true,
    description = {
      "Adds a proposed rule at the end of defect-rules.yaml, under the next number.",
      "Only once the table with it has proved sound; then its errors, in evidence and ledger, get"
          + " the new",
      "code. An 'orchscope run' takes the new table over by itself."
    })
final class RulesAcceptCommand implements Callable<Integer> {

  @Mixin private ProposalOptions options = new ProposalOptions();

  @Parameters(paramLabel = "ID", description = "As 'orchscope rules propose' shows it.")
  private String id = "";

  @Option(names = "--title", required = true, description = "What the person who is woken reads.")
  private String title = "";

  @Option(names = "--owner", required = true, description = "The team that can do something.")
  private String owner = "";

  @Option(
      names = "--severity",
      defaultValue = "major",
      description = "critical, major, minor or warning. Default: ${DEFAULT-VALUE}.")
  private String severity = "";

  @Option(names = "--category", description = "Default: the word that MDSO uses.")
  private Optional<String> category = Optional.empty();

  @Option(
      names = "--pattern",
      description = "Another pattern; it has to match every example. Default: the proposed one.")
  private Optional<String> pattern = Optional.empty();

  @Option(
      names = "--with-overlaps",
      description = "Although the pattern matches other errors, or examples of other rules, too.")
  private boolean withOverlaps;

  @Spec private CommandSpec spec;

  RulesAcceptCommand() {
    spec = CommandSpec.create();
  }

  @Override
  public Integer call() throws Exception {
    Configuration configuration = options.configuration();
    Optional<Proposal> found = options.proposal(configuration, id, pattern.map(this::compiled));
    if (found.isEmpty()) {
      spec.commandLine().getErr().println(RulesRejectCommand.missing(id));
      return Exit.OUR_FILES;
    }
    Proposal proposal = found.get();
    if (!proposal.overlaps().isEmpty() && !withOverlaps) {
      return refused(proposal);
    }
    DefectCode code = RulesDraft.next(configuration.rules());
    RulesDraft.Wish wish =
        new RulesDraft.Wish(
            code,
            title,
            category.orElse(proposal.category()),
            severity(),
            owner,
            pattern.orElse(proposal.pattern()),
            Optional.empty(),
            proposal.examples());
    Acceptance.Accepted accepted;
    Path file;
    try (Ledger ledger = ProposalOptions.ledger(configuration)) {
      Acceptance acceptance =
          new Acceptance(options.folders.folders().config(), configuration.settings(), ledger);
      file = acceptance.file();
      accepted =
          acceptance.accept(
              wish,
              configuration.rules(),
              Clock.systemUTC().instant().minus(Polling.window(options.since)),
              RulesDraft.Prepared::write);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%s is a rule now, in %s, table %s.%n", code, file, accepted.rules().version());
    return moved(accepted.result(), out);
  }

  private static int moved(Reclassification.Result result, PrintWriter out) {
    result
        .changes()
        .forEach(
            (change, number) ->
                out.printf("  %-12s -> %-12s %,8d%n", change.from(), change.to(), number));
    out.flush();
    return result.damaged().isEmpty() ? Exit.OK : Exit.OUR_FILES;
  }

  private int refused(Proposal proposal) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("Nothing was changed: the pattern matches more than the errors of its kind.");
    RulesProposeCommand.overlaps(proposal, err);
    err.println("Narrow it by --pattern, or accept it --with-overlaps.");
    err.flush();
    return Exit.OUR_FILES;
  }

  private Pattern compiled(String wanted) {
    try {
      return PythonPattern.compile(wanted, PythonPattern.Dialect.BOTH);
    } catch (RefusedPatternException refused) {
      String where = refused.column() <= 0 ? "" : " near character " + refused.column();
      throw new InvalidFileException(
          "--pattern",
          "'" + Onlooker.printable(wanted) + "'",
          "not a regular expression: " + refused.getMessage() + where,
          refused.remedy());
    }
  }

  private Severity severity() {
    return Stream.of(Severity.values())
        .filter(known -> known.word().equals(severity))
        .findFirst()
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(),
                    "Unknown severity '"
                        + Onlooker.printable(severity)
                        + "'. Write one of these: critical, major, minor, warning."));
  }
}
