package io.orchscope.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.orchscope.evidence.EvidenceSearch;
import io.orchscope.evidence.KeptLogs;
import io.orchscope.evidence.StoredLogs;
import io.orchscope.evidence.StoredVerdict;
import io.orchscope.evidence.Verdict;
import java.io.PrintWriter;
import java.nio.file.Path;
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

/** {@code orchscope explain}: what was found out about a circuit, from the evidence alone. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Tells what was found about a circuit, newest attempt first: the verdict, the rule that spoke"
          + " and",
      "the text it matched, the step that failed, and where the evidence is. Asks no neighbour."
    })
final class ExplainCommand implements Callable<Integer> {

  @Mixin private FolderOptions folders = new FolderOptions();

  @Parameters(
      paramLabel = "CIRCUIT",
      description = "Circuit id, or the label of a resource without one.")
  private String circuit = "";

  @Option(names = "--evidence", paramLabel = "FOLDER", description = "Default: evidence.root.")
  private Optional<Path> evidence = Optional.empty();

  @Option(
      names = "--logs",
      paramLabel = "FOLDER",
      description = "Default: logs.root, or beside the folder of --evidence.")
  private Optional<Path> logs = Optional.empty();

  @Option(names = "--all", description = "Every attempt that was kept, not only the newest three.")
  private boolean all;

  @Option(names = "--json", description = "A list of {folder, mismatches, verdict}.")
  private boolean json;

  @Spec private CommandSpec spec;

  ExplainCommand() {
    spec = CommandSpec.create();
  }

  @Override
  public Integer call() throws Exception {
    Path root = evidence.orElseGet(() -> setting("evidence.root"));
    KeptLogs kept = new KeptLogs(logs.orElseGet(() -> logsBeside(root)));
    List<StoredVerdict> found = new EvidenceSearch(root).find(circuit);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(mapper().writeValueAsString(found));
    } else if (found.isEmpty()) {
      spec.commandLine()
          .getErr()
          .println(
              "Nothing is kept about '"
                  + Onlooker.printable(circuit)
                  + "' under "
                  + root
                  + ". Of healthy circuits evidence.keep = comparable keeps one of each product a"
                  + " day, all keeps every one.");
    } else {
      found.stream()
          .limit(all ? Long.MAX_VALUE : 3)
          .forEach(attempt -> tell(attempt, root, kept.ofAttempt(attempt.folder()), out));
      if (!all && found.size() > 3) {
        out.println("Showing 3 of " + found.size() + " attempts; --all shows the others.");
      }
    }
    out.flush();
    return found.isEmpty() ? Exit.OUR_FILES : Exit.OK;
  }

  /** A copy of the evidence has a copy of the logs beside it, if it has one. */
  private Path logsBeside(Path root) {
    Path usual = setting("logs.root");
    return evidence.isPresent() ? root.resolveSibling(String.valueOf(usual.getFileName())) : usual;
  }

  private Path setting(String key) {
    return Path.of(folders.configuration(Map.of()).settings().text(key));
  }

  private static ObjectMapper mapper() {
    return new ObjectMapper()
        .registerModule(new Jdk8Module())
        .registerModule(new JavaTimeModule())
        .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .enable(SerializationFeature.INDENT_OUTPUT);
  }

  private static void tell(
      StoredVerdict stored, Path root, Optional<StoredLogs> logs, PrintWriter out) {
    Verdict verdict = stored.verdict();
    Verdict.Subject resource = verdict.resource();
    line(out, resource.circuit() + "  " + resource.productName() + "  " + verdict.outcome());
    line(out, "  attempt    " + verdict.attemptedAt() + ", examined " + verdict.examinedAt());
    line(
        out,
        "  resource   "
            + resource.id()
            + ", "
            + resource.orchState()
            + ", revision "
            + resource.revision());
    resource
        .devices()
        .forEach(
            device ->
                line(
                    out,
                    "  device     "
                        + device.tid()
                        + device.managementAddress().map(address -> " at " + address).orElse("")
                        + device.disconnect().map(how -> ", disconnect " + how).orElse("")));
    verdict.unreadable().ifPresent(why -> line(out, "  unreadable " + why));
    verdict.occurrences().forEach(finding -> tell(finding, out));
    verdict.trace().ifPresent(trace -> tell(trace, out));
    logs.ifPresent(it -> LogLines.tell(it, out));
    verdict.telemetry().traceId().ifPresent(id -> line(out, "  telemetry  trace " + id));
    line(
        out,
        "  evidence   "
            + root.resolve(stored.folder())
            + (stored.isVerified() ? ", verified" : ""));
    stored.mismatches().forEach(wrong -> line(out, "  DAMAGED    " + wrong));
    out.println();
  }

  private static void tell(Verdict.Source trace, PrintWriter out) {
    line(
        out,
        "  trace      MDSO %s %s, %d entries, found by %s, %d attempt%s"
            .formatted(
                trace.traceId(),
                trace.operation(),
                trace.entries(),
                trace.foundBy().orElse("?"),
                trace.attempts(),
                trace.attempts() == 1 ? "" : "s"));
  }

  private static void tell(Verdict.Finding finding, PrintWriter out) {
    line(
        out,
        "  error      %s  %s (%s, %s)"
            .formatted(
                finding.code().orElse("UNCLASSIFIED"),
                finding.title(),
                finding.category(),
                finding.severity()));
    line(
        out,
        "    said by  "
            + finding.spokenBy()
            + (finding.process().isEmpty() ? "" : " of " + finding.process()));
    line(out, "    text     " + finding.text());
    if (!finding.matched().isEmpty()) {
      line(out, "    matched  " + finding.matched() + "  (rules " + finding.rulesVersion() + ")");
    }
    finding
        .partial()
        .ifPresent(
            codes ->
                line(
                    out,
                    "    partial  "
                        + String.join(", ", codes)
                        + " could not decide and might have won  (rules "
                        + finding.rulesVersion()
                        + ")"));
  }

  private static void line(PrintWriter out, String text) {
    out.println(Onlooker.printable(text));
  }
}
