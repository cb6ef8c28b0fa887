package io.orchscope.ledger;

import java.time.Instant;

/**
 * What could not be finished.
 *
 * @param key of the letter: its kind and id, {@code alert/…} or {@code circuit/…}
 * @param reason from a closed set, such as {@code client}
 * @param explanation for people, without a secret
 * @param body of a message, what it says; of a circuit, nothing
 * @param lastAt when it failed last
 * @param times how often it has failed
 */
public record DeadLetter(
    String key,
    String kind,
    String reason,
    String explanation,
    String body,
    Instant lastAt,
    long times) {

  public boolean isAlert() {
    return kind.equals("alert");
  }
}
