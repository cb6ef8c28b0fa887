package io.orchscope.cli;

import io.orchscope.evidence.EvidenceSearch;
import io.orchscope.evidence.KeptLogs;
import io.orchscope.evidence.StoredVerdict;
import io.orchscope.settings.Settings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code orchscope evidence verify}: whether everything is still what was kept. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Compares every file of the evidence and of the collected logs with its checksum, and says"
          + " what",
      "was changed, is missing, or was put there by somebody else. May run beside 'run'.",
      "Exit code 1 when there is any such thing."
    })
final class EvidenceVerifyCommand implements Callable<Integer> {

  @Mixin private FolderOptions folders = new FolderOptions();

  @Parameters(
      paramLabel = "CIRCUIT",
      arity = "0..1",
      description = "Only of this circuit. Default: all.")
  private String circuit = "";

  @Spec private CommandSpec spec;
  private int damaged;

  EvidenceVerifyCommand() {
    spec = CommandSpec.create();
  }

  @Override
  public Integer call() {
    Settings settings = folders.configuration(Map.of()).settings();
    EvidenceSearch evidence = new EvidenceSearch(Path.of(settings.text("evidence.root")));
    KeptLogs logs = new KeptLogs(Path.of(settings.text("logs.root")));
    List<String> verdicts =
        circuit.isEmpty()
            ? evidence.folders()
            : evidence.find(circuit).stream().map(StoredVerdict::folder).toList();
    List<String> collected = circuit.isEmpty() ? logs.folders() : logs.folders(circuit);
    PrintWriter out = spec.commandLine().getOut();
    if (!circuit.isEmpty() && verdicts.isEmpty() && collected.isEmpty()) {
      PrintWriter err = spec.commandLine().getErr();
      err.println("Nothing is kept about '" + Onlooker.printable(circuit) + "'.");
      err.flush();
      return Exit.OUR_FILES;
    }
    look("evidence", verdicts, evidence::verify, out);
    look("logs", collected, logs::verify, out);
    out.printf(
        "%d %s of evidence and %d of logs: %s%n",
        verdicts.size(),
        verdicts.size() == 1 ? "folder" : "folders",
        collected.size(),
        damaged == 0 ? "all is what was kept." : damaged + " not what was kept.");
    out.flush();
    return damaged == 0 ? Exit.OK : Exit.OUR_FILES;
  }

  private void look(
      String what, List<String> all, Function<String, List<String>> check, PrintWriter out) {
    for (String folder : all) {
      List<String> mismatches = check.apply(folder);
      if (!mismatches.isEmpty()) {
        damaged++;
        out.println("DAMAGED  " + what + " " + Onlooker.printable(folder));
        mismatches.forEach(wrong -> out.println("         " + Onlooker.printable(wrong)));
      }
    }
  }
}
