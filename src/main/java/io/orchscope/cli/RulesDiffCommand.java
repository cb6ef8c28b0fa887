package io.orchscope.cli;

import io.orchscope.Configuration;
import io.orchscope.defect.DefectRules;
import io.orchscope.defect.RulesDiff;
import io.orchscope.defect.RulesDiff.Difference;
import io.orchscope.defect.RulesFile;
import io.orchscope.evidence.EvidenceSearch;
import io.orchscope.evidence.StoredVerdict;
import io.orchscope.evidence.Verdict.Finding;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code orchscope rules diff}: what differs between two tables, and what that would mean. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    description = {
      "Says rule by rule what differs between two tables.",
      "With --since also which errors of the evidence would get another code. Exit code 0 whether or not",
      "they differ."
    })
final class RulesDiffCommand implements Callable<Integer> {

  @Mixin private FolderOptions folders = new FolderOptions();

  @Parameters(index = "0", paramLabel = "OLD", description = "The table as it was.")
  private Path before = Path.of("");

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "NEW",
      description = "The table as it is to be. Default: the one of the configuration.")
  private Optional<Path> after = Optional.empty();

  @Option(
      names = "--since",
      paramLabel = "DURATION",
      description = "Also what would change of errors so far back, by the attempt: 8h, 30d.")
  private Optional<String> since = Optional.empty();

  @Spec private CommandSpec spec;

  RulesDiffCommand() {
    spec = CommandSpec.create();
  }

  @Override
  public Integer call() {
    Configuration configuration = folders.configuration(Map.of());
    DefectRules old = RulesFile.read(before);
    DefectRules now = after.map(RulesFile::read).orElseGet(configuration::rules);
    PrintWriter out = spec.commandLine().getOut();
    List<Difference> differences = RulesDiff.of(old, now);
    out.printf(
        "%s to %s: %s.%n",
        old.version(),
        now.version(),
        differences.isEmpty() ? "no rule differs" : count(differences.size()));
    differences.forEach(difference -> tell(difference, out));
    since.ifPresent(
        window ->
            tellHistory(
                new EvidenceSearch(Path.of(configuration.settings().text("evidence.root"))),
                old,
                now,
                Clock.systemUTC().instant().minus(Polling.window(window)),
                out));
    out.flush();
    return Exit.OK;
  }

  private static String count(int number) {
    return number + (number == 1 ? " difference" : " differences");
  }

  private static void tell(Difference difference, PrintWriter out) {
    String what = difference.what().name().toLowerCase(Locale.ROOT);
    switch (difference.what()) {
      case ADDED -> line(out, difference.code() + "  added    " + difference.after());
      case REMOVED -> line(out, difference.code() + "  removed  " + difference.before());
      case MOVED -> line(out, difference.code() + "  moved    it was " + difference.before());
      case CHANGED -> {
        line(out, difference.code() + "  " + what + "  " + difference.part());
        line(out, "  - " + difference.before());
        line(out, "  + " + difference.after());
      }
    }
  }

  private static void tellHistory(
      EvidenceSearch evidence, DefectRules old, DefectRules now, Instant after, PrintWriter out) {
    Map<String, Long> changes = new TreeMap<>();
    long errors = 0;
    for (String folder : evidence.folders()) {
      List<Finding> found =
          evidence
              .open(folder)
              .map(StoredVerdict::verdict)
              .filter(verdict -> !verdict.attemptedAt().isBefore(after))
              .map(verdict -> verdict.occurrences())
              .orElse(List.of());
      for (Finding finding : found) {
        errors++;
        String was = old.classify(finding.normalised()).codeOrUnclassified();
        String is = now.classify(finding.normalised()).codeOrUnclassified();
        if (!was.equals(is)) {
          changes.merge("  %-12s -> %-12s".formatted(was, is), 1L, Long::sum);
        }
      }
    }
    long changed = changes.values().stream().mapToLong(Long::longValue).sum();
    out.printf("Of %,d errors of the evidence %,d would get another code.%n", errors, changed);
    changes.forEach((change, number) -> out.printf("%s %,8d%n", change, number));
  }

  private static void line(PrintWriter out, String text) {
    out.println(Onlooker.printable(text));
  }
}
