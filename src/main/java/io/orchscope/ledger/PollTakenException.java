package io.orchscope.ledger;

import java.time.Instant;

/** Another process polls the product; this poll ends, and nothing is lost. */
public final class PollTakenException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  PollTakenException(String productType, Instant until) {
    super(
        "Another poll of "
            + productType
            + " is under way, in this process or another with the same ledger; it holds its lease"
            + " until "
            + until
            + ".");
  }
}
