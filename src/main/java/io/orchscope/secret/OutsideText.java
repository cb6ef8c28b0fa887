package io.orchscope.secret;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A text of another system: whole for matching in memory, without its secrets for everything else.
 *
 * <p>What is kept, shown, logged, exported or sent is {@link #masked()}, and so is {@link
 * #toString()}. Units: the secrets are looked for once, when the text is first asked for without
 * them. Safe for many threads. Errors: none.
 */
public final class OutsideText implements Comparable<OutsideText> {

  private static final int[] NOT_LOOKED_FOR = {-1};

  /** No text. */
  public static final OutsideText EMPTY = new OutsideText("", new int[0]);

  private final String whole;
  private volatile int[] secrets;

  private OutsideText(String whole, int[] secrets) {
    this.whole = whole;
    this.secrets = secrets;
  }

  /** A text as it arrived. */
  @JsonCreator
  public static OutsideText of(String whole) {
    return whole.isEmpty() ? EMPTY : new OutsideText(whole, NOT_LOOKED_FOR);
  }

  /** The text with its secrets: for rules and for comparisons in memory, and nothing else. */
  public String forMatching() {
    return whole;
  }

  /** The text with {@value SecretMask#MARK} in place of each secret. */
  @JsonValue
  public String masked() {
    return Spans.masked(whole, secrets());
  }

  /** Whether it holds secrets. */
  public boolean hasSecrets() {
    return secrets().length > 0;
  }

  public boolean isEmpty() {
    return whole.isEmpty();
  }

  public boolean isBlank() {
    return whole.isBlank();
  }

  /** The first so many code points; a secret that the cut halves stays masked. */
  public OutsideText first(int codePoints) {
    if (whole.codePointCount(0, whole.length()) <= codePoints) {
      return this;
    }
    return part(0, whole.offsetByCodePoints(0, codePoints));
  }

  /** The part between two places; a secret that an end halves stays masked. */
  public OutsideText part(int from, int to) {
    int[] all = secrets();
    Spans kept = new Spans();
    for (int i = 0; i < all.length; i += 2) {
      int begin = Math.max(all[i], from);
      int end = Math.min(all[i + 1], to);
      if (begin < end) {
        kept.add(begin - from, end - from);
      }
    }
    return new OutsideText(whole.substring(from, to), kept.merged());
  }

  /** Without a character, wherever it stands. */
  public OutsideText without(char character) {
    if (whole.indexOf(character) < 0) {
      return this;
    }
    int[] all = secrets();
    int[] moved = new int[all.length];
    StringBuilder rest = new StringBuilder(whole.length());
    int next = 0;
    for (int at = 0; at < whole.length(); at++) {
      while (next < all.length && all[next] == at) {
        moved[next++] = rest.length();
      }
      if (whole.charAt(at) != character) {
        rest.append(whole.charAt(at));
      }
    }
    while (next < all.length) {
      moved[next++] = rest.length();
    }
    return new OutsideText(rest.toString(), moved);
  }

  /** With one character in place of another; secrets stay where they are. */
  public OutsideText replace(char from, char to) {
    return whole.indexOf(from) < 0 ? this : new OutsideText(whole.replace(from, to), secrets());
  }

  /** With a text of our own behind it. */
  public OutsideText plus(String ours) {
    return new OutsideText(whole + ours, secrets());
  }

  private int[] secrets() {
    int[] known = secrets;
    if (known == NOT_LOOKED_FOR) {
      known = SecretMask.placesIn(whole);
      secrets = known;
    }
    return known;
  }

  @Override
  public int compareTo(OutsideText other) {
    return whole.compareTo(other.whole);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OutsideText text && whole.equals(text.whole);
  }

  @Override
  public int hashCode() {
    return whole.hashCode();
  }

  @Override
  public String toString() {
    return masked();
  }
}
