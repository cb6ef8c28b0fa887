package io.orchscope.ledger;

import java.time.Instant;

/**
 * What is done for a circuit after it was decided: its logs are fetched, its errors are tested.
 *
 * @param evidence where the evidence of the attempt is, a path under the archive's root
 * @param sender W3C {@code traceparent} of the span that decided the circuit; may be empty
 * @param tries this one included
 */
public record FollowUp(
    String evidence,
    String productType,
    String resourceId,
    String circuit,
    String sender,
    Instant owedAt,
    int tries) {

  /** The same with one try more. */
  FollowUp triedAgain() {
    return new FollowUp(evidence, productType, resourceId, circuit, sender, owedAt, tries + 1);
  }
}
