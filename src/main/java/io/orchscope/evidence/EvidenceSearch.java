package io.orchscope.evidence;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.orchscope.defect.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds and checks what an archive has kept; it only reads, so it may run beside the archive.
 *
 * <p>Errors: {@link StorageFault} when a folder cannot be listed. A root that is not there holds
 * nothing.
 */
public final class EvidenceSearch {

  private static final Logger LOG = LoggerFactory.getLogger(EvidenceSearch.class);

  private final Path root;

  public EvidenceSearch(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  /**
   * All attempts of a circuit that were kept, over all products, the newest first.
   *
   * <p>Errors: a folder without a readable verdict is passed over with a warning in the log.
   */
  public List<StoredVerdict> find(String circuit) {
    List<StoredVerdict> found = new ArrayList<>();
    for (Path product : folders(root)) {
      for (Path attempt : folders(product.resolve(SafeName.of(circuit)))) {
        read(attempt)
            .filter(it -> it.verdict().resource().circuit().equals(circuit))
            .ifPresent(found::add);
      }
    }
    found.sort(
        Comparator.comparing((StoredVerdict it) -> it.verdict().attemptedAt())
            .thenComparing(it -> it.verdict().examinedAt())
            .thenComparing(StoredVerdict::folder)
            .reversed());
    return List.copyOf(found);
  }

  /** The folders of all attempts that were kept, for {@link #open}, in the order of their names. */
  public List<String> folders() {
    List<String> found = new ArrayList<>();
    for (Path product : folders(root)) {
      for (Path circuit : folders(product)) {
        folders(circuit).forEach(attempt -> found.add(name(attempt)));
      }
    }
    return List.copyOf(found);
  }

  /** What such a folder holds; none, with a warning in the log, when its verdict is unreadable. */
  public Optional<StoredVerdict> open(String folder) {
    return Place.parse(folder).flatMap(place -> read(place.under(root)));
  }

  /** The same, of which nobody has looked yet whether it is what was kept. */
  Optional<StoredVerdict> peek(String folder) {
    return Place.parse(folder).flatMap(place -> read(place.under(root), false));
  }

  /** The TraceLog in a folder, byte for byte as MDSO sent it; none when it cannot be read. */
  public Optional<byte[]> traceLog(String folder) {
    return Place.parse(folder)
        .flatMap(
            place -> {
              try {
                Path file = place.under(root).resolve(EvidenceArchive.TRACE_LOG);
                return Optional.of(Files.readAllBytes(file));
              } catch (IOException e) {
                return Optional.empty();
              }
            });
  }

  /** The files that a folder holds and its manifest names, the manifest itself too. */
  public List<StoredFile> files(String folder) {
    return Place.parse(folder)
        .map(place -> place.under(root))
        .map(
            attempt ->
                Manifest.names(attempt).stream()
                    .filter(name -> Files.isRegularFile(attempt.resolve(name), NOFOLLOW_LINKS))
                    .map(name -> new StoredFile(folder, name, size(attempt.resolve(name))))
                    .toList())
        .orElse(List.of());
  }

  /** What a file of a folder holds; none when its manifest does not name it. */
  public Optional<byte[]> file(String folder, String name) {
    return files(folder).stream()
        .filter(file -> file.name().equals(name))
        .findFirst()
        .flatMap(file -> Place.parse(folder))
        .flatMap(
            place -> {
              try {
                return Optional.of(Files.readAllBytes(place.under(root).resolve(name)));
              } catch (IOException unreadable) {
                return Optional.empty();
              }
            });
  }

  /**
   * The newest attempt of a product that is kept and has succeeded; none where only failures are.
   */
  public Optional<StoredVerdict> lastSuccess(String productType) {
    return folders(root.resolve(Place.ofProduct(productType))).stream()
        .flatMap(circuit -> folders(circuit).stream())
        // An attempt's folder is called by the time when it began.
        .sorted(Comparator.comparing(EvidenceSearch::lastPart).reversed())
        .map(attempt -> read(attempt, false))
        .flatMap(Optional::stream)
        .filter(stored -> stored.verdict().outcome().equals(Outcome.HEALTHY.word()))
        .filter(stored -> stored.verdict().trace().isPresent())
        .findFirst();
  }

  private static String lastPart(Path path) {
    return String.valueOf(path.getFileName());
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException gone) {
      return 0;
    }
  }

  /** What does not fit in a folder that was kept, as sentences; nothing when all of it does. */
  public List<String> verify(String folder) {
    return Place.parse(folder)
        .map(place -> Manifest.mismatches(place.under(root)))
        .orElseGet(() -> List.of("'" + folder + "' is not a folder of the archive."));
  }

  private Optional<StoredVerdict> read(Path attempt) {
    return read(attempt, true);
  }

  private Optional<StoredVerdict> read(Path attempt, boolean verifies) {
    String folder = name(attempt);
    try {
      byte[] bytes = Files.readAllBytes(attempt.resolve(EvidenceArchive.VERDICT));
      Verdict verdict = EvidenceJson.read(bytes, Verdict.class);
      if (verdict.format().equals(Verdict.FORMAT)) {
        return Optional.of(
            new StoredVerdict(
                folder, verdict, verifies ? Manifest.mismatches(attempt) : List.of()));
      }
      LOG.warn("A verdict is in another format. folder={} format={}", folder, verdict.format());
    } catch (IOException e) {
      String reason = e.getClass().getSimpleName();
      LOG.warn("A folder holds no readable verdict. folder={} reason={}", folder, reason);
    }
    return Optional.empty();
  }

  private String name(Path attempt) {
    return root.relativize(attempt).toString().replace('\\', '/');
  }

  /** Folders in a folder, without links and without those whose name begins with a dot. */
  private static List<Path> folders(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children
          .filter(child -> Files.isDirectory(child, NOFOLLOW_LINKS))
          .filter(child -> !folder.relativize(child).toString().startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new StorageFault("Evidence could not be listed", folder, e);
    }
  }
}
