package io.orchscope.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchscope.evidence.Durability;
import io.orchscope.evidence.EvidenceArchive;
import io.orchscope.evidence.EvidencePurge;
import io.orchscope.evidence.LogPrune;
import io.orchscope.ledger.CircuitPurge;
import io.orchscope.ledger.Ledger;
import io.orchscope.ledger.LedgerPlace;
import io.orchscope.ledger.LedgerPurge;
import io.orchscope.ledger.PurgedRows;
import io.orchscope.settings.InvalidFileException;
import io.orchscope.settings.Settings;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code orchscope purge}: removes what is old, or all that is kept of one circuit. */
@Command(
    name = "purge",
    mixinStandardHelpOptions = true,
    description = {
      "Removes from ledger, evidence and logs what is older than ledger.keep-for, evidence.keep-for"
          + " and",
      "logs.keep-for, or all of one circuit; 'run' does the former by itself, once a day. May run"
          + " beside it.",
      "What is owed to a room, undecided, acknowledged or muted stays. Exit code 2 when something"
          + " of",
      "the circuit had to stay."
    })
final class PurgeCommand implements Callable<Integer> {

  @Mixin private FolderOptions folders = new FolderOptions();

  @Option(names = "--dry-run", description = "Only says what would be removed.")
  private boolean trial;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @ArgGroup private Choice choice = new Choice();

  @Spec private CommandSpec spec;

  /** Which part; by the settings when nothing is chosen. */
  private static final class Choice {

    @Option(
        names = "--older-than",
        paramLabel = "TIME",
        description = "In place of what the settings say: 30d. Not shorter than poll.look-back.")
    private String time = "";

    @Option(
        names = "--circuit",
        paramLabel = "CIRCUIT",
        description = "All that is kept of this circuit, however old: its id, as MDSO has it.")
    private String circuit = "";
  }

  /** What became of ledger and evidence; of the latter where there is none to be purged. */
  private record Purged(
      Optional<Instant> ledgerLimit,
      PurgedRows rows,
      Optional<Instant> evidenceLimit,
      EvidencePurge.Removed evidence,
      LogPrune.Pruned logs,
      List<CircuitPurge.Kept> kept) {}

  PurgeCommand() {
    spec = CommandSpec.create();
  }

  @Override
  public Integer call() throws Exception {
    Settings settings = folders.configuration(Map.of()).settings();
    Purged purged;
    try (Ledger ledger = new Ledger(LedgerPlace.of(settings), Clock.systemUTC())) {
      purged = choice.circuit.isEmpty() ? byAge(ledger, settings) : circuit(ledger, settings);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(new ObjectMapper().writeValueAsString(json(purged)));
    } else {
      tell(purged, out);
    }
    out.flush();
    return purged.kept().isEmpty() ? Exit.OK : Exit.NEIGHBOUR;
  }

  private Purged byAge(Ledger ledger, Settings settings) {
    Instant now = Clock.systemUTC().instant();
    Optional<Duration> typed = typed(settings);
    Optional<Instant> ledgerLimit =
        typed.or(() -> settings.keeping("ledger.keep-for")).map(now::minus);
    Optional<Instant> evidenceLimit =
        typed.or(() -> settings.keeping("evidence.keep-for")).map(now::minus);
    LedgerPurge rows = new LedgerPurge(ledger, Clock.systemUTC());
    return new Purged(
        ledgerLimit,
        ledgerLimit
            .map(limit -> rows.olderThan(limit, trial, () -> true))
            .orElse(PurgedRows.NOTHING),
        evidenceLimit,
        evidenceLimit
            .map(limit -> evidence(settings, purge -> purge.olderThan(limit, () -> true)))
            .orElse(new EvidencePurge.Removed(0, 0)),
        LogPurge.byAge(settings, typed.map(now::minus), trial),
        List.of());
  }

  private Purged circuit(Ledger ledger, Settings settings) {
    CircuitPurge.Removed rows =
        new CircuitPurge(ledger, Clock.systemUTC()).remove(choice.circuit, trial);
    Set<String> stays =
        rows.kept().stream().map(CircuitPurge.Kept::resourceId).collect(Collectors.toSet());
    return new Purged(
        Optional.empty(),
        rows.rows(),
        Optional.empty(),
        evidence(settings, purge -> purge.ofCircuit(choice.circuit, stays::contains)),
        LogPurge.of(settings, trial).ofCircuit(choice.circuit, stays::contains),
        rows.kept());
  }

  /** Errors: {@link InvalidFileException} when what a poll still lists would be forgotten. */
  private Optional<Duration> typed(Settings settings) {
    if (choice.time.isEmpty()) {
      return Optional.empty();
    }
    Duration time = Polling.window("--older-than", choice.time);
    if (time.compareTo(settings.duration("poll.look-back")) < 0) {
      String lookBack = settings.text("poll.look-back");
      throw new InvalidFileException(
          "command line",
          "--older-than",
          "%s is shorter than poll.look-back, %s: old failures would be forgotten, found again and told as new ones"
              .formatted(choice.time, lookBack),
          "Try --older-than " + lookBack + ", or a longer time.");
    }
    return Optional.of(time);
  }

  private EvidencePurge.Removed evidence(
      Settings settings, Function<EvidencePurge, EvidencePurge.Removed> work) {
    Path root = Path.of(settings.text("evidence.root"));
    if (trial || !Files.isDirectory(root)) {
      return work.apply(EvidencePurge.trial(root));
    }
    Durability durability = settings.flag("evidence.fsync") ? Durability.FSYNC : Durability.NONE;
    try (EvidenceArchive archive = new EvidenceArchive(root, Clock.systemUTC(), durability)) {
      return work.apply(archive.purge());
    }
  }

  private void tell(Purged purged, PrintWriter out) {
    String verb = trial ? "would go: " : "removed: ";
    boolean byAge = choice.circuit.isEmpty();
    if (byAge && purged.ledgerLimit().isEmpty()) {
      out.println("ledger    kept for ever");
    } else {
      out.println("ledger    " + verb + rows(purged.rows()) + since(purged.ledgerLimit()));
    }
    if (byAge && purged.evidenceLimit().isEmpty()) {
      out.println("evidence  kept for ever");
    } else {
      out.println(
          "evidence  %s%d folders, %d bytes%s"
              .formatted(
                  verb,
                  purged.evidence().folders(),
                  purged.evidence().bytes(),
                  since(purged.evidenceLimit())));
    }
    out.println(
        "logs      %s%d folders, %d bytes"
            .formatted(
                verb, purged.logs().tooOld() + purged.logs().tooMuch(), purged.logs().bytes()));
    purged
        .kept()
        .forEach(
            kept ->
                out.println(
                    Onlooker.printable(
                        "stays     resource " + kept.resourceId() + ": " + kept.reason())));
  }

  private static String rows(PurgedRows rows) {
    if (rows.sum() == 0) {
      return "nothing";
    }
    String kinds =
        rows.rows().entrySet().stream()
            .filter(kind -> kind.getValue() > 0)
            .map(kind -> kind.getValue() + " " + kind.getKey().replace('_', ' '))
            .collect(Collectors.joining(", "));
    return kinds + (rows.bytes() > 0 ? "; the file is " + rows.bytes() + " bytes shorter" : "");
  }

  private static String since(Optional<Instant> limit) {
    return limit.map(moment -> ", last seen before " + moment).orElse("");
  }

  private ObjectNode json(Purged purged) {
    ObjectNode all = new ObjectMapper().createObjectNode();
    all.put("dry_run", trial);
    ObjectNode ledger = all.putObject("ledger");
    purged.ledgerLimit().ifPresent(limit -> ledger.put("before", limit.toString()));
    purged.rows().rows().forEach(ledger::put);
    ledger.put("bytes", purged.rows().bytes());
    ledger.put("longest_held_ms", purged.rows().longestHeld().toMillis());
    ObjectNode evidence = all.putObject("evidence");
    purged.evidenceLimit().ifPresent(limit -> evidence.put("before", limit.toString()));
    evidence.put("folders", purged.evidence().folders());
    evidence.put("bytes", purged.evidence().bytes());
    ObjectNode logs = all.putObject("logs");
    logs.put("folders", purged.logs().tooOld() + purged.logs().tooMuch());
    logs.put("bytes", purged.logs().bytes());
    var stays = all.putArray("stays");
    purged
        .kept()
        .forEach(
            kept ->
                stays
                    .addObject()
                    .put("resource_id", kept.resourceId())
                    .put("reason", kept.reason()));
    return all;
  }
}
