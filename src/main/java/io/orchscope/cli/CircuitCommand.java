package io.orchscope.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.orchscope.evidence.EvidenceSearch;
import io.orchscope.evidence.StoredVerdict;
import io.orchscope.ledger.CircuitHistory;
import io.orchscope.ledger.Ledger;
import io.orchscope.ledger.LedgerPlace;
import io.orchscope.settings.Settings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code orchscope circuit}: what the ledger knows of a circuit, and where its evidence is. */
@Command(
    name = "circuit",
    mixinStandardHelpOptions = true,
    description = {
      "Tells what is known of a circuit: its resources, its errors with code, group and what became of",
      "telling them, the messages that were sent, and where the evidence is. Asks no neighbour."
    })
final class CircuitCommand implements Callable<Integer> {

  private static final int SHORT = 20;

  @Mixin private FolderOptions folders = new FolderOptions();

  @Parameters(
      paramLabel = "CIRCUIT",
      description = "Circuit id, or the label of a resource without one.")
  private String circuit = "";

  @Option(names = "--all", description = "All of each kind, not only the newest " + SHORT + ".")
  private boolean all;

  @Option(names = "--json", description = "All of it, as JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  CircuitCommand() {
    spec = CommandSpec.create();
  }

  @Override
  public Integer call() throws Exception {
    Settings settings = folders.configuration(Map.of()).settings();
    CircuitHistory known;
    try (Ledger ledger = new Ledger(LedgerPlace.of(settings), Clock.systemUTC())) {
      known = CircuitHistory.of(ledger, circuit);
    }
    Path root = Path.of(settings.text("evidence.root"));
    List<StoredVerdict> kept = new EvidenceSearch(root).find(circuit);
    PrintWriter out = spec.commandLine().getOut();
    boolean isKnown = !known.isEmpty() || !kept.isEmpty();
    if (json) {
      out.println(mapper().writeValueAsString(json(known, root, kept)));
    } else if (isKnown) {
      tell(known, root, kept, out);
    } else {
      spec.commandLine()
          .getErr()
          .println(
              "Nothing is known of '"
                  + Onlooker.printable(circuit)
                  + "': no poll has listed it, or it was purged.");
    }
    out.flush();
    return isKnown ? Exit.OK : Exit.OUR_FILES;
  }

  private void tell(CircuitHistory known, Path root, List<StoredVerdict> kept, PrintWriter out) {
    line(out, circuit);
    known.resources().forEach(resource -> tell(resource, out));
    each(known.failures(), "errors", failure -> tell(failure, out), out);
    each(known.messages(), "messages", message -> tell(message, out), out);
    known
        .letters()
        .forEach(
            letter ->
                line(
                    out,
                    "  dead letter %s  %s, last at %s: %s"
                        .formatted(
                            letter.key(), letter.reason(), letter.lastAt(), letter.explanation())));
    each(
        kept,
        "attempts",
        attempt ->
            line(
                out,
                "  evidence  %s%s"
                    .formatted(
                        root.resolve(attempt.folder()), attempt.isVerified() ? "" : "  DAMAGED")),
        out);
  }

  private <T> void each(List<T> list, String what, Consumer<T> telling, PrintWriter out) {
    list.stream().limit(all ? Long.MAX_VALUE : SHORT).forEach(telling);
    if (!all && list.size() > SHORT) {
      line(out, "  … %d %s more; --all shows them".formatted(list.size() - SHORT, what));
    }
  }

  private static void tell(CircuitHistory.Listed resource, PrintWriter out) {
    line(
        out,
        "  resource  %s  %s  %s, revision %d, %s%s"
            .formatted(
                resource.resourceId(),
                resource.productType(),
                resource.orchState(),
                resource.revision(),
                resource
                    .outcome()
                    .map(
                        outcome -> outcome + resource.decidedAt().map(at -> " at " + at).orElse(""))
                    .orElse("not decided"),
                resource.listedAt().map(at -> ", last listed " + at).orElse("")));
  }

  private static void tell(CircuitHistory.Failure failure, PrintWriter out) {
    line(
        out,
        "  error     %s  %s%s, last seen %s"
            .formatted(
                failure.defectCode(),
                failure.alert(),
                failure.reason().map(why -> " (" + why + ")").orElse(""),
                failure.lastSeen()));
    failure
        .groupId()
        .ifPresent(
            group ->
                line(
                    out,
                    "            group %s, %s: %s"
                        .formatted(group, failure.groupState(), failure.groupTitle())));
  }

  private static void tell(CircuitHistory.Message message, PrintWriter out) {
    line(
        out,
        "  message   %s  %s%s%s, told %d error%s, room %s"
            .formatted(
                message.kind(),
                message.state(),
                message.sentAt().map(at -> " at " + at).orElse(""),
                message.reason().map(why -> " (" + why + ")").orElse(""),
                message.alerts(),
                message.alerts() == 1 ? "" : "s",
                message.roomId()));
  }

  /** The ledger's records in snake case, with what is kept beside them. */
  private static ObjectNode json(CircuitHistory known, Path root, List<StoredVerdict> kept) {
    ObjectNode node = mapper().valueToTree(known);
    node.remove("empty");
    ArrayNode evidence = node.putArray("evidence");
    for (StoredVerdict each : kept) {
      Instant examined = each.verdict().examinedAt();
      evidence
          .addObject()
          .put("folder", root.resolve(each.folder()).toString())
          .put("outcome", each.verdict().outcome())
          .put("attempted_at", each.verdict().attemptedAt().toString())
          .put("examined_at", examined.toString())
          .put("verified", each.isVerified());
    }
    return node;
  }

  private static ObjectMapper mapper() {
    return new ObjectMapper()
        .registerModule(new Jdk8Module())
        .registerModule(new JavaTimeModule())
        .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .enable(SerializationFeature.INDENT_OUTPUT);
  }

  private static void line(PrintWriter out, String text) {
    out.println(Onlooker.printable(text));
  }
}
