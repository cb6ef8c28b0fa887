package io.orchscope.circuit;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The name of what a customer has: mostly {@code 80.L1XX.000001..TEST}, sometimes with an infix or
 * a {@code FRE_} prefix, and for products that know no circuit the label of their resource.
 *
 * <p>Shape: any text that is not blank; it is a name, never a file name or a part of a URL as it
 * is. Source: domain.md §0.
 */
public record CircuitId(@JsonValue String value) {

  @JsonCreator
  public CircuitId {
    if (value.isBlank()) {
      throw new IllegalArgumentException("A circuit id is blank.");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
