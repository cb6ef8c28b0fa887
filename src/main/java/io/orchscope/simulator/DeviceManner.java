package io.orchscope.simulator;

import java.util.SplittableRandom;

/** How a device behaves towards somebody who wants to log in. */
enum DeviceManner {
  /** Lets the service account in and shows its prompt. */
  ANSWERS,
  /** Does so after a question that has to be answered with Y or N. */
  ASKS_FIRST,
  REFUSES_LOGIN,
  /** Takes the connection and says nothing. */
  HANGS,
  REFUSES;

  private static final int[] OF_AVAILABLE = {75, 10, 5, 5, 5};
  private static final int[] OF_OTHERS = {20, 10, 20, 25, 25};

  /** One by chance; what MDSO does not reach is seldom there. */
  static DeviceManner of(boolean available, SplittableRandom random) {
    int rest = random.nextInt(100);
    int[] shares = available ? OF_AVAILABLE : OF_OTHERS;
    int manner = 0;
    while (rest >= shares[manner]) {
      rest -= shares[manner];
      manner++;
    }
    return values()[manner];
  }
}
