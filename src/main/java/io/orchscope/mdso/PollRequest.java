package io.orchscope.mdso;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * What to poll.
 *
 * @param id of the poll that it leads to
 * @param productType {@code service_mapper}
 * @param window how far back a resource may have changed
 * @param circuit the only one to look at, whether it has changed or not; all of the product's if
 *     there is none
 */
public record PollRequest(
    String id, String productType, Duration window, Optional<String> circuit) {

  /** All circuits of a product. */
  public PollRequest(String productType, Duration window) {
    this(UUID.randomUUID().toString(), productType, window, Optional.empty());
  }

  /** One circuit, however long ago it changed. */
  public static PollRequest ofCircuit(String productType, String circuit, Duration window) {
    return new PollRequest(UUID.randomUUID().toString(), productType, window, Optional.of(circuit));
  }
}
