package io.orchscope.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchscope.defect.DefectCode;
import io.orchscope.defect.DefectRules;
import io.orchscope.defect.RulesFile;
import io.orchscope.evidence.EvidenceSearch;
import io.orchscope.evidence.StoredVerdict;
import io.orchscope.evidence.Verdict;
import io.orchscope.legacy.ImportedRules;
import io.orchscope.legacy.LegacyTable;
import io.orchscope.legacy.TableFile;
import io.orchscope.legacy.TableFinding;
import io.orchscope.legacy.TableImport;
import io.orchscope.settings.InvalidFileException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code orchscope rules import}: moving in from the old monitor's table. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a file of rules from the old monitor's table.",
      "A spreadsheet (.xlsx, sheet 'categorized'), CSV, or SQLite (.db, table 'defects'). Says what is wrong",
      "with which row; what cannot be a rule stands in the new file as a comment. The table and the",
      "configuration stay as they are."
    })
final class RulesImportCommand implements Callable<Integer> {

  private static final int SHOWN = 10;

  @Mixin private FolderOptions folders = new FolderOptions();

  @Parameters(paramLabel = "TABLE", description = "The old table.")
  private Path table = Path.of("");

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "The new file.")
  private Path out = Path.of("");

  @Option(
      names = "--order",
      defaultValue = "number",
      paramLabel = "ORDER",
      description =
          "number tries DE-9999 before DE-10000; text the other way round, as the old monitor did."
              + " Default: ${DEFAULT-VALUE}.")
  private String order = "number";

  @Option(names = "--owner", defaultValue = "imported", description = "Of all rules, for now.")
  private String owner = "imported";

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "All findings as JSON; the terminal shows ten of each kind.")
  private Optional<Path> report = Optional.empty();

  @Spec private CommandSpec spec;

  RulesImportCommand() {
    spec = CommandSpec.create();
  }

  @Override
  public Integer call() throws Exception {
    boolean isByText = order.equals("text");
    if (!isByText && !order.equals("number")) {
      throw new InvalidFileException(
          "--order", "'" + order + "'", "it is no order", "Write number or text.");
    }
    if (Files.exists(out)) {
      throw new InvalidFileException(
          out.toString(), "whole file", "it is there already", "Name another, or remove it.");
    }
    LegacyTable read = TableFile.read(table);
    List<String> history = history();
    Comparator<DefectCode> codes = isByText ? DefectCode.BY_TEXT : Comparator.naturalOrder();
    TableImport.Outcome outcome = TableImport.of(read, codes, history);
    Files.writeString(out, ImportedRules.yaml(outcome, owner, order));
    tell(read, outcome, history.size());
    if (report.isPresent()) {
      Files.writeString(report.get(), json(outcome));
    }
    DefectRules rules = RulesFile.read(out);
    PrintWriter terminal = spec.commandLine().getOut();
    terminal.printf(
        "%s is sound: table %s, %,d rules.%n", out, rules.version(), rules.rules().size());
    terminal.flush();
    return Exit.OK;
  }

  /** The errors that are kept; none where there is no evidence. */
  private List<String> history() {
    Path root = Path.of(folders.configuration(Map.of()).settings().text("evidence.root"));
    EvidenceSearch evidence = new EvidenceSearch(root);
    return evidence.folders().stream()
        .flatMap(folder -> evidence.open(folder).stream())
        .map(StoredVerdict::verdict)
        .flatMap(verdict -> verdict.occurrences().stream())
        .map(Verdict.Finding::normalised)
        .toList();
  }

  private void tell(LegacyTable read, TableImport.Outcome outcome, int history) {
    PrintWriter terminal = spec.commandLine().getOut();
    terminal.printf(
        "%,d rows: %,d rules, %,d left out; %,d findings.%n",
        read.rows().size(),
        outcome.kept().size(),
        outcome.leftOut().size(),
        outcome.findings().size());
    for (TableFinding.Kind kind : TableFinding.Kind.values()) {
      List<TableFinding> some =
          outcome.findings().stream().filter(finding -> finding.kind() == kind).toList();
      if (some.isEmpty()) {
        continue;
      }
      terminal.printf("%n%,d %s%n", some.size(), kind.title());
      some.stream()
          .limit(SHOWN)
          .forEach(
              finding ->
                  terminal.println(
                      Onlooker.printable(
                          "  %s, %s: %s. %s"
                              .formatted(
                                  finding.place(),
                                  finding.code(),
                                  finding.reason(),
                                  finding.remedy()))));
      if (some.size() > SHOWN) {
        terminal.printf("  … and %,d more; --report FILE has them all.%n", some.size() - SHOWN);
      }
    }
    if (history == 0) {
      terminal.println();
      terminal.println("No evidence is kept here, so nothing is said of rules that are unused.");
    }
    terminal.println();
  }

  private static String json(TableImport.Outcome outcome) throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    ArrayNode list = mapper.createArrayNode();
    for (TableFinding finding : outcome.findings()) {
      ObjectNode node = list.addObject();
      node.put("kind", finding.kind().word());
      node.put("place", finding.place());
      node.put("code", finding.code());
      node.put("reason", finding.reason());
      node.put("remedy", finding.remedy());
    }
    return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(list);
  }
}
