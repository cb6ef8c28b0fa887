package io.orchscope.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The verdicts in an evidence archive, as any reader of its files sees them. */
final class KeptVerdicts {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Every {@code verdict.json} below a folder; none where there is no such folder. */
  static List<JsonNode> in(Path root) {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> found = Files.walk(root)) {
      return found
          .filter(file -> file.endsWith("verdict.json"))
          .sorted()
          .map(KeptVerdicts::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same by circuit; a list where a circuit has several. */
  static ObjectNode byCircuit(Path root) {
    ObjectNode circuits = JSON.createObjectNode();
    for (JsonNode verdict : in(root)) {
      String circuit = verdict.path("resource").path("circuit").asText();
      JsonNode before = circuits.path(circuit);
      if (before.isMissingNode()) {
        circuits.set(circuit, verdict);
      } else if (before instanceof ArrayNode several) {
        several.add(verdict);
      } else {
        circuits.set(circuit, JSON.createArrayNode().add(before).add(verdict));
      }
    }
    return circuits;
  }

  private static JsonNode read(Path file) {
    try {
      return JSON.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private KeptVerdicts() {}
}
