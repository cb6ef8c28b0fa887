package io.orchscope.secret;

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

  /** So many times is a text decoded that was encoded more than once. */
  private static final int DEEPEST = 2;

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
    Spans spans = new Spans();
    int secrets = find(line, spans);
    return new Masked(Spans.masked(line, spans.merged()), secrets);
  }

  /** Adds the places of the secrets of the next line; answers how many there are. */
  private int find(String line, Spans spans) {
    MaskedLine masked = new MaskedLine(line, key, spans);
    masked.scan();
    int secrets = masked.secrets();
    String seen = line;
    int[] places = {};
    for (int depth = 0; depth < DEEPEST && DecodedView.differs(seen); depth++) {
      DecodedView view = DecodedView.of(seen);
      places = depth == 0 ? view.places() : view.through(places);
      seen = view.text();
      secrets += addDecoded(seen, places, spans);
    }
    return secrets;
  }

  /** Adds the secrets of a decoded text; answers how many were not known. */
  private static int addDecoded(String text, int[] places, Spans spans) {
    Spans more = new Spans();
    new MaskedLine(text, new KeyBody(), more).scan();
    int[] known = spans.merged();
    int added = 0;
    for (int i = 0; i < more.count(); i++) {
      int from = places[more.from(i)];
      int to = places[more.to(i)];
      added += Spans.covers(known, from, to) ? 0 : 1;
      spans.add(from, to);
    }
    return added;
  }

  /** Whether the lines so far end within the body of a private key. */
  public boolean isWithinKey() {
    return key.isOpen();
  }

  /** A text of one line or several that has nothing to do with the lines before. */
  public static String textWithoutSecrets(String text) {
    return Spans.masked(text, placesIn(text));
  }

  /** The places of the secrets of a text, as pairs of from and to. */
  static int[] placesIn(String text) {
    SecretMask mask = new SecretMask();
    Spans all = new Spans();
    int from = 0;
    while (from <= text.length()) {
      int end = text.indexOf('\n', from);
      int to = end < 0 ? text.length() : end;
      Spans spans = new Spans();
      mask.find(from == 0 && end < 0 ? text : text.substring(from, to), spans);
      for (int part = 0; part < spans.count(); part++) {
        all.add(from + spans.from(part), from + spans.to(part));
      }
      from = to + 1;
    }
    return all.merged();
  }
}
