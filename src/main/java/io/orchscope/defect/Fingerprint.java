package io.orchscope.defect;

import io.orchscope.mask.Template;
import io.orchscope.secret.OutsideText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What stays of an error when names, numbers and times are taken out: the same for errors that
 * differ in nothing else.
 *
 * <p>Shape: {@code v4:} and 16 hex digits; another way of masking gets another version, so that
 * fingerprints that are kept stay comparable.
 */
public record Fingerprint(String value) {

  private static final int HEX_DIGITS = 16;

  /** Of version 1: whatever has a digit in it is a name, a number or a time. */
  private static final Pattern VARIABLE =
      Pattern.compile("[\\p{L}_.:/@-]*\\p{Nd}[\\p{L}\\p{Nd}_.:/@-]*+");

  private static final Pattern BLANKS = Pattern.compile("\\s++");

  /**
   * Of an error as MDSO wrote it, before anything is cut off: a name that a cut would halve is
   * still known as one. Which part of MDSO has failed makes no difference.
   */
  public static Fingerprint of(OutsideText error) {
    return of(error.masked());
  }

  /** The same of a text that holds no secret any more. */
  public static Fingerprint of(String raw) {
    return by(Template.VERSION, raw);
  }

  /**
   * The older ones of an error, the newest first, by which groups are known that were made before
   * there was the one of now.
   *
   * @param normalised see {@link io.orchscope.trace.NormalisedError}
   */
  public static List<Fingerprint> former(OutsideText error, OutsideText normalised) {
    String raw = error.masked();
    List<Fingerprint> former = new ArrayList<>();
    if (error.hasSecrets()) {
      // Groups of these were made while secrets were still part of what was hashed.
      String whole = error.forMatching();
      former.addAll(List.of(of(whole), by(3, whole), by(2, whole)));
      former.add(first(normalised.forMatching()));
    }
    former.addAll(List.of(by(3, raw), by(2, raw), first(normalised.masked())));
    return List.copyOf(former);
  }

  private static Fingerprint by(int version, String raw) {
    return new Fingerprint("v" + version + ":" + digest(Template.of(raw, version).text()));
  }

  private static Fingerprint first(String normalised) {
    String masked = VARIABLE.matcher(normalised).replaceAll("#");
    String even = BLANKS.matcher(masked).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
    return new Fingerprint("v1:" + digest(even));
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, HEX_DIGITS);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java has SHA-256.", impossible);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
