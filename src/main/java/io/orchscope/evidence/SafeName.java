package io.orchscope.evidence;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Any text as the name of one folder: readable, reversible, and harmless on every file system.
 *
 * <p>Shape: at most 100 ASCII characters. {@code A-Z 0-9 . _ -} stay as they are, so that {@code
 * 80.L1XX.000001..TEST} is its own name. A run of lower-case letters stands between plus signs,
 * {@code Test} is {@code T+est+}: names that differ only in case differ in more than case. Other
 * ASCII characters are {@code %2F}, other UTF-16 units {@code %U20AC}. A dot at either end and the
 * first letter of a Windows device name ({@code CON}, {@code COM1.TXT}) are escaped too; no text at
 * all is {@code %}. A name that would be longer is its beginning, {@code ~}, and 32 hex digits of
 * the SHA-256 of the whole; only such a name cannot be decoded.
 *
 * <p>Source: faults.md F17.
 */
public final class SafeName {

  /** Bytes, and characters too. */
  static final int LONGEST = 100;

  /** What is left beside the tilde, the hash, and a device name's escape. */
  private static final int LONGEST_BEGINNING = 65;

  private static final String EMPTY = "%";
  private static final Pattern DEVICE =
      Pattern.compile("(CON|PRN|AUX|NUL|(COM|LPT)[0-9])(\\..*)?", Pattern.CASE_INSENSITIVE);
  private static final Pattern ESCAPE = Pattern.compile("%(?:U([0-9A-F]{4})|([0-9A-F]{2}))");

  /** The folder's name for a text; different texts have different names, whatever their case. */
  public static String of(String text) {
    if (text.isEmpty()) {
      return EMPTY;
    }
    StringBuilder name = new StringBuilder();
    String beginning = "";
    boolean inRun = false;
    for (int i = 0; i < text.length(); i++) {
      boolean lower = isLower(text.charAt(i));
      if (lower != inRun) {
        name.append('+');
      }
      inRun = lower;
      boolean atAnEnd = i == 0 || i == text.length() - 1;
      name.append(lower ? text.substring(i, i + 1) : upperOrEscaped(text.charAt(i), atAnEnd));
      if (name.length() < LONGEST_BEGINNING) {
        beginning = inRun ? name + "+" : name.toString();
      }
    }
    String whole = noDevice(inRun ? name + "+" : name.toString());
    return whole.length() <= LONGEST ? whole : noDevice(beginning + "~" + hash(text));
  }

  /** The text behind a name; none when it was cut, or when it is not one of our names. */
  public static Optional<String> decode(String name) {
    if (name.equals(EMPTY)) {
      return Optional.of("");
    }
    String text =
        ESCAPE
            .matcher(name.replace("+", ""))
            .replaceAll(
                found -> {
                  String digits = found.group(1) == null ? found.group(2) : found.group(1);
                  char unit = (char) Integer.parseInt(digits, 16);
                  return unit == '\\' || unit == '$' ? "\\" + unit : String.valueOf(unit);
                });
    return of(text).equals(name) ? Optional.of(text) : Optional.empty();
  }

  private static boolean isLower(char unit) {
    return unit >= 'a' && unit <= 'z';
  }

  private static String upperOrEscaped(char unit, boolean atAnEnd) {
    boolean plain =
        (unit >= 'A' && unit <= 'Z')
            || (unit >= '0' && unit <= '9')
            || unit == '_'
            || unit == '-'
            || (unit == '.' && !atAnEnd);
    if (plain) {
      return String.valueOf(unit);
    }
    return escaped(unit);
  }

  private static String noDevice(String name) {
    return isDevice(name) ? escaped(name.charAt(0)) + name.substring(1) : name;
  }

  /** Whether Windows would open a device instead of making a folder. */
  static boolean isDevice(String name) {
    return DEVICE.matcher(name).matches();
  }

  private static String escaped(char unit) {
    return String.format(Locale.ROOT, unit < 0x80 ? "%%%02X" : "%%U%04X", (int) unit);
  }

  /** Over UTF-16, where halves of a pair that stand alone are still told apart. */
  private static String hash(String text) {
    byte[] digest = Sha256.of(text.getBytes(StandardCharsets.UTF_16BE));
    return HexFormat.of().withUpperCase().formatHex(digest, 0, 16);
  }

  private SafeName() {}
}
