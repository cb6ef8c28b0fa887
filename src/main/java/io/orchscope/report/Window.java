package io.orchscope.report;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A time: its beginning belongs to it, {@code until} does not. UTC. */
public record Window(Instant until, Duration length) {

  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration HOUR = Duration.ofHours(1);

  /** More points than this are no line that anybody reads. */
  private static final int POINTS = 15;

  public Instant from() {
    return until.minus(length);
  }

  /** The time of the same length just before. */
  public Window before() {
    return new Window(from(), length);
  }

  /** What one point of a line over this time stands for: a day, an hour, or a part of an hour. */
  public Duration point() {
    if (length.compareTo(DAY.multipliedBy(2)) > 0) {
      return DAY;
    }
    return length.compareTo(HOUR.multipliedBy(2)) > 0
        ? HOUR
        : Duration.ofMinutes(Math.max(1, length.toMinutes() / POINTS));
  }

  /** How many points it has; the last may be shorter than the others. */
  public int points() {
    return (int) Math.max(1, (length.toMillis() + point().toMillis() - 1) / point().toMillis());
  }

  /** {@code 15 minutes}, {@code 8 hours}, {@code 1 day}, {@code 1 week}. */
  public String words() {
    if (length.toDays() % 7 == 0 && length.toDays() > 0) {
      return counted(length.toDays() / 7, "week");
    }
    if (length.toHours() % 24 == 0 && length.toHours() > 0) {
      return counted(length.toDays(), "day");
    }
    return length.toMinutes() % 60 == 0
        ? counted(length.toHours(), "hour")
        : counted(length.toMinutes(), "minute");
  }

  /** {@code 2026-11-23T06:00Z to 2026-11-24T06:00Z}. */
  public String span() {
    return minute(from()) + " to " + minute(until);
  }

  private static String minute(Instant moment) {
    return moment.truncatedTo(ChronoUnit.MINUTES).toString().replaceFirst(":00Z$", "Z");
  }

  private static String counted(long number, String unit) {
    return number + " " + unit + (number == 1 ? "" : "s");
  }
}
