package io.orchscope.defect;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What stays of an error when names, numbers and times are taken out: the same for errors that
 * differ in nothing else.
 *
 * <p>Shape: {@code v1:} and 16 hex digits; another way of masking gets another version, so that
 * fingerprints that are kept stay comparable.
 */
public record Fingerprint(String value) {

  private static final int HEX_DIGITS = 16;

  /** Whatever has a digit in it is a name, a number or a time: an address, a TID, a circuit. */
  private static final Pattern VARIABLE =
      Pattern.compile("[\\p{L}_.:/@-]*\\p{Nd}[\\p{L}\\p{Nd}_.:/@-]*+");

  private static final Pattern BLANKS = Pattern.compile("\\s++");

  /**
   * Of an error in the form that rules are matched against.
   *
   * @param normalised see {@link io.orchscope.trace.NormalisedError}
   */
  public static Fingerprint of(String normalised) {
    String masked = VARIABLE.matcher(normalised).replaceAll("#");
    String even = BLANKS.matcher(masked).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
    return new Fingerprint("v1:" + digest(even).substring(0, HEX_DIGITS));
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java has SHA-256.", impossible);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
