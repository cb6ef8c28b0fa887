package io.orchscope.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The lines of a log while they are written: {@code yyyy-MM-dd HH:mm:ss,SSS - logger - LEVEL -
 * text}, in UTC. Source: domain.md §5.2.
 */
final class LogLines {

  /** Says what else goes on, in one line of at most {@value #LONGEST} characters. */
  interface Chatter {
    void speak(LogLines lines, long at);
  }

  /** The longest line of any chatter. */
  static final int LONGEST = 400;

  private static final int MINUTE = 60_000;
  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String FILLER =
      "0f1e2d3c4b5a69788796a5b4c3d2e1f00112233445566778899aabbccddeeff0".repeat(32);

  private final StringBuilder text;
  private final boolean stamped;
  private long minute = -1;
  private String minuteText = "";

  /**
   * No line yet.
   *
   * @param stamped whether lines begin with time, logger and level
   * @param size about how many characters there will be
   */
  LogLines(boolean stamped, int size) {
    this.stamped = stamped;
    text = new StringBuilder(size);
  }

  int length() {
    return text.length();
  }

  /** One line, or several when the message has several. */
  LogLines line(long at, String logger, String level, String message) {
    return begin(at, logger, level).more(message).end();
  }

  /** The beginning of a line, up to its text. */
  LogLines begin(long at, String logger, String level) {
    return stamped ? at(at).more(" - ").more(logger).more(" - ").more(level).more(" - ") : this;
  }

  /** Only the time. */
  LogLines at(long time) {
    stamp(time);
    return this;
  }

  LogLines more(String part) {
    text.append(part);
    return this;
  }

  LogLines more(long number) {
    text.append(number);
    return this;
  }

  LogLines end() {
    text.append('\n');
    return this;
  }

  /**
   * Lines of chatter up to a length, the last of them as long as it takes.
   *
   * @param length at least {@value #LONGEST} more than there is
   * @param from when the chatter begins; it goes on evenly until {@code to}
   */
  LogLines fill(int length, long from, long to, String logger, Chatter chatter) {
    int begin = text.length();
    int whole = length - begin;
    if (whole < LONGEST) {
      throw new IllegalStateException("No room for another line: " + whole + " bytes.");
    }
    while (length - text.length() >= 2 * LONGEST) {
      chatter.speak(this, from + (to - from) * (text.length() - begin) / whole);
    }
    begin(from + (to - from) * (text.length() - begin) / whole, logger, "DEBUG");
    more("payload ");
    return more(FILLER.substring(0, length - text.length() - 1)).end();
  }

  /** What is written so far; every character of a log is one byte, or a question mark. */
  byte[] bytes() {
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public String toString() {
    return text.toString();
  }

  private void stamp(long at) {
    long now = Math.floorDiv(at, MINUTE);
    if (now != minute) {
      minute = now;
      minuteText = MINUTES.format(Instant.ofEpochMilli(now * MINUTE));
    }
    int rest = Math.floorMod(at, MINUTE);
    text.append(minuteText);
    digits(rest / 1000, 10);
    text.append(',');
    digits(rest % 1000, 100);
  }

  private void digits(int number, int place) {
    for (int p = place; p > 0; p /= 10) {
      text.append((char) ('0' + number / p % 10));
    }
  }
}
