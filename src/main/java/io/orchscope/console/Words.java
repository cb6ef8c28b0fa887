package io.orchscope.console;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/** How times, numbers and addresses read on a page. */
public final class Words {

  private static final DateTimeFormatter DAY_AND_MINUTE =
      DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");

  private Words() {}

  /** {@code 3 min ago}, {@code in 2 h}; whole units, rounded down. */
  public static String ago(Instant moment, Instant now) {
    Duration since = Duration.between(moment, now);
    return since.isNegative() ? "in " + span(since.negated()) : span(since) + " ago";
  }

  /** {@code 45 s}, {@code 3 min}, {@code 2 h}, {@code 5 d}. */
  public static String span(Duration time) {
    if (time.toSeconds() < 60) {
      return time.toSeconds() + " s";
    }
    if (time.toMinutes() < 120) {
      return time.toMinutes() + " min";
    }
    return time.toHours() < 48 ? time.toHours() + " h" : time.toDays() + " d";
  }

  /** {@code 23 Nov 02:41}, UTC. */
  public static String minute(Instant moment) {
    return DAY_AND_MINUTE.format(moment);
  }

  /** {@code 2026-11-23 02:41:07}, UTC. */
  public static String second(Instant moment) {
    return SECOND.format(moment);
  }

  /** {@code 12,345}. */
  public static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** The first so many characters, and three dots where there are more. */
  public static String brief(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most) + "…";
  }

  /** For a query. */
  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Where a circuit's page is. */
  public static String circuit(String name) {
    return SAFE.matcher(name).matches() ? "/circuits/" + name : "/circuits?name=" + encoded(name);
  }

  /** {@code service mapper} for {@code service_mapper}. */
  public static String product(String type) {
    return type.replace('_', ' ');
  }
}
