package io.orchscope.settings;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Every secret that this process holds, so that text from elsewhere can be cleared of them before
 * it is shown.
 *
 * <p>Exceptions of HTTP clients quote URLs and replies, and a token stands in the URL that deletes
 * it.
 */
public final class Redaction {

  /** Shorter secrets would mask ordinary words. */
  private static final int SHORTEST = 6;

  private final Set<String> secrets = ConcurrentHashMap.newKeySet();

  public void hide(Secret secret) {
    if (secret.reveal().length() >= SHORTEST) {
      secrets.add(secret.reveal());
    }
  }

  /** Ends the watch for a secret that is worth nothing any more. */
  public void forget(Secret secret) {
    secrets.remove(secret.reveal());
  }

  /** The same text with {@code ***} in place of every secret. */
  public String mask(String text) {
    String masked = text;
    for (String secret : secrets) {
      if (masked.contains(secret)) {
        masked = masked.replace(secret, "***");
      }
    }
    return masked;
  }
}
