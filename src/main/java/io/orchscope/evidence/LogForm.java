package io.orchscope.evidence;

import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * What an archive of logs looks like.
 *
 * @param days by which zone a day of collection begins; only {@link LogLayout#LEGACY} has such days
 * @param compressAbove logs with more bytes are compressed; only in {@link LogLayout#OWN}
 */
public record LogForm(LogLayout layout, ZoneId days, long compressAbove) {

  /** Larger logs are a matter of megabytes. */
  private static final long USUAL = 64 * 1024;

  /** Days are those of UTC; what is larger than 64 KiB is compressed. */
  public static LogForm of(LogLayout layout) {
    return new LogForm(layout, ZoneOffset.UTC, USUAL);
  }
}
