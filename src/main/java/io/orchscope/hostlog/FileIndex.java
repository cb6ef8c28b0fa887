package io.orchscope.hostlog;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What is remembered of one log, block by block. Whoever reads it has its turn, so that several
 * circuits do not read the same at the same time: the next one finds it here.
 */
final class FileIndex {

  private static final byte[] NOTHING = {};
  private static final int DOZEN = 12;

  private final String identity;
  private final Optional<String> head;
  private final ReentrantLock turn = new ReentrantLock(true);

  /** In dozens, since a map takes as much for each of its entries as the facts do. */
  private final Map<Integer, Facts[]> blocks = new HashMap<>();

  private final Map<Integer, Long> times = new HashMap<>();
  private int count = -1;
  private long weight = 400;

  /**
   * Nothing yet.
   *
   * @param identity of what is in the file: the same after it was renamed, or has grown
   * @param head by which it is known, if it is
   */
  FileIndex(String identity, Optional<String> head) {
    this.identity = identity;
    this.head = head;
  }

  String identity() {
    return identity;
  }

  /** What {@link LogIndex#headOf} must give for a file of which this is remembered. */
  Optional<String> head() {
    return head;
  }

  /** Waits until nobody else reads the log. Errors: {@link OutOfBudgetException}. */
  void enter(LogBudget budget) throws OutOfBudgetException, HostFault {
    try {
      if (!turn.tryLock(budget.timeLeft().toMillis(), TimeUnit.MILLISECONDS)) {
        throw new OutOfBudgetException("Others read the same log for too long", true);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HostFault(LogGap.Reason.BROKE_OFF, "Interrupted while others read the same log", e);
    }
  }

  void leave() {
    turn.unlock();
  }

  /** What is remembered of a block. */
  Optional<Facts> facts(int block) {
    Facts[] dozen = blocks.get(Math.floorDiv(block, DOZEN));
    return dozen == null
        ? Optional.empty()
        : Optional.ofNullable(dozen[Math.floorMod(block, DOZEN)]);
  }

  /**
   * What a block of a plain log says; it is read unless that is remembered.
   *
   * @param stop up to which blocks will be asked for, so that they may be read together
   */
  Facts facts(int block, int stop, TextFile text) throws IOException {
    Optional<Facts> known = facts(block).filter(it -> it.length() == text.lengthOf(block));
    if (known.isPresent()) {
      return known.get();
    }
    text.load(block, stop);
    byte[] before = block == 0 ? NOTHING : text.block(block - 1);
    return remember(block, before, text.block(block));
  }

  /** What a block says that has just been read, behind another one. */
  Facts remember(int block, byte[] before, byte[] text) {
    Facts facts = Facts.of(before, text);
    Facts[] dozen = blocks.computeIfAbsent(block / DOZEN, key -> new Facts[DOZEN]);
    Facts old = dozen[block % DOZEN];
    dozen[block % DOZEN] = facts;
    weight += facts.weight() - (old == null ? 0 : old.weight());
    return facts;
  }

  /** The time of the first line of a block or of those behind it, where it has been looked for. */
  OptionalLong timeAt(int block) {
    Long time = times.get(block);
    return time == null ? OptionalLong.empty() : OptionalLong.of(time);
  }

  void rememberTime(int block, long time) {
    if (times.put(block, time) == null) {
      weight += 80;
    }
  }

  /** How many blocks a compressed log has, once it has been read to its end. */
  OptionalInt count() {
    return count < 0 ? OptionalInt.empty() : OptionalInt.of(count);
  }

  void rememberCount(int blocks) {
    count = blocks;
  }

  /** About what it takes in memory, in bytes. */
  long weight() {
    return weight;
  }
}
