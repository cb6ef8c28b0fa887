package io.orchscope.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchscope.defect.Classification;
import io.orchscope.defect.DefectRules;
import io.orchscope.defect.RulesFile;
import io.orchscope.secret.OutsideText;
import io.orchscope.settings.InvalidFileException;
import io.orchscope.trace.FoundError;
import io.orchscope.trace.NormalisedError;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code orchscope classify}: which rule names a text. */
@Command(
    name = "classify",
    mixinStandardHelpOptions = true,
    description = {
      "Says which defect code the rules give to an error text, and which part of it matched.",
      "Reads the words typed, or a file, or standard input; in a file each line is one error."
    })
final class ClassifyCommand implements Callable<Integer> {

  @Parameters(paramLabel = "TEXT", arity = "0..*", description = "The error, as MDSO wrote it.")
  private List<String> words = List.of();

  @Option(names = "--file", paramLabel = "FILE", description = "One error a line.")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = "--process",
      paramLabel = "NAME",
      description = {
        "The failing step, such as scripts.networkservice.circuitdetailscollector.Activate;",
        "rules may tell steps apart."
      })
  private String process = "";

  @Option(
      names = "--rules",
      paramLabel = "FILE",
      description = "Default: config/defect-rules.yaml.")
  private Path rules = Path.of("config", "defect-rules.yaml");

  @Option(names = "--json", description = "One JSON object a line.")
  private boolean json;

  @Spec private CommandSpec spec;

  ClassifyCommand() {
    spec = CommandSpec.create();
  }

  @Override
  public Integer call() throws IOException {
    DefectRules table = RulesFile.read(rules);
    for (String text : texts()) {
      if (!text.isBlank()) {
        print(table.classify(normalised(text)));
      }
    }
    spec.commandLine().getOut().flush();
    return Exit.OK;
  }

  private List<String> texts() throws IOException {
    if (!words.isEmpty()) {
      return List.of(String.join(" ", words));
    }
    if (file.isPresent()) {
      Path path = Path.of(System.getProperty("orchscope.called-from", "")).resolve(file.get());
      if (!Files.isReadable(path)) {
        throw new InvalidFileException(
            path.toString(), "whole file", "it cannot be read", "Correct the path after --file.");
      }
      return Files.readAllLines(path);
    }
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      return in.lines().toList();
    }
  }

  private OutsideText normalised(String text) {
    return NormalisedError.of(
            new FoundError(FoundError.Source.CATEGORIZED, text, 0, process, "", "", ""))
        .text();
  }

  private void print(Classification found) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      ObjectNode line = new ObjectMapper().createObjectNode();
      line.put("code", found.codeOrUnclassified());
      line.put("title", found.title());
      line.put("category", found.category());
      line.put("severity", found.severity().word());
      line.put("matched", found.matched());
      line.put("normalised", found.normalised());
      line.put("rules_version", found.rulesVersion());
      ArrayNode partial = line.putArray("partial");
      found.partial().forEach(code -> partial.add(code.toString()));
      out.println(line);
      return;
    }
    out.println(found.codeOrUnclassified() + "  " + found.title());
    out.println("    " + found.category() + ", " + found.severity().word());
    out.println("    text     " + found.normalised());
    if (!found.matched().isEmpty()) {
      out.println("    matched  " + found.matched());
    } else {
      out.println(
          "    No rule of table "
              + found.rulesVersion()
              + " matches; docs/rules.md says how to add one.");
    }
    if (!found.partial().isEmpty()) {
      out.println(
          "    partial  "
              + found.partialCodes()
              + " could not decide within its budget and might have won; see 'orchscope check'.");
    }
  }
}
