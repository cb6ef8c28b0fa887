package io.orchscope.errortest;

import java.time.Duration;

/**
 * How much tests may cost the network, and how long a circuit waits for them.
 *
 * @param atOnce circuits whose devices are tried out at the same time, over the whole process
 * @param patience that a circuit waits for its turn at most
 * @param longest that the devices of one circuit take at most, once it is their turn
 * @param target that one name or address of a device takes at most
 * @param devices of one circuit that are tried out at most
 */
public record TestLimits(
    int atOnce, Duration patience, Duration longest, Duration target, int devices) {

  /** As long as the old monitor waited for a log-in. */
  private static final Duration TARGET = Duration.ofSeconds(20);

  private static final int DEVICES = 10;

  /** The usual ones; a device has two targets, and at least one gets all the time it needs. */
  public static TestLimits of(int atOnce, Duration longest) {
    Duration half = longest.dividedBy(2);
    return new TestLimits(
        atOnce, longest, longest, half.compareTo(TARGET) < 0 ? half : TARGET, DEVICES);
  }
}
