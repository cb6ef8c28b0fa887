package io.orchscope.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.orchscope.Configuration;
import io.orchscope.ledger.DeploymentMarks;
import io.orchscope.ledger.DeploymentMarks.Mark;
import io.orchscope.ledger.Ledger;
import io.orchscope.ledger.LedgerPlace;
import io.orchscope.settings.InvalidFileException;
import io.orchscope.settings.Products;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code orchscope deployments}: when what builds circuits was changed. */
@Command(
    name = "deployments",
    mixinStandardHelpOptions = true,
    description = {
      "When somebody changed what builds the circuits of a product. The test deployment-watch",
      "(config/error-tests.yaml) tells the room of errors of kinds that are new since the last one."
    })
final class DeploymentsCommand implements Runnable {

  private static final String ALL = "all";

  @Mixin private FolderOptions folders = new FolderOptions();

  @Spec private CommandSpec spec;

  DeploymentsCommand() {
    spec = CommandSpec.create();
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "mark",
      mixinStandardHelpOptions = true,
      description =
          "Says that there was one: kinds of errors that are found first from then on are new.")
  int mark(
      @Parameters(
              arity = "1..*",
              paramLabel = "PRODUCT",
              description = "Types from products.yaml, as in service_mapper; or all.")
          List<String> products,
      @Option(names = "--by", required = true, description = "Who.") String who,
      @Option(names = "--note", defaultValue = "", description = "What was deployed.") String note,
      @Option(
              names = "--at",
              defaultValue = "",
              paramLabel = "TIME",
              description = "When, in UTC: 2024-03-01T12:00:00Z. Default: now.")
          String time) {
    Configuration configuration = folders.configuration(Map.of());
    Instant at = moment(time, Clock.systemUTC().instant());
    List<String> types = types(products, configuration.products());
    try (Ledger ledger = ledger(configuration)) {
      DeploymentMarks marks = new DeploymentMarks(ledger);
      types.forEach(type -> marks.mark(new Mark(type, at, who, note)));
    }
    PrintWriter out = spec.commandLine().getOut();
    types.forEach(type -> out.println("A deployment of " + type + " is marked at " + at));
    out.flush();
    return Exit.OK;
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "The newest first: when, which product, who, what.")
  int list(
      @Option(
              names = "--product",
              defaultValue = "",
              paramLabel = "PRODUCT",
              description = "Only those of one product.")
          String product,
      @Option(
              names = "--first",
              defaultValue = "50",
              paramLabel = "NUMBER",
              description = "Only so many. Default: ${DEFAULT-VALUE}.")
          int first,
      @Option(names = "--json", description = "As JSON.") boolean json)
      throws Exception {
    Configuration configuration = folders.configuration(Map.of());
    Optional<String> type =
        Optional.of(product)
            .filter(typed -> !typed.isEmpty())
            .map(typed -> configuration.products().ofType(typed).type());
    List<Mark> marks;
    try (Ledger ledger = ledger(configuration)) {
      marks = new DeploymentMarks(ledger).list(type, first);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(new ObjectMapper().writeValueAsString(json(marks)));
    } else {
      marks.forEach(mark -> tell(mark, out));
      out.println(marks.size() + (marks.size() == 1 ? " deployment." : " deployments."));
    }
    out.flush();
    return Exit.OK;
  }

  private static List<String> types(List<String> typed, Products products) {
    return typed.contains(ALL)
        ? products.types()
        : typed.stream().map(type -> products.ofType(type).type()).distinct().toList();
  }

  /** Errors: {@link InvalidFileException} for what is no moment, or lies ahead. */
  private static Instant moment(String typed, Instant now) {
    if (typed.isEmpty()) {
      return now;
    }
    try {
      Instant at = Instant.parse(typed);
      if (at.isAfter(now)) {
        throw new InvalidFileException(
            "command line", "--at", typed + " lies ahead", "Mark it when it is done.");
      }
      return at;
    } catch (DateTimeParseException wrong) {
      throw new InvalidFileException(
          "command line",
          "--at",
          "'" + typed + "' is no moment",
          "Write it in UTC, as in 2024-03-01T12:00:00Z.");
    }
  }

  private static Ledger ledger(Configuration configuration) {
    return new Ledger(LedgerPlace.of(configuration.settings()), Clock.systemUTC());
  }

  private static void tell(Mark mark, PrintWriter out) {
    out.printf(
        "%s  %-26s by %s%s%n",
        mark.at(),
        mark.productType(),
        Onlooker.printable(mark.who()),
        mark.note().isEmpty() ? "" : ": " + Onlooker.printable(mark.note()));
  }

  private static ArrayNode json(List<Mark> marks) {
    ArrayNode list = new ObjectMapper().createArrayNode();
    for (Mark mark : marks) {
      list.addObject()
          .put("product_type", mark.productType())
          .put("marked_at", mark.at().toString())
          .put("who", mark.who())
          .put("note", mark.note());
    }
    return list;
  }
}
