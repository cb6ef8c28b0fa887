package io.orchscope.settings;

import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

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

  private static final int REMEMBERED = 256;

  private final Set<String> secrets = ConcurrentHashMap.newKeySet();
  private final Queue<String> passing = new LinkedBlockingQueue<>();

  public void hide(Secret secret) {
    if (secret.reveal().length() >= SHORTEST) {
      secrets.add(secret.reveal());
    }
  }

  /**
   * The same for one of many that follow each other, as tokens do: the last {@value #REMEMBERED}
   * are watched for, those before have ended long ago.
   */
  public void hideForNow(Secret secret) {
    if (secret.reveal().length() < SHORTEST) {
      return;
    }
    passing.add(secret.reveal());
    while (passing.size() > REMEMBERED) {
      passing.poll();
    }
  }

  /** The same text with {@code ***} in place of every secret. */
  public String mask(String text) {
    String masked = text;
    for (String secret : secrets) {
      masked = masked.replace(secret, "***");
    }
    for (String secret : passing) {
      masked = masked.replace(secret, "***");
    }
    return masked;
  }
}
