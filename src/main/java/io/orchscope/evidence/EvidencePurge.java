package io.orchscope.evidence;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Removes attempts from an archive, each as a whole: it is moved out of its place in one step, and
 * only then taken apart, so that no folder in place ever lacks a file. What a crash leaves half is
 * out of place already, and the next archive that opens deletes it.
 *
 * <p>What is being built is elsewhere and not touched. May run beside archives of this process and
 * of others: what was moved is looked at once more, and put back if it has been replaced by
 * something younger in the meantime.
 *
 * <p>Errors: {@link StorageFault} when the disk refuses; doing it again is safe.
 */
public final class EvidencePurge {

  private static final Pattern NAME =
      Pattern.compile("(\\d{4})(\\d{2})(\\d{2})T(\\d{2})(\\d{2})(\\d{2})Z-.*");

  /** How far the orchestrator's clock may be ahead of ours. */
  private static final Duration CLOCKS_DIFFER_BY = Duration.ofDays(1);

  private final Path root;
  private final Optional<Removal> removal;

  /** Takes a folder away if it still goes; answers whether it did. */
  interface Removal {
    boolean remove(Path attempt, Predicate<Path> goes) throws IOException;
  }

  private interface Visit {
    void to(Path folder) throws IOException;
  }

  private static final class Sum {
    private Removed removed = new Removed(0, 0);
  }

  /** What was removed, or would be. */
  public record Removed(long folders, long bytes) {

    private Removed plus(long more) {
      return new Removed(folders + 1, bytes + more);
    }
  }

  EvidencePurge(Path root, Optional<Removal> removal) {
    this.root = root.toAbsolutePath().normalize();
    this.removal = removal;
  }

  /** One that only counts, and writes nothing. A root that is not there holds nothing. */
  public static EvidencePurge trial(Path root) {
    return new EvidencePurge(root, Optional.empty());
  }

  /**
   * Removes attempts that were examined last before a moment.
   *
   * @param goesOn asked before each attempt; no ends it early
   */
  public Removed olderThan(Instant limit, BooleanSupplier goesOn) {
    Sum sum = new Sum();
    Predicate<Path> goes = attempt -> goesOn.getAsBoolean() && isOlder(attempt, limit);
    visit(product -> each(product, circuit -> inCircuit(circuit, goes, sum)));
    return sum.removed;
  }

  /**
   * Removes the attempts of one circuit, of all products.
   *
   * @param stays whether a resource, by its id, keeps its evidence
   */
  public Removed ofCircuit(String circuit, Predicate<String> stays) {
    Sum sum = new Sum();
    Predicate<Path> goes = attempt -> isOf(attempt, circuit, stays);
    visit(product -> inCircuit(product.resolve(SafeName.of(circuit)), goes, sum));
    return sum.removed;
  }

  private void visit(Visit product) {
    try {
      each(root, product);
    } catch (IOException e) {
      throw new StorageFault("Evidence could not be purged", root, e);
    }
  }

  private void inCircuit(Path circuit, Predicate<Path> goes, Sum sum) throws IOException {
    long before = sum.removed.folders();
    each(
        circuit,
        attempt -> {
          if (goes.test(attempt)) {
            long bytes = bytes(attempt);
            if (removal.isEmpty() || removal.get().remove(attempt, goes)) {
              sum.removed = sum.removed.plus(bytes);
            }
          }
        });
    if (removal.isPresent() && sum.removed.folders() > before) {
      prune(circuit);
    }
  }

  /** Its name says when the attempt began; nothing is examined before that. */
  private static boolean isOlder(Path attempt, Instant limit) {
    if (began(attempt).filter(at -> at.isAfter(limit.plus(CLOCKS_DIFFER_BY))).isPresent()) {
      return false;
    }
    try {
      return verdict(attempt)
          .map(Verdict::examinedAt)
          .orElse(Files.getLastModifiedTime(attempt).toInstant())
          .isBefore(limit);
    } catch (IOException gone) {
      return false;
    }
  }

  private static boolean isOf(Path attempt, String circuit, Predicate<String> stays) {
    // A folder whose verdict cannot be read is the circuit's by its name.
    return verdict(attempt)
        .map(Verdict::resource)
        .map(resource -> resource.circuit().equals(circuit) && !stays.test(resource.id()))
        .orElse(true);
  }

  private static Optional<Instant> began(Path attempt) {
    Matcher name = NAME.matcher(String.valueOf(attempt.getFileName()));
    try {
      return name.matches()
          ? Optional.of(Instant.parse(name.replaceFirst("$1-$2-$3T$4:$5:$6Z")))
          : Optional.empty();
    } catch (DateTimeException noMoment) {
      return Optional.empty();
    }
  }

  private static Optional<Verdict> verdict(Path attempt) {
    try {
      byte[] bytes = Files.readAllBytes(attempt.resolve(EvidenceArchive.VERDICT));
      return Optional.of(EvidenceJson.read(bytes, Verdict.class));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private static long bytes(Path attempt) throws IOException {
    long sum = 0;
    try (Stream<Path> files = Files.list(attempt)) {
      for (Path file : files.toList()) {
        sum += Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Files.size(file) : 0;
      }
    } catch (NoSuchFileException gone) {
      return sum;
    }
    return sum;
  }

  /** A circuit of which nothing is left; an archive that needs the folder makes it again. */
  private static void prune(Path circuit) throws IOException {
    try {
      Files.deleteIfExists(circuit);
    } catch (DirectoryNotEmptyException inUse) {
      // Other attempts are in it.
      return;
    }
  }

  /**
   * The folders in a folder, in any order, without links and without those that begin with a dot.
   */
  private static void each(Path folder, Visit visit) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      for (Path child : (Iterable<Path>) children::iterator) {
        if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)
            && !String.valueOf(child.getFileName()).startsWith(".")) {
          visit.to(child);
        }
      }
    } catch (NoSuchFileException gone) {
      // Then there is nothing in it; so is an archive that was never written to.
      return;
    }
  }
}
