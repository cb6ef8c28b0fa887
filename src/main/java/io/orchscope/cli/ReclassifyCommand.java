package io.orchscope.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchscope.defect.DefectRules;
import io.orchscope.defect.RulesFile;
import io.orchscope.evidence.Durability;
import io.orchscope.evidence.EvidenceArchive;
import io.orchscope.evidence.EvidenceSearch;
import io.orchscope.evidence.Reclassification;
import io.orchscope.ledger.Ledger;
import io.orchscope.ledger.LedgerPlace;
import io.orchscope.ledger.Recoding;
import io.orchscope.settings.Settings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code orchscope reclassify}: what another table of rules says of errors that were kept. */
@Command(
    name = "reclassify",
    mixinStandardHelpOptions = true,
    description = {
      "Classifies the errors anew that the evidence holds, and says which would get another code.",
      "Nothing is changed without --apply; with it, verdict.json says what the table says now, every",
      "other file stays as it is, and the ledger's groups go on under their new codes with their",
      "state and their threads. Asks no neighbour and tells no room."
    })
final class ReclassifyCommand implements Callable<Integer> {

  @Mixin private FolderOptions folders = new FolderOptions();

  @Option(
      names = "--since",
      paramLabel = "DURATION",
      description =
          "How far back, by the start of the attempt: 8h, 30d. Default: ${DEFAULT-VALUE}.")
  private String since = "30d";

  @Option(
      names = "--product",
      paramLabel = "TYPE",
      description = "Such as service_mapper; may be given several times. Default: all.")
  private List<String> types = List.of();

  @Option(
      names = "--rules",
      paramLabel = "FILE",
      description = "The table to try. Default: the one of the configuration.")
  private Optional<Path> rules = Optional.empty();

  @Option(names = "--apply", description = "Puts the new verdicts in place of the old ones.")
  private boolean apply;

  @Option(names = "--json", description = "The figures as JSON; no progress bar.")
  private boolean json;

  private Recoding.Moved inLedger = Recoding.Moved.NOTHING;

  @Spec private CommandSpec spec;

  ReclassifyCommand() {
    spec = CommandSpec.create();
  }

  @Override
  public Integer call() throws Exception {
    Duration window = Polling.window(since);
    var configuration = folders.configuration(Map.of());
    types.forEach(configuration.products()::ofType);
    DefectRules table = rules.map(RulesFile::read).orElseGet(configuration::rules);
    Instant after = Clock.systemUTC().instant().minus(window);
    Reclassification.Result result;
    try (ProgressBar bar = new ProgressBar(spec.commandLine().getErr(), !json)) {
      result = run(configuration.settings(), table, after, bar);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(json(result, table));
    } else {
      tell(result, table, out);
    }
    out.flush();
    return result.damaged().isEmpty() ? Exit.OK : Exit.OUR_FILES;
  }

  private Reclassification.Result run(
      Settings settings, DefectRules table, Instant after, ProgressBar bar) {
    Path root = Path.of(settings.text("evidence.root"));
    EvidenceSearch evidence = new EvidenceSearch(root);
    if (!apply) {
      return new Reclassification(evidence, table)
          .run(types, after, (done, all) -> bar.show(done, all, "attempts"));
    }
    Durability durability = settings.flag("evidence.fsync") ? Durability.FSYNC : Durability.NONE;
    try (EvidenceArchive archive = new EvidenceArchive(root, Clock.systemUTC(), durability);
        Ledger ledger = new Ledger(LedgerPlace.of(settings), Clock.systemUTC())) {
      Recoding recoding = new Recoding(ledger);
      return new Reclassification(
              evidence,
              table,
              Optional.of(archive),
              names -> inLedger = inLedger.and(recoding.move(names)))
          .run(types, after, (done, all) -> bar.show(done, all, "attempts"));
    }
  }

  private void tell(Reclassification.Result result, DefectRules table, PrintWriter out) {
    out.printf(
        "%,d verdicts with %,d errors, by table %s: %,d %s another code, %,d are worded anew.%n",
        result.verdicts(),
        result.errors(),
        table.version(),
        result.moved(),
        apply ? "have" : "would get",
        result.reworded());
    result
        .changes()
        .forEach(
            (change, number) ->
                out.printf("  %-12s -> %-12s %,8d%n", change.from(), change.to(), number));
    if (apply) {
      out.printf(
          "%,d verdicts were rewritten; %,d errors of the ledger have moved, out of %,d groups.%n",
          result.rewritten(), inLedger.errors(), inLedger.groups());
    } else if (!result.changes().isEmpty() || result.reworded() > 0) {
      out.println("Nothing was changed; --apply does.");
    }
    for (String folder : result.damaged()) {
      out.println(
          "DAMAGED " + folder + " is not what was kept, and was left alone: 'orchscope explain'.");
    }
  }

  private ObjectNode json(Reclassification.Result result, DefectRules table) {
    ObjectNode all = new ObjectMapper().createObjectNode();
    all.put("rules_version", table.version());
    all.put("verdicts", result.verdicts());
    all.put("errors", result.errors());
    all.put("reworded", result.reworded());
    all.put("rewritten", result.rewritten());
    all.put("moved_in_ledger", inLedger.errors());
    ArrayNode changes = all.putArray("changes");
    result
        .changes()
        .forEach(
            (change, number) ->
                changes
                    .addObject()
                    .put("from", change.from())
                    .put("to", change.to())
                    .put("errors", number));
    ArrayNode damaged = all.putArray("damaged");
    result.damaged().forEach(damaged::add);
    return all;
  }
}
