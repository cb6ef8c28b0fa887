package io.orchscope.evidence;

import io.orchscope.hostlog.LogOrigin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far the copy of one log has come: a file in {@code .parts} as long as the folder is not
 * complete.
 *
 * @param generation 0, or more when the host put another file in the place of one that was kept
 * @param name in the folder, without the {@code .gz} of a compressed file
 * @param copy a second name, in {@link LogLayout#LEGACY}
 * @param whole what is in place, if anything is
 * @param part what is still being read, if anything is
 * @param remarks about what is in place; none while nobody has looked
 */
record LogState(
    Source source,
    int generation,
    String name,
    Optional<String> copy,
    Optional<Whole> whole,
    Optional<Part> part,
    Optional<List<LogRemark>> remarks) {

  /** A host's clock and ours may differ, and a file changes twice in one of its seconds. */
  private static final Duration SETTLED = Duration.ofMinutes(1);

  /**
   * Where a text is from.
   *
   * @param kind the word of an {@link ArtifactKind}
   */
  record Source(String kind, String host, String path, Optional<String> device) {

    static Source of(LogOrigin origin) {
      String kind = ArtifactKind.of(origin.kind()).word();
      return new Source(kind, origin.host(), origin.path(), origin.device());
    }

    /** Whether it is an answer, of which only the newest counts. */
    boolean isText() {
      return kind.equals(ArtifactKind.TRACE.word()) || kind.equals(ArtifactKind.TOPOLOGY.word());
    }

    String nameOnHost() {
      return path.substring(path.lastIndexOf('/') + 1);
    }
  }

  /**
   * A file in place.
   *
   * @param bytes of the file
   * @param modifiedAt of the original, when it was found
   * @param partial whether it ends before the original does
   * @param mark from where the original can be read on; before a last line that had no end
   */
  record Whole(
      long originalBytes,
      long bytes,
      String sha256,
      boolean compressed,
      long masked,
      Instant modifiedAt,
      Instant keptAt,
      boolean partial,
      Optional<Mark> mark) {

    /** The length of a last line without an end. */
    int rest(Mark mark) {
      return Math.toIntExact(originalBytes - mark.offset());
    }

    private Whole seen(Instant at) {
      return new Whole(originalBytes, bytes, sha256, compressed, masked, at, keptAt, partial, mark);
    }
  }

  /**
   * A file in {@code .parts}.
   *
   * @param mark up to where it counts
   * @param resumable whether the original can be read on from there
   * @param mayPass whether another try may bring more
   */
  record Part(Mark mark, boolean resumable, boolean mayPass) {}

  static LogState fresh(Source source, int generation, LogNames.Named named) {
    return new LogState(
        source,
        generation,
        named.name(),
        named.copy(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** What a manifest says of a file whose state is lost; it cannot be read on. */
  static LogState of(LogManifest.Artifact artifact, int generation) {
    Whole whole =
        new Whole(
            artifact.originalBytes(),
            artifact.bytes(),
            artifact.sha256(),
            artifact.compressed(),
            artifact.masked(),
            Instant.EPOCH,
            Instant.EPOCH,
            artifact.isPartial(),
            Optional.empty());
    return new LogState(
        new Source(artifact.kind(), artifact.host(), artifact.path(), artifact.device()),
        generation,
        artifact.plainName(),
        artifact.copy(),
        Optional.of(whole),
        Optional.empty(),
        Optional.empty());
  }

  /** The same with another part; what was said of a part that was not as long is void. */
  LogState with(Part reading) {
    boolean isTheSame = part.filter(it -> it.mark().equals(reading.mark())).isPresent();
    Optional<List<LogRemark>> left = whole.isPresent() || isTheSame ? remarks : Optional.empty();
    return new LogState(source, generation, name, copy, whole, Optional.of(reading), left);
  }

  /** The same with a file in place, of which nobody has looked at anything yet. */
  LogState with(Whole placed) {
    return new LogState(
        source, generation, name, copy, Optional.of(placed), Optional.empty(), Optional.empty());
  }

  /** The same with the part as a file in place; what was said of it holds. */
  LogState withSame(Whole placed) {
    Optional<List<LogRemark>> left = whole.isEmpty() ? remarks : Optional.empty();
    return new LogState(
        source, generation, name, copy, Optional.of(placed), Optional.empty(), left);
  }

  LogState withoutPart() {
    return new LogState(source, generation, name, copy, whole, Optional.empty(), remarks);
  }

  LogState withoutFile() {
    return new LogState(source, generation, name, copy, Optional.empty(), part, Optional.empty());
  }

  LogState with(List<LogRemark> found) {
    return new LogState(
        source, generation, name, copy, whole, part, Optional.of(List.copyOf(found)));
  }

  /** The same, known to be as it was when its original was changed last. */
  LogState seen(Instant modifiedAt) {
    return new LogState(
        source, generation, name, copy, whole.map(it -> it.seen(modifiedAt)), part, remarks);
  }

  /** Whether an original that was changed last at that moment is in place to its end. */
  boolean holdsWhatWasChangedAt(Instant modifiedAt) {
    return part.isEmpty()
        && whole
            .filter(it -> !it.partial() && it.modifiedAt().equals(modifiedAt))
            .filter(it -> modifiedAt.isBefore(it.keptAt().minus(SETTLED)))
            .isPresent();
  }

  /** The file's name in place. */
  String placed() {
    return name + (whole.filter(Whole::compressed).isPresent() ? ".gz" : "");
  }

  /** What its name in place would be if it were compressed, or were not. */
  String placedOtherwise() {
    return placed().equals(name) ? name + ".gz" : name;
  }

  /** So much of the original has come. */
  long originalBytes() {
    return whole.map(Whole::originalBytes).or(() -> part.map(it -> it.mark().offset())).orElse(0L);
  }

  /** Secrets that were taken out. */
  long masked() {
    return whole.map(Whole::masked).or(() -> part.map(it -> it.mark().masked())).orElse(0L);
  }

  /** Where the original would be read on. */
  Optional<Long> nextOffset() {
    return part.filter(Part::resumable)
        .map(Part::mark)
        .or(() -> whole.filter(Whole::partial).flatMap(Whole::mark))
        .map(Mark::offset);
  }

  /** Whether another try may bring more of what is partial. */
  boolean mayPass() {
    return part.map(Part::mayPass).orElse(true);
  }

  /** Whether the same file is in place. */
  boolean holdsTheSameAs(LogState other) {
    return name.equals(other.name())
        && whole.isPresent()
        && whole.map(Whole::sha256).equals(other.whole().map(Whole::sha256))
        && whole.map(Whole::partial).equals(other.whole().map(Whole::partial));
  }

  /** Whether the original goes on after what has come of it. */
  boolean isPartial() {
    return part.filter(it -> it.mark().offset() > 0).isPresent()
        || whole.filter(Whole::partial).isPresent();
  }

  /** Something that a manifest can speak of. */
  boolean holdsSomething() {
    return whole.isPresent() || part.filter(it -> it.mark().offset() > 0).isPresent();
  }
}
