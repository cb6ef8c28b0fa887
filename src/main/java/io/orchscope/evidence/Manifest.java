package io.orchscope.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * What belongs into a folder, byte for byte; written last, so that a folder with one is whole.
 *
 * @param files in the order of their names, without the manifest itself
 */
record Manifest(String format, List<Entry> files) {

  static final String FORMAT = "orchscope-manifest/1";

  /** The file that holds it. */
  static final String FILE = "manifest.json";

  /** A file of the folder. */
  record Entry(String name, long bytes, String sha256) {

    private boolean fits(Path file) throws IOException {
      return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          && Files.size(file) == bytes
          && Sha256.hex(file).equals(sha256);
    }
  }

  static Manifest of(SortedMap<String, byte[]> files) {
    return new Manifest(FORMAT, files.entrySet().stream().map(Manifest::entry).toList());
  }

  /**
   * What does not fit between a folder and its manifest, as sentences; nothing when it is whole.
   */
  static List<String> mismatches(Path folder) {
    try {
      Manifest manifest =
          EvidenceJson.read(Files.readAllBytes(folder.resolve(FILE)), Manifest.class);
      if (!manifest.format().equals(FORMAT)) {
        return List.of("manifest.json is in the format '" + manifest.format() + "'.");
      }
      return manifest.compareWith(folder);
    } catch (IOException e) {
      return List.of("manifest.json cannot be read: " + e.getClass().getSimpleName() + ".");
    }
  }

  /** The names of the files that a folder is to hold, the manifest's own too; none without one. */
  static List<String> names(Path folder) {
    try {
      Manifest manifest =
          EvidenceJson.read(Files.readAllBytes(folder.resolve(FILE)), Manifest.class);
      return Stream.concat(
              manifest.files().stream()
                  .map(Entry::name)
                  .filter(name -> !name.contains("/") && !name.contains("\\"))
                  .filter(name -> !name.startsWith(".")),
              Stream.of(FILE))
          .toList();
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  private List<String> compareWith(Path folder) throws IOException {
    List<String> mismatches = new ArrayList<>();
    List<String> present = new ArrayList<>();
    try (Stream<Path> children = Files.list(folder)) {
      children.map(child -> folder.relativize(child).toString()).forEach(present::add);
    }
    present.remove(FILE);
    for (Entry entry : files) {
      // Only names that the folder listed are opened: a forged manifest reads no other file.
      if (!present.remove(entry.name())) {
        mismatches.add(entry.name() + " is missing.");
      } else if (!entry.fits(folder.resolve(entry.name()))) {
        mismatches.add(entry.name() + " is not what was kept.");
      }
    }
    present.stream().sorted().map(name -> name + " was not kept by us.").forEach(mismatches::add);
    return List.copyOf(mismatches);
  }

  private static Entry entry(Map.Entry<String, byte[]> file) {
    byte[] bytes = file.getValue();
    return new Entry(file.getKey(), bytes.length, Sha256.hex(bytes));
  }
}
