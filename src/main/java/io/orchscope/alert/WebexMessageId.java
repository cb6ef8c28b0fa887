package io.orchscope.alert;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Webex's id of a message, checked before it is stored, sent as a parent or put into a path.
 *
 * <p>Shape: 1 to {@value #LONGEST} characters of base64, base64url and the unreserved characters of
 * a URI; no slash, no control character, not only dots. Real ids are base64url with some 80
 * characters. Source: webex.md §1, RFC 3986 §2.3.
 */
public record WebexMessageId(String value) {

  static final int LONGEST = 512;

  private static final Pattern USABLE =
      Pattern.compile("(?!\\.+$)[A-Za-z0-9._~=+-]{1," + LONGEST + "}");

  /** The id in a text; none where the text cannot be an id. */
  public static Optional<WebexMessageId> of(String text) {
    return USABLE.matcher(text).matches()
        ? Optional.of(new WebexMessageId(text))
        : Optional.empty();
  }

  /** The id as one segment of a path, percent-encoded where RFC 3986 asks for it. */
  public String pathSegment() {
    StringBuilder segment = new StringBuilder();
    for (byte each : value.getBytes(StandardCharsets.UTF_8)) {
      char character = (char) (each & 0xff);
      boolean isPlain =
          character < 0x80
              && (Character.isLetterOrDigit(character) || "-._~=".indexOf(character) >= 0);
      segment.append(isPlain ? character : String.format(Locale.ROOT, "%%%02X", each & 0xff));
    }
    return segment.toString();
  }
}
