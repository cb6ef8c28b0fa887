package io.orchscope.circuit;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;

/**
 * The name of a device.
 *
 * <p>Shape: 11 characters, ten of {@code A-Z0-9} and then {@code W}; MDSO also writes other words
 * where a TID belongs, so {@link #isWellFormed} answers that and the record takes any text. Source:
 * domain.md §0.
 */
public record Tid(@JsonValue String value) {

  @JsonCreator
  public Tid {
    if (value.isBlank()) {
      throw new IllegalArgumentException("A TID is blank.");
    }
  }

  /**
   * The device that a property names, as a TID or as the host name of one.
   *
   * <p>Shape: {@code ABCDTXAB1CW.EXAMPLE.COM} and {@code ABCDTXAB1CW} are the same device. Errors:
   * blank text and the word {@code None}, which MDSO's scripts write for nothing, are no device.
   */
  public static Optional<Tid> named(String text) {
    String first = text.strip().split("\\.", 2)[0].toUpperCase(Locale.ROOT);
    return first.isEmpty() || first.equals("NONE") ? Optional.empty() : Optional.of(new Tid(first));
  }

  /** Whether this is a name of eleven characters that ends in W. */
  public boolean isWellFormed() {
    return value.matches("[A-Z0-9]{10}W");
  }

  @Override
  public String toString() {
    return value;
  }
}
