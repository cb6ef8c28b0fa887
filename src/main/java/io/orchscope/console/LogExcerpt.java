package io.orchscope.console;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines of a log around one of them.
 *
 * @param first the number of the first line
 * @param wanted the number of the one in the middle, from 1 on
 * @param goesOn whether there are more behind them
 */
public record LogExcerpt(long first, long wanted, List<String> lines, boolean goesOn) {

  private static final int BEFORE = 60;
  private static final int BEHIND = 140;

  /** What is shown of one line. Units: bytes. */
  private static final int LONGEST = 4_000;

  public LogExcerpt {
    lines = List.copyOf(lines);
  }

  /** The number of the last line. */
  public long last() {
    return first + lines.size() - 1;
  }

  /**
   * Reads no further than it has to, and holds no more than it shows; no lines where the text ends
   * before.
   *
   * @param buffered read byte by byte
   */
  static LogExcerpt of(InputStream buffered, long wanted) throws IOException {
    long first = Math.max(1, wanted - BEFORE);
    List<String> lines = new ArrayList<>();
    byte[] line = new byte[LONGEST];
    int length = 0;
    int all = 0;
    long number = 1;
    int next = buffered.read();
    while (next >= 0 && number <= wanted + BEHIND) {
      if (next == '\n') {
        if (number >= first) {
          lines.add(text(line, length, all));
        }
        number++;
        length = 0;
        all = 0;
      } else {
        all++;
        if (number >= first && length < LONGEST) {
          line[length] = (byte) next;
          length++;
        }
      }
      next = buffered.read();
    }
    if (all > 0 && number >= first) {
      lines.add(text(line, length, all));
    }
    // What stands before a line that is not there is no answer.
    boolean isThere = first + lines.size() > wanted;
    return new LogExcerpt(first, wanted, isThere ? lines : List.of(), next >= 0);
  }

  private static String text(byte[] line, int length, int all) {
    String text = new String(line, 0, length, StandardCharsets.UTF_8);
    return length < all ? text + " …" : text;
  }
}
