package io.orchscope.simulator;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What MDSO says when something fails: the shapes of domain.md §4.5 with invented values. */
final class ErrorTexts {

  static final int SHAPES = 57;

  private static final Pattern PLACE = Pattern.compile("\\$\\{([a-z0-9]+)}");

  private final List<String> known;
  private final List<String> unknown;

  ErrorTexts() {
    known = lines("error-shapes.txt");
    unknown = lines("unknown-errors.txt");
  }

  /**
   * The text of a shape about these devices.
   *
   * @param shape from 1; 0 takes a text that is of no known shape
   * @param self id of the resource that failed
   */
  String text(int shape, Devices devices, String circuit, String self, SplittableRandom random) {
    String form = shape > 0 ? known.get(shape - 1) : unknown.get(random.nextInt(unknown.size()));
    Matcher place = PLACE.matcher(form);
    StringBuilder text = new StringBuilder();
    while (place.find()) {
      String value =
          switch (place.group(1)) {
            case "cpe" -> devices.cpe().tid();
            case "cpeip" -> devices.cpe().ip();
            case "vendor" -> devices.cpe().vendor();
            case "model" -> devices.cpe().model();
            case "port" -> devices.cpe().port();
            case "pe" -> devices.pe().tid();
            case "peip" -> devices.pe().ip();
            case "peport" -> devices.pe().port();
            case "agg" -> devices.agg().tid();
            case "short" -> devices.agg().tid().substring(0, 9);
            case "cid" -> circuit;
            case "self" -> self;
            default -> drawn(place.group(1), random);
          };
      place.appendReplacement(text, Matcher.quoteReplacement(value));
    }
    return place.appendTail(text).toString();
  }

  private static String drawn(String name, SplittableRandom random) {
    return switch (name) {
      case "u" -> uuid(random);
      case "log" -> "plan-script-" + uuid(random) + "-activate-2024-03-01T14:06:19.682Z";
      case "host" -> "198.51.100." + (1 + 8 * random.nextInt(31)) + "/29";
      case "net" -> "198.51.100." + 8 * random.nextInt(32) + "/29";
      case "vlan" -> Integer.toString(100 + random.nextInt(3900));
      case "small" -> Integer.toString(random.nextInt(1, 9));
      case "number" -> Integer.toString(random.nextInt(1000, 100_000));
      case "end" -> "";
      default -> throw new IllegalStateException("No value for the place '" + name + "'.");
    };
  }

  private static String uuid(SplittableRandom random) {
    return String.format(
        Locale.ROOT,
        "%08x-%04x-11ee-9%03x-%012x",
        random.nextInt(),
        random.nextInt(0x10000),
        random.nextInt(0x1000),
        random.nextLong(1L << 48));
  }

  private static List<String> lines(String file) {
    try (InputStream in = Objects.requireNonNull(ErrorTexts.class.getResourceAsStream(file));
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader.lines().filter(line -> !line.isEmpty()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
