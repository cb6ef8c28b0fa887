package io.orchscope.otlp;

import java.time.Duration;

/**
 * How a receiver answers.
 *
 * @param delay how long the answer to what was taken is held back
 * @param rejected how many of each request are not taken, though the request is accepted
 * @param retryAfter what {@code Retry-After} says to those who are turned away
 */
public record Behaviour(Answer answer, Duration delay, int rejected, Duration retryAfter) {

  /** The kinds of answer. */
  public enum Answer {
    TAKE,
    /** 400, or INVALID_ARGUMENT; nothing is taken. */
    REFUSE,
    /** 503, or UNAVAILABLE; nothing is taken. */
    TURN_AWAY,
    /** The request is read, and never answered; nothing is taken. */
    NEVER
  }

  /** Takes everything at once. */
  public static Behaviour normal() {
    return new Behaviour(Answer.TAKE, Duration.ZERO, 0, Duration.ZERO);
  }

  /** Takes everything, and is in no hurry to say so. */
  public static Behaviour slow(Duration delay) {
    return new Behaviour(Answer.TAKE, delay, 0, Duration.ZERO);
  }

  /** Takes all but the last few of each request, and says so. */
  public static Behaviour rejecting(int ofEachRequest) {
    return new Behaviour(Answer.TAKE, Duration.ZERO, ofEachRequest, Duration.ZERO);
  }

  /** Finds every request wrong. */
  public static Behaviour refusing() {
    return new Behaviour(Answer.REFUSE, Duration.ZERO, 0, Duration.ZERO);
  }

  /** Asks everybody to come back later. Units: {@code Retry-After} is in whole seconds. */
  public static Behaviour unavailable(Duration retryAfter) {
    return new Behaviour(Answer.TURN_AWAY, Duration.ZERO, 0, retryAfter);
  }

  /** Accepts the connection and says nothing. */
  public static Behaviour silent() {
    return new Behaviour(Answer.NEVER, Duration.ZERO, 0, Duration.ZERO);
  }
}
