package io.orchscope.remote;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Results of the last calls of one remote system. */
public final class RemoteHealth {

  /** Fewer failures in a row mean a slow system, not a failed one. */
  private static final int FAILURES = 3;

  private final Clock clock;
  private int failures;
  private boolean isRefused;
  private String last = "";
  private Instant since = Instant.EPOCH;

  public RemoteHealth(Clock clock) {
    this.clock = clock;
  }

  /**
   * Takes note of a call.
   *
   * @param trouble empty when it was answered; a refusal of the question is an answer
   */
  public synchronized void called(String trouble) {
    isRefused = false;
    if (trouble.isEmpty()) {
      failures = 0;
      return;
    }
    if (failures == 0) {
      since = clock.instant();
    }
    failures++;
    last = trouble;
  }

  /** Takes note of a call that was refused because of who asks; no second one is needed to know. */
  public synchronized void refused(String trouble) {
    called(trouble);
    isRefused = true;
  }

  /** What is wrong, after some failures in a row; nothing before the first call. */
  public synchronized Optional<String> trouble() {
    if (isRefused) {
      return Optional.of("our token is refused, since " + since + "; the last: " + last);
    }
    return failures < FAILURES
        ? Optional.empty()
        : Optional.of(
            "the last " + failures + " calls failed, since " + since + "; the last: " + last);
  }
}
