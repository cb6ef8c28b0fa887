package io.orchscope.errortest;

import io.orchscope.circuit.Tid;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A device of a circuit that has failed, and by which names it may be reached.
 *
 * @param fqdn as Beorn has it
 * @param mapperAddress management address as the resource has it
 * @param networkFunction as MDSO has onboarded it; none where it has not
 */
public record DeviceUnderTest(
    Tid tid,
    Optional<String> fqdn,
    Optional<String> mapperAddress,
    Optional<Onboarded> networkFunction) {

  /**
   * The device's network function. Source: domain.md §2.
   *
   * @param communicationState {@code AVAILABLE} when MDSO reaches it
   * @param ipAddress FQDN or address; empty text for none
   */
  public record Onboarded(String communicationState, String ipAddress) {

    /** Whether MDSO reaches it, so that nothing need be tried out. */
    boolean isAvailable() {
      return communicationState.strip().toUpperCase(Locale.ROOT).equals("AVAILABLE");
    }
  }

  /** Where to look for it, each once: Beorn's name, then the mapper's address or MDSO's. */
  List<String> targets() {
    Optional<String> address =
        mapperAddress
            .filter(text -> !text.isBlank())
            .or(() -> networkFunction.map(Onboarded::ipAddress));
    return Stream.concat(fqdn.stream(), address.stream())
        .map(String::strip)
        .filter(text -> !text.isEmpty() && !text.equalsIgnoreCase("None"))
        .distinct()
        .toList();
  }
}
