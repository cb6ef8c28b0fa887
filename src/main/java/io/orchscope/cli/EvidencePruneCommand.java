package io.orchscope.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchscope.evidence.Durability;
import io.orchscope.evidence.LogPrune;
import io.orchscope.settings.InvalidFileException;
import io.orchscope.settings.Settings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code orchscope evidence prune}: makes room among the logs. */
@Command(
    name = "prune",
    mixinStandardHelpOptions = true,
    description = {
      "Removes logs that were collected longer ago than logs.keep-for, and then the oldest as long"
          + " as",
      "all have more than logs.keep-megabytes. Logs that are being collected stay, and by size"
          + " also",
      "those that are still to be completed. Verdicts are removed by 'purge'. May run beside 'run'."
    })
final class EvidencePruneCommand implements Callable<Integer> {

  private static final long MEGABYTE = 1024 * 1024;

  @Mixin private FolderOptions folders = new FolderOptions();

  @Option(names = "--dry-run", description = "Only says what would be removed.")
  private boolean trial;

  @Option(
      names = "--older-than",
      paramLabel = "TIME",
      description = "In place of what the settings say: 30d.")
  private String time = "";

  @Option(
      names = "--max-size",
      paramLabel = "MEGABYTES",
      description = "In place of what the settings say.")
  private Optional<Long> megabytes = Optional.empty();

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  EvidencePruneCommand() {
    spec = CommandSpec.create();
  }

  @Override
  public Integer call() throws Exception {
    Settings settings = folders.configuration(Map.of()).settings();
    Optional<Duration> age =
        time.isEmpty()
            ? settings.keeping("logs.keep-for")
            : Optional.of(Polling.window("--older-than", time));
    Optional<Instant> before = age.map(Clock.systemUTC().instant()::minus);
    long most = megabytes.orElse((long) settings.count("logs.keep-megabytes"));
    if (most < 0) {
      throw new InvalidFileException(
          "command line", "--max-size", most + " is below zero", "Try --max-size 20000.");
    }
    Path root = Path.of(settings.text("logs.root"));
    Durability durability = settings.flag("evidence.fsync") ? Durability.FSYNC : Durability.NONE;
    LogPrune prune = trial ? LogPrune.trial(root) : LogPrune.of(root, durability);
    LogPrune.Pruned pruned =
        prune.run(new LogPrune.Limits(before, Optional.of(most * MEGABYTE)), () -> true);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(new ObjectMapper().writeValueAsString(json(pruned, before)));
    } else {
      tell(pruned, before, most, out);
    }
    out.flush();
    return Exit.OK;
  }

  private void tell(LogPrune.Pruned pruned, Optional<Instant> before, long most, PrintWriter out) {
    String verb = trial ? "would go: " : "removed: ";
    out.println(
        "by age    "
            + before
                .map(moment -> verb + pruned.tooOld() + " folders, collected last before " + moment)
                .orElse("kept for ever"));
    out.println("by size   " + verb + pruned.tooMuch() + " folders, above " + most + " megabytes");
    out.printf(
        "bytes     %d %s, %d left%n", pruned.bytes(), verb.strip().replace(":", ""), pruned.left());
    if (pruned.left() > most * MEGABYTE) {
      out.println("          What is left above that is still to be completed.");
    }
  }

  private ObjectNode json(LogPrune.Pruned pruned, Optional<Instant> before) {
    ObjectNode all = new ObjectMapper().createObjectNode();
    all.put("dry_run", trial);
    before.ifPresent(moment -> all.put("before", moment.toString()));
    all.put("too_old", pruned.tooOld());
    all.put("too_much", pruned.tooMuch());
    all.put("bytes", pruned.bytes());
    all.put("left", pruned.left());
    return all;
  }
}
