package io.orchscope.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Puts copied logs in their places, each in one step: its state is written first, so that whoever
 * comes after a crash knows what the file in {@code .parts} is.
 */
final class LogShelf {

  private static final int CHUNK = 64 * 1024;

  private final Path folder;
  private final LogTools tools;
  private final LogStates states;
  private final LogNames names;
  private final LogDisk disk;

  /** What a finished part is to a file in place. */
  private enum Relation {
    SAME,
    LONGER,
    OTHER
  }

  /**
   * A part that has come to its end.
   *
   * @param modifiedAt of the original, when it was found
   * @param partial whether its end is not the original's
   * @param continues whether it is known to begin with what is in place
   */
  record Ready(
      LogState state,
      LogTransfer.Copied copied,
      Instant modifiedAt,
      boolean partial,
      boolean continues) {}

  LogShelf(Path folder, LogTools tools, LogStates states, LogNames names) {
    this.folder = folder;
    this.tools = tools;
    this.states = states;
    this.names = names;
    this.disk = tools.disk();
  }

  /**
   * Puts a part in place, and answers with its state. Another file than the one that is there does
   * not replace it but stands beside it: a host has rotated its logs, and both are evidence.
   */
  LogState put(Ready ready) throws IOException {
    LogState state = ready.state();
    if (state.whole().isEmpty() || ready.continues()) {
      return place(ready, state);
    }
    Relation relation = relation(state);
    if (relation == Relation.SAME && state.whole().get().partial() == ready.partial()) {
      LogState seen = states.put(state.withoutPart().seen(ready.modifiedAt()));
      disk.delete(states.part(state));
      return seen;
    }
    if (relation != Relation.OTHER || state.source().isText()) {
      return place(ready, state);
    }
    LogState beside = states.next(state.source(), names);
    disk.move(states.part(state), states.part(beside));
    states.put(state.withoutPart());
    return place(ready, beside);
  }

  /**
   * Puts what has come of an unfinished log in its place, for people to read; what is there stays
   * if it is longer.
   */
  void publish(LogState state, Mark mark) throws IOException {
    if (mark.offset() > state.whole().map(LogState.Whole::originalBytes).orElse(0L)) {
      try (PartFile part = new PartFile(states.part(state), mark.bytes(), disk, CHUNK)) {
        part.force();
      }
      put(new Ready(state, LogTransfer.Copied.upTo(mark), Instant.EPOCH, true, false));
    }
  }

  private LogState place(Ready ready, LogState state) throws IOException {
    LogTransfer.Copied copied = ready.copied();
    boolean packs =
        tools.form().layout() == LogLayout.OWN
            && !state.source().isText()
            && copied.bytes() > tools.form().compressAbove();
    Path staged = packs ? pack(state) : states.part(state);
    boolean isReadOn =
        !ready.partial() || ready.state().part().filter(LogState.Part::resumable).isPresent();
    LogState.Whole whole =
        new LogState.Whole(
            copied.originalBytes(),
            Files.size(staged),
            Sha256.hex(staged),
            packs,
            copied.masked(),
            ready.modifiedAt(),
            tools.clock().instant(),
            ready.partial(),
            isReadOn ? Optional.of(copied.mark()) : Optional.empty());
    LogState placed = states.put(ready.partial() ? state.withSame(whole) : state.with(whole));
    settle(placed, staged);
    return placed;
  }

  private Path pack(LogState state) throws IOException {
    Path packed = states.packed(state);
    try (InputStream in = Files.newInputStream(states.part(state));
        PartFile out = new PartFile(packed, 0, disk, CHUNK)) {
      try {
        GZIPOutputStream gzip = new GZIPOutputStream(out, CHUNK);
        in.transferTo(gzip);
        gzip.finish();
        out.force();
      } catch (IOException e) {
        out.giveBack(0);
        throw e;
      }
    }
    return packed;
  }

  /** What is in {@code .parts} goes last: as long as it is there, this is not finished. */
  private void settle(LogState state, Path staged) throws IOException {
    if (state.copy().isPresent()) {
      disk.link(staged, states.link(state), folder.resolve(state.copy().get()));
    }
    disk.move(staged, folder.resolve(state.placed()));
    disk.delete(folder.resolve(state.placedOtherwise()));
    disk.delete(states.part(state));
    disk.delete(states.packed(state));
  }

  /**
   * Finishes what a crash left between two steps, and forgets a file that somebody has removed, so
   * that it is collected anew.
   */
  void recover(LogState state) throws IOException {
    if (state.whole().isEmpty()) {
      return;
    }
    LogState.Whole whole = state.whole().get();
    if (state.part().isEmpty()) {
      Path staged = whole.compressed() ? states.packed(state) : states.part(state);
      if (Disk.exists(staged) && Sha256.hex(staged).equals(whole.sha256())) {
        settle(state, staged);
        return;
      }
      if (states.isOnItsWay(state)) {
        disk.delete(folder.resolve(state.placedOtherwise()));
        disk.delete(states.part(state));
        disk.delete(states.packed(state));
      }
    }
    if (!isOfSize(state.placed(), whole)) {
      states.put(state.withoutFile());
    } else if (state.copy().filter(copy -> !isOfSize(copy, whole)).isPresent()) {
      Path copy = folder.resolve(state.copy().get());
      disk.link(folder.resolve(state.placed()), states.link(state), copy);
    }
  }

  /** Whether what is in place is what was put there, to the last byte. */
  boolean isIntact(LogState state) throws IOException {
    Optional<Path> file = ArtifactFile.find(folder, state.placed());
    return file.isPresent()
        && state.whole().isPresent()
        && Sha256.hex(file.get()).equals(state.whole().get().sha256());
  }

  private boolean isOfSize(String name, LogState.Whole whole) {
    try {
      Optional<Path> file = ArtifactFile.find(folder, name);
      return file.isPresent() && Files.size(file.get()) == whole.bytes();
    } catch (IOException gone) {
      return false;
    }
  }

  /** Begins a part with what is in place, up to a mark. */
  void unpack(LogState state, Mark mark) throws IOException {
    try (InputStream in = open(state);
        PartFile out = new PartFile(states.part(state), 0, disk, CHUNK)) {
      long copied = new LimitedStream(in, mark.bytes()).transferTo(out);
      if (copied < mark.bytes()) {
        throw new IOException(state.placed() + " is shorter than it was");
      }
      out.force();
    }
  }

  /** What is in place, uncompressed. */
  private InputStream open(LogState state) throws IOException {
    InputStream in = Files.newInputStream(folder.resolve(state.placed()));
    boolean isPacked = state.whole().filter(LogState.Whole::compressed).isPresent();
    return isPacked ? new GZIPInputStream(in, CHUNK) : in;
  }

  private Relation relation(LogState state) throws IOException {
    // A last line without an end may have become another line.
    long until = state.whole().flatMap(LogState.Whole::mark).map(Mark::bytes).orElse(0L);
    long same = 0;
    try (InputStream place = open(state);
        InputStream part = Files.newInputStream(states.part(state))) {
      while (true) {
        byte[] ours = place.readNBytes(CHUNK);
        byte[] theirs = part.readNBytes(CHUNK);
        int differs = Arrays.mismatch(ours, theirs);
        if (differs < 0 && ours.length == 0) {
          return Relation.SAME;
        }
        if (differs >= 0) {
          boolean goesOn = differs < theirs.length;
          boolean isPassed = differs == ours.length || (until > 0 && same + differs >= until);
          return goesOn && isPassed ? Relation.LONGER : Relation.OTHER;
        }
        same += ours.length;
      }
    }
  }
}
