package io.orchscope.circuit;

import io.orchscope.secret.OutsideText;
import java.time.Instant;
import java.util.List;

/**
 * What a page of MDSO says about one resource, reduced to what we use.
 *
 * @param productType key into the products, {@code service_mapper}
 * @param reason MDSO's free text about a failure, empty otherwise
 * @param revision strictly increasing; the same number means that nothing changed
 * @param createdAt UTC
 * @param updatedAt UTC; the time of creation where MDSO gave none
 */
public record Resource(
    ResourceId id,
    String productType,
    String label,
    CircuitId circuit,
    OrchState orchState,
    OutsideText reason,
    long revision,
    Instant createdAt,
    Instant updatedAt,
    List<Device> devices) {

  /** The same with a reason as it arrived. */
  public Resource(
      ResourceId id,
      String productType,
      String label,
      CircuitId circuit,
      OrchState orchState,
      String reason,
      long revision,
      Instant createdAt,
      Instant updatedAt,
      List<Device> devices) {
    this(
        id,
        productType,
        label,
        circuit,
        orchState,
        OutsideText.of(reason),
        revision,
        createdAt,
        updatedAt,
        devices);
  }
}
