package io.orchscope.circuit;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What MDSO calls one managed resource; a UUID in practice, opaque to us. */
public record ResourceId(@JsonValue String value) {

  @JsonCreator
  public ResourceId {
    if (value.isBlank()) {
      throw new IllegalArgumentException("A resource id is blank.");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
