package io.orchscope.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchscope.evidence.KeptLogs;
import io.orchscope.evidence.LogManifest;
import io.orchscope.evidence.StoredLogs;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code orchscope evidence list}: which logs were collected, and what is missing. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = {
      "Attempts whose logs were collected, the newest first: circuit, attempt, status, number of"
          + " logs",
      "and other texts, their bytes, and how many are missing."
    })
final class EvidenceListCommand implements Callable<Integer> {

  @Mixin private FolderOptions folders = new FolderOptions();

  @Option(names = "--circuit", paramLabel = "CIRCUIT", description = "Only of this circuit.")
  private String circuit = "";

  @Option(
      names = "--product",
      paramLabel = "TYPE",
      description = "Only of this product, such as service_mapper.")
  private String product = "";

  @Option(names = "--incomplete", description = "Only where something is missing.")
  private boolean incomplete;

  @Option(names = "--json", description = "With what is missing, as JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  EvidenceListCommand() {
    spec = CommandSpec.create();
  }

  @Override
  public Integer call() {
    var configuration = folders.configuration(Map.of());
    if (!product.isEmpty()) {
      configuration.products().ofType(product);
    }
    KeptLogs logs = new KeptLogs(Path.of(configuration.settings().text("logs.root")));
    List<StoredLogs> found =
        (circuit.isEmpty() ? logs.all() : logs.of(circuit))
            .stream()
                .filter(it -> product.isEmpty() || isOfProduct(it.manifest()))
                .filter(it -> !incomplete || !it.manifest().isComplete())
                .toList();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(json(found));
    } else {
      found.forEach(it -> tell(it.manifest(), out));
      long complete = found.stream().filter(it -> it.manifest().isComplete()).count();
      out.printf(
          "%d %s, %d complete.%n",
          found.size(), found.size() == 1 ? "attempt" : "attempts", complete);
    }
    out.flush();
    return Exit.OK;
  }

  private boolean isOfProduct(LogManifest manifest) {
    return manifest.subject().productType().equals(product);
  }

  private static void tell(LogManifest manifest, PrintWriter out) {
    int artifacts = manifest.artifacts().size();
    int gaps = manifest.gaps().size();
    out.printf(
        "%-24s %s  %-10s %4d %-5s %,14d bytes  %s%n",
        Onlooker.printable(manifest.subject().circuit()),
        attempt(manifest),
        Onlooker.printable(manifest.status()),
        artifacts,
        artifacts == 1 ? "text" : "texts",
        manifest.bytes(),
        gaps == 0 ? "no gaps" : gaps + (gaps == 1 ? " gap" : " gaps"));
  }

  private static String attempt(LogManifest manifest) {
    String place = manifest.subject().evidence();
    return place.substring(place.lastIndexOf('/') + 1);
  }

  private static ArrayNode json(List<StoredLogs> found) {
    ArrayNode list = new ObjectMapper().createArrayNode();
    for (StoredLogs stored : found) {
      LogManifest manifest = stored.manifest();
      ObjectNode node = list.addObject();
      node.put("circuit", manifest.subject().circuit());
      node.put("product", manifest.subject().productType());
      node.put("attempt", attempt(manifest));
      node.put("evidence", manifest.subject().evidence());
      node.put("folder", stored.folder());
      node.put("status", manifest.status());
      node.put("tries", manifest.tries());
      node.put("last_collected", manifest.lastCollected().toString());
      node.put("artifacts", manifest.artifacts().size());
      node.put("bytes", manifest.bytes());
      ArrayNode gaps = node.putArray("gaps");
      for (LogManifest.Gap gap : manifest.gaps()) {
        gaps.addObject()
            .put("host", gap.host())
            .put("what", gap.what())
            .put("reason", gap.reason())
            .put("explanation", gap.explanation())
            .put("may_pass", gap.mayPass());
      }
    }
    return list;
  }
}
