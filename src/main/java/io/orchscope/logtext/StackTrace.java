package io.orchscope.logtext;

import io.orchscope.logtext.Remark.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/**
 * Collects a stack trace of Python, one after the other.
 *
 * <p>Shape: {@code Traceback (most recent call last):}, lines that are indented, and the exception
 * as the first that is not; with a stamp before each line, or before none but the first; or all in
 * one line with {@code \n} for line ends, as JSON has it. Errors: one that does not end is what has
 * been seen of it. Source: domain.md §5.2.
 */
final class StackTrace {

  private static final String BEGINS = "Traceback (most recent call last):";
  private static final String LINE_END_IN_JSON = "\\n";
  private static final int MOST_LINES = 1_000;

  /** Of those in the middle the last are kept: where it happened. */
  private static final int KEPT_LINES = 60;

  private static final int LONGEST_LINE = 4_000;
  private static final int LONGEST_BEGINNING = 200;

  private final Deque<String> kept = new ArrayDeque<>();
  private LogLine begun = LogLine.of("");
  private long number;
  private int taken;
  private boolean isOpen;
  private boolean areStamped;

  static boolean beginsIn(LogLine line) {
    return line.message().contains(BEGINS);
  }

  void begin(long lineNumber, LogLine line) {
    begun = line;
    number = lineNumber;
    taken = 0;
    areStamped = false;
    isOpen = true;
    kept.clear();
    int behind = line.message().indexOf(BEGINS) + BEGINS.length();
    if (line.message().startsWith(LINE_END_IN_JSON, behind)) {
      String rest = line.message().substring(behind + LINE_END_IN_JSON.length());
      for (String each : rest.replace(LINE_END_IN_JSON, "\n").split("\n", -1)) {
        if (isOpen) {
          takes(LogLine.of(each));
        }
      }
      isOpen = false;
    }
  }

  boolean isOpen() {
    return isOpen;
  }

  /** Whether a line belongs to it; it is not open any more behind its last. */
  boolean takes(LogLine line) {
    if (line.raw().isBlank()) {
      return true;
    }
    boolean isStampedFrame = line.hasStamp() && isFrame(line.message());
    areStamped |= isStampedFrame;
    if (isStampedFrame || isFrame(line.raw())) {
      keep(isStampedFrame ? line.message() : line.raw());
      isOpen = ++taken < MOST_LINES;
      return true;
    }
    isOpen = false;
    if (line.hasStamp() && !areStamped) {
      return false;
    }
    keep(line.hasStamp() ? line.message() : line.raw());
    return true;
  }

  void end() {
    isOpen = false;
  }

  long line() {
    return number;
  }

  Statement statement() {
    int behind = begun.message().indexOf(BEGINS) + BEGINS.length();
    String first = begun.message().substring(0, Math.max(behind, 0));
    List<String> all = new ArrayList<>();
    all.add(first.substring(Math.max(0, first.length() - LONGEST_BEGINNING)));
    all.addAll(kept);
    return Statement.of(Kind.EXCEPTION, begun, String.join("\n", all));
  }

  /** A text of several lines that is not too long, without those in the middle where it was. */
  static String fitted(String text) {
    if (text.length() <= Remark.LONGEST) {
      return text;
    }
    List<String> lines = text.lines().toList();
    String first = lines.get(0);
    int room = Remark.LONGEST - first.length() - 3;
    List<String> last = new ArrayList<>();
    for (int at = lines.size() - 1; at > 0 && lines.get(at).length() < room; at--) {
      last.add(lines.get(at));
      room -= lines.get(at).length() + 1;
    }
    if (last.isEmpty()) {
      last.add(lines.get(lines.size() - 1).substring(0, room));
    }
    Collections.reverse(last);
    return first + "\n…\n" + String.join("\n", last);
  }

  private void keep(String line) {
    kept.add(line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE));
    if (kept.size() > KEPT_LINES) {
      kept.removeFirst();
    }
  }

  private static boolean isFrame(String text) {
    return text.startsWith(" ") || text.startsWith("\t") || text.startsWith("File \"");
  }
}
