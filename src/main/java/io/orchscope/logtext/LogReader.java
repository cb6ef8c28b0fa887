package io.orchscope.logtext;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Reads one log, of a plan script or of a resource adapter, and says what in it matters; is then
 * spent.
 *
 * <p>Shape: any bytes, in parts that are cut anywhere. Lines end with LF or CR LF, text is UTF-8
 * where it can be and else ISO-8859-1; NULs and the colours of terminals are passed over. Units: of
 * a line the first {@value #LONGEST_LINE} bytes are read, of the rest only what Junos says; memory
 * does not grow with the log. Errors: none for what it holds. Source: domain.md §5.2, §5.4 and
 * §9.3.
 */
public final class LogReader {

  /** Units: bytes. */
  public static final int LONGEST_LINE = 65_536;

  private static final char REPLACED = '\uFFFD';
  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final Pattern COLOURS = Pattern.compile("\u001B\\[[0-9;]*+[A-Za-z]");

  private final LogScan scan = new LogScan();
  private final byte[] kept = new byte[LONGEST_LINE];
  private int keptLength;
  private boolean isTooLong;
  private long lines;
  private long bytes;

  /** The digest of a whole log. Errors: {@link IOException} where the log cannot be read. */
  public static LogDigest read(InputStream log) throws IOException {
    LogReader reader = new LogReader();
    byte[] buffer = new byte[LONGEST_LINE];
    for (int length = log.read(buffer); length >= 0; length = log.read(buffer)) {
      reader.accept(buffer, 0, length);
    }
    return reader.digest();
  }

  /** The next part of the log; also for somebody who reads it for another reason. */
  public void accept(byte[] part, int from, int length) {
    bytes += length;
    int at = from;
    int end = from + length;
    while (at < end) {
      int lineEnd = lineEnd(part, at, end);
      boolean isWhole = lineEnd < end && keptLength == 0 && !isTooLong;
      if (isWhole && lineEnd - at <= LONGEST_LINE) {
        line(part, at, lineEnd - at);
      } else {
        keep(part, at, lineEnd);
        if (lineEnd < end) {
          endLine();
        }
      }
      at = lineEnd + 1;
    }
  }

  /** What all parts together say. */
  public LogDigest digest() {
    if (keptLength > 0 || isTooLong) {
      endLine();
    }
    return scan.digest(lines, bytes);
  }

  private static int lineEnd(byte[] part, int from, int end) {
    int at = from;
    while (at < end && part[at] != '\n') {
      at++;
    }
    return at;
  }

  private void keep(byte[] part, int from, int to) {
    int fits = Math.min(to - from, LONGEST_LINE - keptLength);
    System.arraycopy(part, from, kept, keptLength, fits);
    keptLength += fits;
    int at = from + fits;
    if (at == to) {
      return;
    }
    if (!isTooLong) {
      isTooLong = true;
      scan.lineThatGoesOn(lines + 1, clean(text(kept, 0, keptLength)));
    }
    scan.restOfLine(clean(text(part, at, to - at)));
  }

  private void endLine() {
    if (isTooLong) {
      lines++;
      scan.restOfLine("\n");
    } else {
      line(kept, 0, keptLength);
    }
    keptLength = 0;
    isTooLong = false;
  }

  private void line(byte[] from, int offset, int length) {
    lines++;
    String line = text(from, offset, length);
    scan.line(
        lines, clean(lines == 1 && line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line));
  }

  /** A byte that is no UTF-8 says that none of the line is. */
  private static String text(byte[] from, int offset, int length) {
    String text = new String(from, offset, length, StandardCharsets.UTF_8);
    return text.indexOf(REPLACED) < 0
        ? text
        : new String(
            Arrays.copyOfRange(from, offset, offset + length), StandardCharsets.ISO_8859_1);
  }

  private static String clean(String line) {
    String clean = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    if (clean.indexOf('\0') >= 0) {
      clean = clean.replace("\0", "");
    }
    return clean.indexOf('\u001B') < 0 ? clean : COLOURS.matcher(clean).replaceAll("");
  }
}
