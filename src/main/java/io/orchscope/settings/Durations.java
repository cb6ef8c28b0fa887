package io.orchscope.settings;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them in settings and on the command line: {@code 250ms}, {@code 30s},
 * {@code 15m}, {@code 8h}, {@code 7d}.
 */
public final class Durations {

  private static final Pattern SHAPE = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

  /** Whether {@link #parse} takes it. */
  public static boolean isDuration(String text) {
    return SHAPE.matcher(text.strip()).matches();
  }

  /** Errors: {@link IllegalArgumentException} whose message says the shape. */
  public static Duration parse(String text) {
    Matcher matcher = SHAPE.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a duration; write a number and ms, s, m, h or d, as in 30s");
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  private Durations() {}
}
