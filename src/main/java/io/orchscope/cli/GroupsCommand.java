package io.orchscope.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchscope.defect.FailureGroup;
import io.orchscope.ledger.FailureGroups;
import io.orchscope.ledger.GroupRow;
import io.orchscope.ledger.Ledger;
import io.orchscope.ledger.LedgerPlace;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code orchscope groups}: what fails, and where people stand with it. */
@Command(
    name = "groups",
    mixinStandardHelpOptions = true,
    description = {
      "What fails, as groups of failures with the same product, code and kind of error.",
      "Nobody is told of failures of a group that is acknowledged or muted; they are counted."
    })
final class GroupsCommand implements Runnable {

  private static final int PAGE = 50;

  private static final Set<FailureGroup.State> EVERY_STATE =
      EnumSet.allOf(FailureGroup.State.class);

  private static final Set<FailureGroup.State> OPEN_STATES =
      EnumSet.complementOf(EnumSet.of(FailureGroup.State.RESOLVED));

  @Mixin private FolderOptions folders = new FolderOptions();

  @Spec private CommandSpec spec;

  GroupsCommand() {
    spec = CommandSpec.create();
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "The last to fail first: name, state, how often, how many circuits.")
  int list(
      @Option(names = "--all", description = "Also those that are resolved.") boolean all,
      @Option(
              names = "--state",
              split = ",",
              paramLabel = "STATE",
              description = "Only those: ${COMPLETION-CANDIDATES}.")
          @Nullable Set<FailureGroup.State> states,
      @Option(
              names = "--first",
              paramLabel = "NUMBER",
              description = "Only so many. Default: 50, with --json all.")
          @Nullable Integer first,
      @Option(names = "--json", description = "As JSON.") boolean json)
      throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    Instant now = Clock.systemUTC().instant();
    Set<FailureGroup.State> chosen =
        Optional.ofNullable(states).orElse(all ? EVERY_STATE : OPEN_STATES);
    int most = Optional.ofNullable(first).orElse(json ? Integer.MAX_VALUE : PAGE);
    try (Ledger ledger = ledger()) {
      List<GroupRow> rows = groups(ledger).page(chosen, most);
      if (json) {
        out.println(new ObjectMapper().writeValueAsString(json(rows, now)));
      } else {
        rows.forEach(row -> tell(row, now, out));
        out.println(number(rows.size(), groups(ledger).count(chosen)));
      }
    }
    out.flush();
    return Exit.OK;
  }

  private static String number(int shown, long all) {
    return shown < all
        ? "The first %d of %d groups; --first %d shows all.".formatted(shown, all, all)
        : all + (all == 1 ? " group." : " groups.");
  }

  @Command(
      name = "acknowledge",
      mixinStandardHelpOptions = true,
      description = "Somebody works on it: its failures are counted and not told.")
  int acknowledge(
      @Parameters(paramLabel = "GROUP", description = "As 'list' shows it.") String group,
      @Option(names = "--by", required = true, description = "Who.") String who,
      @Option(names = "--note", defaultValue = "", description = "Why.") String note,
      @Option(names = "--for", defaultValue = "", description = "For how long: 8h, 2d.")
          String time) {
    Optional<Instant> end = time.isEmpty() ? Optional.empty() : Optional.of(in(time));
    try (Ledger ledger = ledger()) {
      return say(group, "acknowledged", groups(ledger).acknowledge(group, who, note, end));
    }
  }

  @Command(
      name = "mute",
      mixinStandardHelpOptions = true,
      description = "Nobody is told of its failures until the time is over.")
  int mute(
      @Parameters(paramLabel = "GROUP", description = "As 'list' shows it.") String group,
      @Option(names = "--by", required = true, description = "Who.") String who,
      @Option(names = "--for", required = true, description = "For how long: 30m, 8h, 2d.")
          String time,
      @Option(names = "--note", defaultValue = "", description = "Why.") String note) {
    Instant end = in(time);
    try (Ledger ledger = ledger()) {
      return say(group, "muted until " + end, groups(ledger).mute(group, who, note, end));
    }
  }

  @Command(
      name = "resolve",
      mixinStandardHelpOptions = true,
      description = "It is over; a failure that begins later opens it again.")
  int resolve(
      @Parameters(paramLabel = "GROUP", description = "As 'list' shows it.") String group,
      @Option(names = "--by", required = true, description = "Who.") String who,
      @Option(names = "--note", defaultValue = "", description = "Why.") String note) {
    try (Ledger ledger = ledger()) {
      return say(group, "resolved", groups(ledger).resolve(group, who, note));
    }
  }

  private int say(String group, String what, boolean found) {
    if (found) {
      spec.commandLine().getOut().println("Group " + Onlooker.printable(group) + " is " + what);
      spec.commandLine().getOut().flush();
      return Exit.OK;
    }
    spec.commandLine()
        .getErr()
        .println(
            "There is no group '"
                + Onlooker.printable(group)
                + "'; 'orchscope groups list --all' shows them.");
    return Exit.OUR_FILES;
  }

  private static Instant in(String time) {
    Duration duration = Polling.window("--for", time);
    return Clock.systemUTC().instant().plus(duration);
  }

  private Ledger ledger() {
    return new Ledger(
        LedgerPlace.of(folders.configuration(Map.of()).settings()), Clock.systemUTC());
  }

  private static FailureGroups groups(Ledger ledger) {
    return new FailureGroups(ledger, Clock.systemUTC());
  }

  private static void tell(GroupRow row, Instant now, PrintWriter out) {
    FailureGroup standing = row.standing().at(now);
    out.printf(
        "%s  %-12s %-13s %-24s %s%n",
        row.id(),
        standing.state().word(),
        row.defectCode(),
        row.productType(),
        Onlooker.printable(row.title()));
    out.printf(
        "    %d failures of %d circuits, first %s, last %s%s%n",
        row.failures(), row.circuits(), row.firstSeen(), row.lastSeen(), who(standing));
  }

  private static String who(FailureGroup standing) {
    if (standing.owner().isEmpty()) {
      return "";
    }
    return ", by "
        + Onlooker.printable(standing.owner())
        + standing.until().map(end -> " until " + end).orElse("")
        + (standing.note().isEmpty() ? "" : ": " + Onlooker.printable(standing.note()));
  }

  private static ArrayNode json(List<GroupRow> rows, Instant now) {
    ArrayNode list = new ObjectMapper().createArrayNode();
    for (GroupRow row : rows) {
      FailureGroup standing = row.standing().at(now);
      ObjectNode node = list.addObject();
      node.put("group", row.id());
      node.put("state", standing.state().word());
      node.put("environment", row.environment());
      node.put("product_type", row.productType());
      node.put("defect_code", row.defectCode());
      node.put("fingerprint", row.fingerprint());
      node.put("title", row.title());
      node.put("example", row.example());
      node.put("failures", row.failures());
      node.put("circuits", row.circuits());
      node.put("first_seen", row.firstSeen().toString());
      node.put("last_seen", row.lastSeen().toString());
      node.put("owner", standing.owner());
      node.put("note", standing.note());
      standing.until().ifPresent(end -> node.put("until", end.toString()));
    }
    return list;
  }
}
