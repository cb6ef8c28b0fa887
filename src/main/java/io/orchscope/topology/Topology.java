package io.orchscope.topology;

import java.util.List;
import java.util.Optional;

/**
 * What Beorn says of a circuit.
 *
 * @param devices each once, in Beorn's order
 * @param trouble why nothing, or not everything, is known; Beorn's own words where it has any
 */
public record Topology(String serviceType, List<TopologyDevice> devices, Optional<String> trouble) {

  /** One of which nothing is known. */
  public static Topology unknown(String why) {
    return new Topology("", List.of(), Optional.of(why));
  }
}
