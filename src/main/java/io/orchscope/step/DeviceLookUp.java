package io.orchscope.step;

import io.orchscope.topology.NetworkFunctionSearch;
import io.orchscope.topology.TopologyDevice;

/** A device of a circuit, and the look-ups of its network function. */
record DeviceLookUp(TopologyDevice device, NetworkFunctionSearch search) {

  DeviceLookUp with(NetworkFunctionSearch further) {
    return new DeviceLookUp(device, further);
  }
}
