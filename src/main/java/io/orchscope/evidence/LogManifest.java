package io.orchscope.evidence;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.orchscope.hostlog.LogGap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What logs of an attempt were collected, what is missing, and what they say: {@code manifest.json}
 * in a folder of logs.
 *
 * <p>Shape: the file's keys are these components in snake case and in this order. Units: all times
 * UTC, all sizes bytes.
 *
 * @param format {@code orchscope-logs/1}; a later minor addition keeps it
 * @param status the word of a {@link LogStatus}
 * @param tries so often has it been tried to collect them all
 * @param artifacts in the order of their names
 * @param decisive the line that says why the attempt failed, as far as somebody has found it
 */
public record LogManifest(
    String format,
    LogSubject subject,
    String status,
    int tries,
    Instant firstCollected,
    Instant lastCollected,
    List<Artifact> artifacts,
    List<Gap> gaps,
    List<LogRemark> remarks,
    Optional<LogRemark> decisive) {

  /** What {@code format} says in files that this version writes and reads. */
  public static final String FORMAT = "orchscope-logs/1";

  /** The file that holds it. */
  static final String FILE = "manifest.json";

  /**
   * A text that was kept.
   *
   * @param name in the folder, with {@code /}
   * @param kind the word of an {@link ArtifactKind}
   * @param host where it was found, with the {@code path} on it
   * @param originalBytes so much of the original is in it
   * @param bytes of the file
   * @param sha256 of the file
   * @param compressed whether it is gzip
   * @param masked secrets that were taken out
   * @param status {@code kept}, {@code empty} or {@code partial}
   * @param nextOffset where the original would be read on, if it can be
   * @param copy a second name of the same file
   * @param part where it is as long as it is not in its place
   */
  public record Artifact(
      String name,
      String kind,
      String host,
      String path,
      Optional<String> device,
      long originalBytes,
      long bytes,
      String sha256,
      boolean compressed,
      long masked,
      String status,
      Optional<Long> nextOffset,
      Optional<String> copy,
      Optional<String> part) {

    /** Takes no name that leads out of the folder. */
    public Artifact {
      if (!Stream.of(Optional.of(name), copy, part)
          .flatMap(Optional::stream)
          .allMatch(ArtifactFile::isName)) {
        throw new IllegalArgumentException("'" + name + "' is not a name in a folder of logs.");
      }
    }

    static Artifact of(LogState state, LogState.Whole whole) {
      LogState.Source source = state.source();
      Kept.Status kept = whole.originalBytes() == 0 ? Kept.Status.EMPTY : Kept.Status.KEPT;
      return new Artifact(
          state.placed(),
          source.kind(),
          source.host(),
          source.path(),
          source.device(),
          whole.originalBytes(),
          whole.bytes(),
          whole.sha256(),
          whole.compressed(),
          whole.masked(),
          (state.isPartial() ? Kept.Status.PARTIAL : kept).word(),
          state.nextOffset(),
          state.copy(),
          Optional.empty());
    }

    /** Of a log that is not in its place yet. */
    static Artifact of(LogState state, Mark mark, String sha256, String part) {
      LogState.Source source = state.source();
      return new Artifact(
          state.name(),
          source.kind(),
          source.host(),
          source.path(),
          source.device(),
          mark.offset(),
          mark.bytes(),
          sha256,
          false,
          mark.masked(),
          Kept.Status.PARTIAL.word(),
          state.nextOffset(),
          Optional.empty(),
          Optional.of(part));
    }

    /** Whether the original goes on where it ends. */
    @JsonIgnore
    public boolean isPartial() {
      return status.equals(Kept.Status.PARTIAL.word());
    }

    /** The name of its text. */
    public String plainName() {
      return compressed && name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
    }
  }

  /** Something that should be there and is not; {@code reason} is a word of {@link LogGap}. */
  public record Gap(String host, String what, String reason, String explanation, boolean mayPass) {

    static Gap of(LogGap gap, LineMask mask) {
      return new Gap(
          gap.host(),
          gap.what(),
          gap.reason().word(),
          mask.mask(gap.explanation()).line(),
          gap.reason().mayPass());
    }
  }

  /** Of a folder in which nothing is yet. */
  static LogManifest fresh(LogSubject subject, Instant now) {
    return new LogManifest(
        FORMAT,
        subject,
        LogStatus.INCOMPLETE.word(),
        0,
        now,
        now,
        List.of(),
        List.of(),
        List.of(),
        Optional.empty());
  }

  /** The one in a folder; none when there is no readable one of ours. */
  static Optional<LogManifest> read(Path folder) {
    try {
      Optional<Path> file = ArtifactFile.find(folder, FILE);
      return file.isEmpty()
          ? Optional.empty()
          : Optional.of(EvidenceJson.read(Files.readAllBytes(file.get()), LogManifest.class))
              .filter(manifest -> manifest.format().equals(FORMAT));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /** Whether all that there will ever be is here. */
  @JsonIgnore
  public boolean isComplete() {
    return status.equals(LogStatus.COMPLETE.word());
  }

  /** Whether somebody will try again by themselves. */
  @JsonIgnore
  public boolean isIncomplete() {
    return status.equals(LogStatus.INCOMPLETE.word());
  }

  /** The sum of the files, each counted once. */
  public long bytes() {
    return artifacts.stream().mapToLong(Artifact::bytes).sum();
  }
}
