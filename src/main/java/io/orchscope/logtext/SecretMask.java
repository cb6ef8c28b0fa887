package io.orchscope.logtext;

/**
 * Takes secrets out of the lines of one log, which are given to it one after the other.
 *
 * <p>A secret is what stands behind a word that announces one ({@code password}, {@code token},
 * {@code client_secret}, {@code community}…) in any of the forms in which programs write values, or
 * what looks like a secret by itself: the password in a URL, the credentials of a header, a hash of
 * Junos, the body of a private key. In prose such a word announces nothing: {@code password expired
 * for user x} stays. In doubt, as for {@code password: expired}, the word behind it goes.
 *
 * <p>Shape: {@value #MARK} for each secret, every other character as it was; so that also the bytes
 * of a log stay what they were when its lines are read and written in ISO-8859-1. Units: time in
 * proportion to the line, whatever it holds. Errors: none. Source: domain.md §5.2: MDSO's own
 * formatter misses some.
 */
public final class SecretMask {

  /** What stands where a secret was. */
  public static final String MARK = "***";

  private final KeyBody key = new KeyBody();

  /**
   * A line without its secrets.
   *
   * @param secrets how many there were; a private key counts where it begins
   */
  public record Masked(String line, int secrets) {}

  /**
   * The next line of the log, with or without its line end; the body of a private key is known by
   * the lines before it.
   */
  public Masked mask(String line) {
    MaskedLine masked = new MaskedLine(line, key);
    masked.scan();
    return new Masked(masked.text(), masked.secrets());
  }

  /** Whether the lines so far end within the body of a private key. */
  public boolean isWithinKey() {
    return key.isOpen();
  }

  /** A text of one line or several that has nothing to do with the lines before. */
  public static String textWithoutSecrets(String text) {
    SecretMask mask = new SecretMask();
    StringBuilder clean = new StringBuilder(text.length());
    int from = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      clean.append(mask.mask(text.substring(from, end)).line()).append('\n');
      from = end + 1;
    }
    return clean.append(mask.mask(text.substring(from)).line()).toString();
  }
}
