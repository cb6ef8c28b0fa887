package io.orchscope.console;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

  /** {@code 1 failure}, {@code 2 failures}. */
  public static String counted(long number, String word) {
    return number(number) + " " + word + (number == 1 ? "" : "s");
  }

  /** A poll's equation without what came to nothing: {@code listed 9 = unchanged 8 + healthy 1}. */
  public static String figures(String equation) {
    int sides = Math.max(equation.indexOf(" = "), equation.indexOf(" ≠ "));
    if (sides < 0) {
      return equation;
    }
    String sum =
        Stream.of(equation.substring(sides + 3).split(" \\+ ", -1))
            .filter(part -> !part.endsWith(" 0"))
            .collect(Collectors.joining(" + "));
    return equation.substring(0, sides)
        + (sum.isEmpty() ? "" : equation.substring(sides, sides + 3) + sum);
  }

  /** What a kind of message is to whoever reads it. */
  public static String kind(String word) {
    return switch (word) {
      case "root" -> "message";
      case "reply" -> "in its thread";
      case "edit" -> "message put anew";
      default -> word;
    };
  }

  /** What a message says of itself to a terminal, without the room. */
  public static String headline(String summary) {
    return summary.lines().findFirst().orElse("").replaceFirst(" → room .*", "");
  }

  /** What a file of the evidence holds. */
  public static String evidence(String file) {
    return switch (file) {
      case "verdict.json" -> "what was decided, and from what";
      case "trace-log.json" -> "MDSO's record of the attempt, byte for byte";
      case "attempts.json" -> "MDSO's other attempts";
      case "manifest.json" -> "sizes and checksums";
      default -> "";
    };
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
