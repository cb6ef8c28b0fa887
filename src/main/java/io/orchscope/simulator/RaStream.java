package io.orchscope.simulator;

/**
 * What one adapter of one host has logged, over all of its files: blocks of text whose places are
 * known without writing any of them. Between any two events there is as much chatter as between any
 * other two, so that a log of any size costs no more than its events.
 *
 * <pre>
 *   chatter … chatter event chatter … chatter event … chatter … chatter │ event event …
 *   └──── a gap ─────┘                                          the start ┘ what has arrived since
 * </pre>
 */
final class RaStream {

  private static final int LONGEST = 65_536;
  private static final int SHORTEST = 1024;

  /** So many blocks at least, to make several files of. */
  private static final int FEWEST = 20;

  private final RaWriter writer;
  private final long[] events;
  private final long[] arrivals;
  private final long from;
  private final long duration;
  private final int chunks;
  private final int chunk;

  /**
   * A log of about so many bytes.
   *
   * @param events before the simulator began, and {@code arrivals} since then
   * @param times when the log begins and when the simulator began
   */
  RaStream(RaWriter writer, long[] events, long[] arrivals, long[] times, long bytes) {
    this.writer = writer;
    this.events = events;
    this.arrivals = arrivals;
    this.from = times[0];
    this.duration = times[1] - times[0];
    int gaps = events.length + 1;
    long gap = Math.max(0, bytes - (long) events.length * RaEvent.BYTES) / gaps;
    int fewest = gaps >= FEWEST ? 0 : FEWEST / gaps + 1;
    chunks = gap < SHORTEST ? fewest : (int) Math.max(fewest, (gap + LONGEST - 1) / LONGEST);
    chunk = chunks == 0 ? 0 : (int) Math.max(SHORTEST, gap / chunks);
  }

  /** How many blocks were there when the simulator began. */
  int blocksAtStart() {
    return (events.length + 1) * chunks + events.length;
  }

  int blocks() {
    return blocksAtStart() + arrivals.length;
  }

  /** Where a block begins, or, for the one behind the last, where it all ends. */
  long offset(int block) {
    int old = Math.min(block, blocksAtStart());
    long group = (long) chunks * chunk + RaEvent.BYTES;
    return old / (chunks + 1) * group
        + (long) old % (chunks + 1) * chunk
        + (long) (block - old) * RaEvent.BYTES;
  }

  /** The block in which a byte is. */
  int blockAt(long offset) {
    long old = offset(blocksAtStart());
    if (offset >= old) {
      return blocksAtStart() + (int) ((offset - old) / RaEvent.BYTES);
    }
    long group = (long) chunks * chunk + RaEvent.BYTES;
    int inGroup = chunk == 0 ? 0 : (int) Math.min(chunks, offset % group / chunk);
    return (int) (offset / group) * (chunks + 1) + inGroup;
  }

  /** The text of a block; its last character ends a line. */
  byte[] text(int block) {
    if (block >= blocksAtStart()) {
      RaEvent arrival = RaEvent.of(arrivals[block - blocksAtStart()]);
      return writer.event(arrival, time(block), time(block));
    }
    long end = block + 1 == blocksAtStart() ? from + duration : time(block + 1);
    return block % (chunks + 1) < chunks
        ? writer.chatter(block, time(block), end, chunk)
        : writer.event(RaEvent.of(events[block / (chunks + 1)]), time(block), end);
  }

  /** When a block begins, in milliseconds; for the one behind the last, when it all ended. */
  long time(int block) {
    if (block >= blocksAtStart()) {
      int arrival = Math.min(block - blocksAtStart(), arrivals.length - 1);
      return from + (arrival < 0 ? duration : RaEvent.at(arrivals[arrival]));
    }
    int gap = block / (chunks + 1);
    int inGap = block % (chunks + 1);
    long begin = gap == 0 ? 0 : RaEvent.at(events[gap - 1]);
    long end = gap == events.length ? duration : RaEvent.at(events[gap]);
    return from + (inGap == chunks ? end : begin + (end - begin) * inGap / chunks);
  }
}
