package io.orchscope.telemetry;

import ch.qos.logback.classic.LoggerContext;
import io.orchscope.settings.Redaction;
import java.util.Locale;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/**
 * Texts on their way to a log: without secrets, and without characters that a terminal acts upon.
 *
 * <p>Shape: control characters but line ends and tabs, marks of writing direction and the line ends
 * of Unicode stand as {@code \}{@code u202e}. The redaction of the process is kept in logback's own
 * context, because logback makes its appenders before the process begins.
 */
public final class LogText {

  private static final String KEY = "io.orchscope.redaction";
  private static final Redaction BY_FORM = new Redaction();

  private LogText() {}

  /** Has the secrets of this process masked in every log from now on. */
  public static void install(Redaction redaction) {
    ILoggerFactory factory = LoggerFactory.getILoggerFactory();
    if (factory instanceof LoggerContext context) {
      context.putObject(KEY, redaction);
    }
  }

  /** The same for a part of the process that must not replace the secrets of the whole. */
  public static void installIfAbsent(Redaction redaction) {
    ILoggerFactory factory = LoggerFactory.getILoggerFactory();
    if (factory instanceof LoggerContext context && context.getObject(KEY) == null) {
      context.putObject(KEY, redaction);
    }
  }

  /** A text as it may stand in a log. */
  public static String safe(String text) {
    return escaped(masked(text));
  }

  static String masked(String text) {
    ILoggerFactory factory = LoggerFactory.getILoggerFactory();
    Object installed = factory instanceof LoggerContext context ? context.getObject(KEY) : null;
    return installed instanceof Redaction redaction ? redaction.mask(text) : BY_FORM.mask(text);
  }

  /** A text without characters that hide, move or turn others. */
  static String escaped(String text) {
    int at = 0;
    while (at < text.length() && !isHostile(text.charAt(at))) {
      at++;
    }
    if (at == text.length()) {
      return text;
    }
    StringBuilder escaped = new StringBuilder(text.length() + 16).append(text, 0, at);
    for (; at < text.length(); at++) {
      char character = text.charAt(at);
      if (isHostile(character)) {
        escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
      } else {
        escaped.append(character);
      }
    }
    return escaped.toString();
  }

  private static boolean isHostile(char character) {
    if (character < ' ') {
      return character != '\n' && character != '\r' && character != '\t';
    }
    return (character >= 0x7F && character <= 0x9F)
        || character == 0x061C
        || character == 0x200E
        || character == 0x200F
        || (character >= 0x2028 && character <= 0x202E)
        || (character >= 0x2066 && character <= 0x2069);
  }
}
