package io.orchscope.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchscope.Configuration;
import io.orchscope.Inspection;
import io.orchscope.settings.InvalidFileException;
import io.orchscope.settings.Mistake;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code orchscope check}: looks at every file of an operator; starts and writes nothing. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Looks at all of config/ and routes/ and says what is wrong, where, and what to do about it.",
      "Starts nothing, asks nobody, writes nothing."
    })
final class CheckCommand implements Callable<Integer> {

  @Mixin private FolderOptions folders = new FolderOptions();

  @Option(
      names = "--json",
      description =
          "A list of {file, place, reason, remedy} instead of text; warnings also have {warning}.")
  private boolean json;

  @Spec private CommandSpec spec;

  CheckCommand() {
    spec = CommandSpec.create();
  }

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    List<Mistake> mistakes = List.of();
    List<Mistake> warnings = List.of();
    String praise = "";
    try {
      Configuration configuration = folders.configuration(Map.of());
      mistakes = Inspection.ofRoutes(folders.folders(), configuration);
      warnings = configuration.warnings(folders.folders().config());
      praise =
          "All is in order: %d products, %d rules, %s."
              .formatted(
                  configuration.products().all().size(),
                  configuration.rules().rules().size(),
                  Inspection.countOfRoutes(folders.folders()));
    } catch (InvalidFileException wrong) {
      mistakes = wrong.mistakes();
    }
    if (json) {
      out.println(json(mistakes, warnings));
    } else {
      tell(warnings);
      if (mistakes.isEmpty()) {
        out.println(praise + (warnings.isEmpty() ? "" : " " + count(warnings.size())));
      } else {
        Commands.print(new InvalidFileException(mistakes), spec.commandLine().getErr());
      }
    }
    out.flush();
    return mistakes.isEmpty() ? Exit.OK : Exit.OUR_FILES;
  }

  /** Warnings stand behind the mistakes and say that they are some. */
  private static String json(List<Mistake> mistakes, List<Mistake> warnings) {
    ObjectMapper mapper = new ObjectMapper();
    ArrayNode list = mapper.valueToTree(mistakes);
    for (Mistake warning : warnings) {
      ObjectNode each = mapper.valueToTree(warning);
      list.add(each.put("warning", true));
    }
    return list.toString();
  }

  private void tell(List<Mistake> warnings) {
    PrintWriter err = spec.commandLine().getErr();
    for (Mistake warning : warnings) {
      err.println("Warning: " + warning.file() + ": " + warning.place());
      err.println("    " + warning.reason());
      err.println("    → " + warning.remedy());
    }
    err.flush();
  }

  private static String count(int warnings) {
    return warnings == 1 ? "There is one warning." : "There are " + warnings + " warnings.";
  }
}
