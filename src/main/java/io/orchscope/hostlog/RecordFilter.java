package io.orchscope.hostlog;

import java.util.Arrays;

/**
 * Keeps the records of a log that were written in a time and have one of some words in them.
 *
 * <p>A record is a line with a time and the lines behind it that have none: an {@code xnm:error} of
 * several lines, a stack trace. In a log without any times a record is a line and those behind it
 * that begin with white space or {@code <}. A record longer than {@value #LONGEST} bytes, or a line
 * without end, is looked at in pieces of that length.
 */
final class RecordFilter {

  static final int LONGEST = 1 << 20;

  private final Needles needles;
  private final long from;
  private final long to;
  private final boolean hasTimes;
  private final Excerpt excerpt;

  /** Begins with the current record. */
  private byte[] text = new byte[2 * TextFile.BLOCK];

  private int length;

  /** Where the line begins of which it is not decided yet whether it begins a record. */
  private int line;

  /** Up to here there is no line feed behind {@link #line}. */
  private int searched;

  private boolean isDecided;
  private long time = TimeStamps.NONE;
  private boolean isKeptWithoutTime;
  private boolean isKept;

  /**
   * Of nothing yet.
   *
   * @param hasTimes whether the log has times at all
   * @param excerpt what the records are added to
   */
  RecordFilter(Needles needles, long from, long to, boolean hasTimes, Excerpt excerpt) {
    this.needles = needles;
    this.from = from;
    this.to = to;
    this.hasTimes = hasTimes;
    this.excerpt = excerpt;
  }

  /**
   * Goes on at another place of the log.
   *
   * @param isLineStart whether a line begins there
   * @param isWithin whether what stands before the first time there may belong to the time
   */
  void begin(boolean isLineStart, boolean isWithin) {
    end();
    isDecided = !isLineStart;
    isKeptWithoutTime = isWithin || !hasTimes;
  }

  /** The next bytes of the log. */
  void add(byte[] block) {
    if (length + block.length > text.length) {
      text = Arrays.copyOf(text, Math.max(text.length * 2, length + block.length));
    }
    System.arraycopy(block, 0, text, length, block.length);
    length += block.length;
    int start = split(false);
    drop(start);
    if (length > LONGEST) {
      cutPiece();
    }
  }

  /** What has been added is all there is at this place. */
  void end() {
    int start = split(true);
    close(start, length);
    length = 0;
    line = 0;
    searched = 0;
    isDecided = false;
    isKept = false;
    time = TimeStamps.NONE;
  }

  /** Closes all records whose end is there; where the one begins that is open. */
  private int split(boolean isEnd) {
    int start = 0;
    while (line < length) {
      if (!isDecided) {
        if (!isEnd && !canBeDecided()) {
          return start;
        }
        start = decide(start);
      }
      int end = TimeStamps.endOfLine(text, Math.max(line, searched), length);
      if (text[end - 1] != '\n') {
        searched = length;
        return start;
      }
      line = end;
      searched = end;
      isDecided = false;
    }
    return start;
  }

  private boolean canBeDecided() {
    return length - line >= TimeStamps.REACH
        || text[TimeStamps.endOfLine(text, line, length) - 1] == '\n';
  }

  private int decide(int start) {
    isDecided = true;
    int end = TimeStamps.endOfLine(text, line, Math.min(length, line + TimeStamps.REACH));
    long found = hasTimes ? TimeStamps.at(text, line, end) : TimeStamps.NONE;
    boolean isContinued = hasTimes ? found == TimeStamps.NONE : continues(text[line]);
    if (isContinued) {
      return start;
    }
    close(start, line);
    time = found;
    isKept = false;
    return line;
  }

  private static boolean continues(byte first) {
    return first == ' ' || first == '\t' || first == '<' || first == '\r' || first == '\n';
  }

  private void close(int start, int end) {
    if (start < end && isWithin() && (isKept || needles.isIn(text, start, end))) {
      excerpt.add(text, start, end);
    }
  }

  private boolean isWithin() {
    return time == TimeStamps.NONE ? isKeptWithoutTime : time >= from && time <= to;
  }

  private void drop(int start) {
    if (start == 0) {
      return;
    }
    System.arraycopy(text, start, text, 0, length - start);
    length -= start;
    line -= start;
    searched = Math.max(0, searched - start);
  }

  /** Of a record that is too long, all but its end, in which a word may begin. */
  private void cutPiece() {
    int open = isDecided ? length : line;
    int cut = Math.min(open, length - needles.longest());
    if (cut <= 0) {
      return;
    }
    isKept = isKept || needles.isIn(text, 0, length);
    if (isKept && isWithin()) {
      excerpt.add(text, 0, cut);
    }
    int lineBefore = line;
    drop(cut);
    line = Math.max(0, lineBefore - cut);
  }
}
