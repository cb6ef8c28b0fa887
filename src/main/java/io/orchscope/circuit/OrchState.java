package io.orchscope.circuit;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where MDSO stands with a resource. Source: domain.md §1.3. */
public enum OrchState {
  UNKNOWN,
  UNSPECIFIED,
  REQUESTED,
  SCHEDULED,
  PROMOTING,
  ASSEMBLING,
  ASSEMBLED,
  ACTIVATING,
  ACTIVE,
  INACTIVE,
  FAILED,
  TERMINATING,
  TERMINATED;

  /** The state that MDSO wrote in lower case; a word that we do not know is {@code UNKNOWN}. */
  @JsonCreator
  public static OrchState of(String wire) {
    for (OrchState state : values()) {
      if (state.wire().equals(wire)) {
        return state;
      }
    }
    return UNKNOWN;
  }

  /** The word on the wire. */
  @JsonValue
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether MDSO is done with the resource until somebody asks for something new. */
  public boolean isTerminal() {
    return switch (this) {
      case ACTIVE, INACTIVE, FAILED, TERMINATED -> true;
      default -> false;
    };
  }
}
