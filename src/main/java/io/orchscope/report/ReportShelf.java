package io.orchscope.report;

import io.orchscope.settings.OwnerOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where the files of reports are kept: one folder, names that sort by report and time. */
public final class ReportShelf {

  private static final Pattern NAME =
      Pattern.compile("[a-z0-9][A-Za-z0-9-]{0,120}\\.(xlsx|png|md)");

  private final Path root;

  /** A file. Units: bytes. */
  public record Kept(String name, Instant madeAt, long bytes) {}

  public ReportShelf(Path root) {
    this.root = root;
    list(Integer.MAX_VALUE).forEach(kept -> OwnerOnly.tighten(root.resolve(kept.name())));
  }

  /**
   * Keeps a file; half of it is never seen.
   *
   * <p>Errors: {@link UncheckedIOException}.
   */
  public Path keep(String name, byte[] bytes) {
    try {
      OwnerOnly.folder(root);
      Path half = Files.createTempFile(root, "half-", ".tmp");
      Files.write(half, bytes);
      return Files.move(
          half,
          root.resolve(name),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException unwritable) {
      throw new UncheckedIOException("The report " + name + " cannot be kept.", unwritable);
    }
  }

  /** The newest files. */
  public List<Kept> list(int most) {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(root)) {
      return files
          .filter(file -> NAME.matcher(file.getFileName().toString()).matches())
          .flatMap(file -> kept(file).stream())
          .sorted(Comparator.comparing(Kept::madeAt).reversed().thenComparing(Kept::name))
          .limit(most)
          .toList();
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  /** What a file holds; none when it is not one of ours. */
  public Optional<byte[]> read(String name) {
    Path file = root.resolve(name);
    if (!NAME.matcher(name).matches() || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readAllBytes(file));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private static Optional<Kept> kept(Path file) {
    try {
      return Optional.of(
          new Kept(
              file.getFileName().toString(),
              Files.getLastModifiedTime(file).toInstant(),
              Files.size(file)));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }
}
