package io.orchscope.settings;

import io.orchscope.secret.KnownSecrets;

/**
 * The masking of texts before they are shown, logged or sent: every secret that this process holds,
 * in any encoding, and what looks like a secret by its form.
 *
 * <p>Exceptions of HTTP clients quote URLs and replies, and a token stands in the URL that deletes
 * it. Safe for many threads.
 */
public final class Redaction {

  private final KnownSecrets known = new KnownSecrets();

  /** Hides a secret for the life of the process. */
  public void hide(Secret secret) {
    known.add(secret.reveal());
  }

  /**
   * The same for one of many that follow each other, as tokens do: the last {@value
   * KnownSecrets#REMEMBERED} are watched for, those before have ended long ago.
   */
  public void hideForNow(Secret secret) {
    known.addForNow(secret.reveal());
  }

  /** The same text with {@code ***} in place of every secret. */
  public String mask(String text) {
    return known.mask(text);
  }
}
