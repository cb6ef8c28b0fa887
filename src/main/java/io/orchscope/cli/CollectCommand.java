package io.orchscope.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchscope.Assembly;
import io.orchscope.defect.Outcome;
import io.orchscope.mdso.PollSummary;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code orchscope collect}: one poll, then the end. */
@Command(
    name = "collect",
    mixinStandardHelpOptions = true,
    description = {
      "Polls once, works on every circuit that needs it, sends the alerts, prints the figures and"
          + " ends.",
      "Needs what 'run' needs. Exit code 2 when a poll could not be finished."
    })
final class CollectCommand implements Callable<Integer> {

  @Mixin private FolderOptions folders = new FolderOptions();

  @Option(
      names = "--product",
      paramLabel = "TYPE",
      description = "Such as service_mapper; may be given several times. Default: all.")
  private List<String> types = List.of();

  @Option(
      names = "--since",
      paramLabel = "DURATION",
      description =
          "How far back resources may have changed: 30m, 8h, 7d. Default: poll.look-back.")
  private String since = "";

  @Option(
      names = "--json",
      description = "The figures as JSON on standard output; no progress bar.")
  private boolean json;

  @Spec private CommandSpec spec;

  CollectCommand() {
    spec = CommandSpec.create();
  }

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    Startable.requireSoundRoutes(folders);
    Onlooker onlooker = new Onlooker(out, false);
    try (Assembly assembly =
        Assembly.assemble(folders.folders(), Map.of("poll.by-schedule", "no"), onlooker)) {
      Startable.requireCredentials(assembly);
      List<String> wanted = types.isEmpty() ? assembly.configuration().products().types() : types;
      wanted.forEach(assembly.configuration().products()::ofType);
      Duration window =
          since.isEmpty()
              ? assembly.configuration().settings().duration("poll.look-back")
              : Polling.window(since);
      List<PollSummary> ended;
      try (ProgressBar bar = new ProgressBar(spec.commandLine().getErr(), !json)) {
        ended = new Polling(assembly, onlooker, bar).run(wanted, window);
      }
      print(out, ended, onlooker.alerts(), assembly);
      return ended.stream().anyMatch(PollSummary::incomplete) ? Exit.NEIGHBOUR : Exit.OK;
    }
  }

  private void print(PrintWriter out, List<PollSummary> polls, long alerts, Assembly assembly)
      throws Exception {
    if (json) {
      ObjectMapper mapper = new ObjectMapper();
      ArrayNode list = mapper.createArrayNode();
      polls.forEach(poll -> list.add(node(mapper, poll)));
      ObjectNode all = mapper.createObjectNode();
      all.set("polls", list);
      all.put("alerts", alerts);
      PendingWork.write(assembly, all.putObject("pending"));
      out.println(mapper.writeValueAsString(all));
    } else {
      for (PollSummary poll : polls) {
        out.printf(
            "%-26s %s%s%n",
            poll.productType(),
            poll.equation(),
            poll.incomplete()
                ? "  INCOMPLETE"
                    + poll.leftEarly().map(why -> ": " + why).orElse("")
                    + ", see var/log/orchscope-collect.log"
                : "");
      }
      out.println("Total: " + Onlooker.total(polls) + ", alerts " + alerts);
      PendingWork.words(assembly).lines().forEach(out::println);
    }
    out.flush();
  }

  private static ObjectNode node(ObjectMapper mapper, PollSummary poll) {
    ObjectNode node = mapper.createObjectNode();
    node.put("product_type", poll.productType());
    node.put("poll_id", poll.pollId());
    node.put("listed", poll.listed());
    for (Outcome outcome : Outcome.values()) {
      node.put(outcome.word(), poll.of(outcome));
    }
    node.put("too_old", poll.tooOld());
    node.put("listed_again", poll.repeated());
    node.put("calls", poll.calls());
    if (poll.undated() > 0) {
      node.put("undated", poll.undated());
    }
    node.put("incomplete", poll.incomplete());
    poll.leftEarly().ifPresent(why -> node.put("incomplete_because", why));
    node.put("seconds", poll.took().toMillis() / 1000.0);
    return node;
  }
}
