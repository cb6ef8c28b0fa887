package io.orchscope.hostlog;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Looks through a log that is not compressed for the records of a device within a time.
 *
 * <pre>
 *   blocks   0 1 2 3 4 5 6 7 8 9 …     found by halving, reading the beginnings of some blocks
 *   time         [from ---- to]
 *   read           3 4 5 6 7           once for all circuits: what each may mention is remembered
 *   read again       4 . . 7           for this device, with those into which its records reach
 * </pre>
 */
final class PlainSearch {

  /** Blocks that are looked at together, and found in memory when they are read again. */
  private static final int SEGMENT = 8;

  /** So many blocks on end may have no time in them: a record is no longer than that. */
  private static final int PATIENCE = RecordFilter.LONGEST / TextFile.BLOCK;

  /** Of a log without times only the end is looked at. */
  private static final int BLOCKS_WITHOUT_TIMES = (1 << 20) / TextFile.BLOCK;

  /** In the first bytes of a block there is a time, as a rule. */
  private static final int GLANCE = 8 * 1024;

  private final TextFile text;
  private final FileIndex index;
  private final Needles needles;
  private final long from;
  private final long to;
  private final Excerpt excerpt;
  private final int count;
  private int fed = -1;

  PlainSearch(
      TextFile text, FileIndex index, Needles needles, long from, long to, Excerpt excerpt) {
    this.text = text;
    this.index = index;
    this.needles = needles;
    this.from = from;
    this.to = to;
    this.excerpt = excerpt;
    this.count = text.count();
  }

  /** Adds to the excerpt what there is, until it is cut. */
  void search() throws IOException {
    if (count == 0) {
      return;
    }
    boolean hasTimes = timeAt(0) != TimeStamps.NONE || timeAt(count - 1) != TimeStamps.NONE;
    int first = hasTimes ? firstBlock() : Math.max(0, count - BLOCKS_WITHOUT_TIMES);
    int end = hasTimes ? endBlock(first) : count;
    RecordFilter filter = new RecordFilter(needles, from, to, hasTimes, excerpt);
    for (int block = first; block < end && !excerpt.isCut(); block += SEGMENT) {
      int stop = Math.min(end, block + SEGMENT);
      if (needles.isKept()) {
        for (int i = block; i < stop; i++) {
          index.facts(i, stop, text);
        }
      }
      for (int i = block; i < stop && !excerpt.isCut(); i++) {
        Reach reach = reach(i, hasTimes);
        if (reach.isAny()) {
          feed(i, reach, first, end, filter);
        }
      }
    }
    filter.end();
  }

  /** What records of a block have a word; what is remembered of it may tell that none has. */
  private Reach reach(int block, boolean hasTimes) throws IOException {
    if (!needles.isKept()) {
      return Reach.BOTH;
    }
    if (!needles.mayBeAmong(index.facts(block, block + 1, text).mentions())) {
      return Reach.NONE;
    }
    Reach reach = Reach.of(block, text, needles);
    return reach.isAny() && !hasTimes ? Reach.BOTH : reach;
  }

  /** Feeds a block, and of its neighbours as many as records with a word reach into. */
  private void feed(int block, Reach reach, int first, int end, RecordFilter filter)
      throws IOException {
    int begin = block;
    if (block > first && reach.isBack()) {
      begin = block - 1;
      while (begin > first && block - begin < PATIENCE && timeIn(begin) == TimeStamps.NONE) {
        begin--;
      }
    }
    if (fed < 0 || begin > fed + 1) {
      filter.begin(begin == 0, begin == 0 || begin > first);
      fed = begin - 1;
    }
    while (fed < block) {
      filter.add(text.block(++fed));
    }
    boolean isOpen = reach.isForth();
    for (int i = block + 1; isOpen && i < count && i <= end && i - block <= PATIENCE; i++) {
      if (i > fed) {
        fed = i;
        filter.add(text.block(i));
      }
      isOpen = timeIn(i) == TimeStamps.NONE;
    }
  }

  /** The last block that begins before the time, or the first one of all. */
  private int firstBlock() throws IOException {
    int low = 0;
    int high = count - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      long time = timeAt(middle);
      if (time != TimeStamps.NONE && time <= from) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** The first block that begins behind the time, or the one behind the last. */
  private int endBlock(int first) throws IOException {
    int low = first;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      long time = timeAt(middle);
      if (time != TimeStamps.NONE && time > to) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** The time of the first line in a block that has one, or else in the blocks behind it. */
  private long timeAt(int block) throws IOException {
    OptionalLong known = index.timeAt(block);
    if (known.isPresent()) {
      return known.getAsLong();
    }
    long time = TimeStamps.NONE;
    int next = block;
    while (time == TimeStamps.NONE && next < count && next - block < PATIENCE) {
      time = glance(next++);
    }
    // The last block may still grow.
    if (time != TimeStamps.NONE || next < count) {
      index.rememberTime(block, time);
    }
    return time;
  }

  private long glance(int block) throws IOException {
    if (known(block).isEmpty()) {
      byte[] start = text.start(block, GLANCE);
      long time = TimeStamps.firstIn(start, start.length, block == 0);
      if (time != TimeStamps.NONE) {
        return time;
      }
    }
    return timeIn(block);
  }

  /** The time of the first line in a block that has one. */
  private long timeIn(int block) throws IOException {
    Optional<Facts> known = known(block);
    if (known.isPresent()) {
      return known.get().firstTime();
    }
    byte[] whole = text.block(block);
    return TimeStamps.firstIn(whole, whole.length, block == 0);
  }

  private Optional<Facts> known(int block) {
    return index.facts(block).filter(it -> it.length() == text.lengthOf(block));
  }
}
