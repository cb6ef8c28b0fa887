package io.orchscope.hostlog;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the names of logs say. Source: domain.md §5.2.
 *
 * <p>Shape: a plan log is {@code plan-script-<resourceId>-<operation>-<ISO ms>Z}, with or without
 * {@code .log} or {@code .txt}; rotated, {@code .1}, {@code -20240301} and the like follow; {@code
 * .gz} at the very end.
 */
public final class LogNames {

  private static final Pattern ROTATED = Pattern.compile("(?<=\\.(log|txt))[.-]\\d[\\dT:.Z_-]*$");
  private static final Pattern NUMBERED = Pattern.compile("(?<=Z)\\.\\d{1,3}$");
  private static final Pattern BEGUN =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d[:-]\\d\\d[:-]\\d\\d(?:[.,]\\d{1,9})?");
  private static final Pattern PACKED_OTHERWISE =
      Pattern.compile(".*\\.(bz2|xz|zst|lz4|zip|tar|tgz|7z|Z)");

  static boolean isGzip(String name) {
    return name.endsWith(".gz");
  }

  /** Whether it is compressed in a way that we do not read. */
  static boolean isPackedOtherwise(String name) {
    return PACKED_OTHERWISE.matcher(name).matches();
  }

  /** Of {@code a.log.1.gz}, {@code a.log.1}. */
  static String unpacked(String name) {
    return isGzip(name) ? name.substring(0, name.length() - 3) : name;
  }

  /** The same of a name behind a path. */
  public static String stemOf(String path) {
    return stem(path.substring(path.lastIndexOf('/') + 1));
  }

  /** What is the same in the names of a log while it is written, when rotated and compressed. */
  static String stem(String name) {
    String stem = unpacked(name);
    stem = ROTATED.matcher(stem).replaceFirst("");
    stem = NUMBERED.matcher(stem).replaceFirst("");
    String lower = stem.toLowerCase(Locale.ROOT);
    return lower.endsWith(".log") || lower.endsWith(".txt")
        ? stem.substring(0, stem.length() - 4)
        : stem;
  }

  /** When the run began whose log it is, in milliseconds since 1970; none when it does not say. */
  static OptionalLong begunAt(String name) {
    Matcher found = BEGUN.matcher(name);
    if (!found.find()) {
      return OptionalLong.empty();
    }
    byte[] text = found.group().getBytes(StandardCharsets.US_ASCII);
    text[13] = ':';
    text[16] = ':';
    long at = TimeStamps.at(text, 0, text.length);
    return at == TimeStamps.NONE ? OptionalLong.empty() : OptionalLong.of(at);
  }

  /** Whether it is the log of a plan script where there are no folders to tell. */
  static boolean isPlanLog(String path) {
    return path.contains("/plan-log/") || path.contains("/plan-script-");
  }

  private LogNames() {}
}
