package io.orchscope.evidence;

import java.util.Arrays;

/**
 * A log line by line, as bytes. A line that is too long comes in pieces: cut after the last comma,
 * semicolon, ampersand or brace of its second half, else after a blank there, so that a secret and
 * its name stay together if they can.
 */
final class LogLines {

  private static final String ENDS = ",;&}";
  private static final String BLANKS = " \t";
  private static final int FIRST_SIZE = 64 * 1024;

  private final LogSource in;
  private final int longest;
  private byte[] buffer;
  private int from;
  private int to;
  private int length;
  private boolean ended;

  LogLines(LogSource in, int longest) {
    this.in = in;
    this.longest = longest;
    this.buffer = new byte[Math.min(longest, FIRST_SIZE)];
  }

  /** Goes to the next line or piece; false when there is none. */
  boolean next() {
    from += length;
    length = 0;
    int scanned = 0;
    while (true) {
      for (; scanned < to - from; scanned++) {
        if (buffer[from + scanned] == '\n') {
          return found(scanned + 1, true);
        }
      }
      if (scanned == longest) {
        return found(cut(), true);
      }
      if (!fill()) {
        return found(scanned, false);
      }
    }
  }

  private boolean found(int bytes, boolean isEnded) {
    length = bytes;
    ended = isEnded;
    return bytes > 0;
  }

  private boolean fill() {
    if (to == buffer.length && from > 0) {
      System.arraycopy(buffer, from, buffer, 0, to - from);
      to -= from;
      from = 0;
    } else if (to == buffer.length) {
      buffer = Arrays.copyOf(buffer, (int) Math.min(longest, 2L * buffer.length));
    }
    int count = in.read(buffer, to, buffer.length - to);
    to += Math.max(0, count);
    return count >= 0;
  }

  private int cut() {
    for (String marks : new String[] {ENDS, BLANKS}) {
      for (int at = longest - 1; at >= longest / 2; at--) {
        if (marks.indexOf(buffer[from + at]) >= 0) {
          return at + 1;
        }
      }
    }
    return longest;
  }

  /** False for what is after the last line's end, or before a break. */
  boolean isEnded() {
    return ended;
  }

  byte[] bytes() {
    return buffer;
  }

  int from() {
    return from;
  }

  /** With what ends it. */
  int length() {
    return length;
  }

  /** Without what ends it. */
  int textLength() {
    int text = length;
    while (text > 0 && (buffer[from + text - 1] == '\n' || buffer[from + text - 1] == '\r')) {
      text--;
    }
    return text;
  }
}
