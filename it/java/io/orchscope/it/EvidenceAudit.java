package io.orchscope.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Whether every folder of an evidence archive is what its manifest says, as a stranger sees it. */
final class EvidenceAudit {

  /** What does not fit, as sentences; nothing where everything is whole, or nothing is there. */
  static List<String> mismatches(Path root) {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> found = Files.walk(root)) {
      List<String> mismatches = new ArrayList<>();
      for (Path folder : found.filter(EvidenceAudit::isKept).toList()) {
        check(folder, mismatches);
      }
      return mismatches;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many folders hold something, so that nothing is whole only because nothing is there. */
  static long kept(Path root) {
    try (Stream<Path> found = Files.walk(root)) {
      return found.filter(EvidenceAudit::isKept).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is being written stands in a folder whose name begins with a dot. */
  private static boolean isKept(Path folder) {
    boolean hidden = false;
    for (Path part : folder) {
      hidden |= part.toString().startsWith(".");
    }
    return !hidden && Files.isDirectory(folder) && hasFiles(folder);
  }

  private static boolean hasFiles(Path folder) {
    try (Stream<Path> children = Files.list(folder)) {
      return children.anyMatch(Files::isRegularFile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void check(Path folder, List<String> mismatches) throws IOException {
    Path manifest = folder.resolve("manifest.json");
    if (!Files.isRegularFile(manifest)) {
      mismatches.add(folder + " has no manifest");
      return;
    }
    JsonNode files = new ObjectMapper().readTree(manifest.toFile()).path("files");
    if (files.isEmpty()) {
      mismatches.add(manifest + " lists nothing");
    }
    for (JsonNode file : files) {
      Path path = folder.resolve(file.path("name").asText());
      if (!Files.isRegularFile(path)) {
        mismatches.add(path + " is missing");
      } else if (!sha256(path).equals(file.path("sha256").asText())) {
        mismatches.add(path + " is not what was kept");
      }
    }
  }

  private static String sha256(Path file) throws IOException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private EvidenceAudit() {}
}
