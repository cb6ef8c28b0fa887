package io.orchscope.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Takes texts into a folder, each from where an earlier try left it. Safe for any number of
 * threads; one text is taken by one at a time.
 *
 * <p>Errors: {@link IOException} of our own disk; what hosts do not give is in the answer.
 */
final class LogIntake {

  private final LogStates states;
  private final LogNames names;
  private final LogTransfer transfer;
  private final LogShelf shelf;
  private final Map<LogState.Source, ReentrantLock> locks = new ConcurrentHashMap<>();
  private final Set<LogState.Source> disturbed = ConcurrentHashMap.newKeySet();

  /** A text where it comes from. */
  record Original(
      LogState.Source source, boolean isResumable, Instant modifiedAt, LogSource.Opening opening) {}

  /**
   * What became of it.
   *
   * @param isNew whether the folder holds something that it did not hold before
   * @param fault why it is not whole
   */
  record Taken(LogState state, boolean isNew, Optional<IOException> fault) {}

  /** Where a transfer begins, in the original and in the part. */
  private record Start(Mark mark, boolean isInPlace, int rest) {

    private static final Start ZERO = new Start(Mark.START, false, 0);
  }

  LogIntake(LogStates states, LogNames names, LogTransfer transfer, LogShelf shelf) {
    this.states = states;
    this.names = names;
    this.transfer = transfer;
    this.shelf = shelf;
  }

  Taken take(Original original) throws IOException {
    LogState.Source source = original.source();
    ReentrantLock lock = locks.computeIfAbsent(source, any -> new ReentrantLock());
    lock.lock();
    try {
      if (disturbed.contains(source)) {
        recover(source);
      }
      return take(states.current(source, names), original);
    } catch (IOException e) {
      disturbed.add(source);
      throw e;
    } finally {
      lock.unlock();
    }
  }

  /** Finishes what a dead process has left between two steps. */
  void recover() throws IOException {
    for (LogState state : states.all()) {
      shelf.recover(state);
    }
    states.removeStrays();
  }

  /** The same for what a fault of the disk has left in this one. */
  void settle() throws IOException {
    for (LogState.Source source : disturbed) {
      recover(source);
    }
  }

  private void recover(LogState.Source source) throws IOException {
    for (LogState state : states.all()) {
      if (state.source().equals(source)) {
        shelf.recover(state);
      }
    }
    disturbed.remove(source);
  }

  /** Puts what has come of unfinished texts in their places. */
  void publish() throws IOException {
    for (LogState state : states.all()) {
      if (state.part().isPresent() && isLongEnough(state)) {
        shelf.publish(intact(state), state.part().get().mark());
      }
    }
  }

  private Taken take(LogState known, Original original) throws IOException {
    if (known.holdsWhatWasChangedAt(original.modifiedAt())) {
      return new Taken(known, false, Optional.empty());
    }
    LogState state = intact(known);
    Start start = original.isResumable() ? start(state) : Start.ZERO;
    try (LogSource in = new LogSource(original.opening())) {
      LogSource.News news =
          start.isInPlace() ? in.begin(start.mark(), start.rest()) : in.begin(start.mark());
      if (in.fault().isPresent()) {
        return brokenOff(state, in.fault().get());
      }
      if (news == LogSource.News.NOTHING && !isPartial(state)) {
        return new Taken(states.put(state.seen(original.modifiedAt())), false, Optional.empty());
      }
      if (news == LogSource.News.ANOTHER_FILE || start.equals(Start.ZERO)) {
        return copy(withoutPart(state), Start.ZERO, in, original);
      }
      if (start.isInPlace()) {
        shelf.unpack(state, start.mark());
      }
      return copy(state, start, in, original);
    }
  }

  /** Before the part is cut, for what it holds then is no longer what its mark says. */
  private LogState withoutPart(LogState state) throws IOException {
    return state.part().isPresent() ? states.put(state.withoutPart()) : state;
  }

  /** What is in place and damaged counts for nothing; its successor heals it. */
  private LogState intact(LogState state) throws IOException {
    boolean isDamaged = state.whole().isPresent() && !shelf.isIntact(state);
    return isDamaged ? states.put(state.withoutFile()) : state;
  }

  private static boolean isPartial(LogState state) {
    return state.whole().filter(LogState.Whole::partial).isPresent();
  }

  private Start start(LogState state) {
    Optional<LogState.Part> part = state.part().filter(LogState.Part::resumable);
    if (part.isPresent() && isLongEnough(state)) {
      return new Start(part.get().mark(), false, 0);
    }
    return state
        .whole()
        .flatMap(whole -> whole.mark().map(mark -> new Start(mark, true, whole.rest(mark))))
        .orElse(Start.ZERO);
  }

  private boolean isLongEnough(LogState state) {
    Path file = states.part(state);
    try {
      return state.part().isPresent()
          && Disk.exists(file)
          && Files.size(file) >= state.part().get().mark().bytes();
    } catch (IOException gone) {
      return false;
    }
  }

  private Taken copy(LogState state, Start start, LogSource in, Original original)
      throws IOException {
    LogTransfer.Copied copied =
        transfer.copy(
            in,
            states.part(state),
            start.mark(),
            mark -> states.put(state.with(part(mark, original))));
    if (in.fault().isPresent()) {
      return brokenOff(state.with(part(copied.mark(), original)), in.fault().get());
    }
    LogState placed =
        shelf.put(
            new LogShelf.Ready(state, copied, original.modifiedAt(), false, start.isInPlace()));
    return new Taken(placed, !placed.holdsTheSameAs(state), Optional.empty());
  }

  private static LogState.Part part(Mark mark, Original original) {
    return new LogState.Part(mark, original.isResumable(), true);
  }

  /** A part of which not one line has come is none. */
  private Taken brokenOff(LogState state, IOException fault) throws IOException {
    LogState left =
        state
            .part()
            .filter(part -> part.mark().offset() > 0)
            .map(
                part ->
                    new LogState.Part(
                        part.mark(), part.resumable(), LogBreak.reason(fault).mayPass()))
            .map(state::with)
            .orElse(state.withoutPart());
    return new Taken(left.holdsSomething() ? states.put(left) : left, false, Optional.of(fault));
  }
}
