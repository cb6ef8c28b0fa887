package io.orchscope.evidence;

import io.orchscope.circuit.CircuitId;
import io.orchscope.circuit.Device;
import io.orchscope.circuit.Disconnect;
import io.orchscope.circuit.OrchState;
import io.orchscope.circuit.Resource;
import io.orchscope.circuit.ResourceId;
import io.orchscope.circuit.Tid;
import java.util.List;
import java.util.Locale;

/**
 * A verdict that was read back from the archive.
 *
 * @param folder under the archive's root, with {@code /}
 * @param mismatches what does not fit its manifest, as sentences
 */
public record StoredVerdict(String folder, Verdict verdict, List<String> mismatches) {

  /** Whether every file in the folder is, byte for byte, what was kept. */
  public boolean isVerified() {
    return mismatches.isEmpty();
  }

  /** The resource as it was when the verdict was drawn. */
  public Resource resource() {
    Verdict.Subject subject = verdict.resource();
    return new Resource(
        new ResourceId(subject.id()),
        subject.productType(),
        subject.label(),
        new CircuitId(subject.circuit()),
        OrchState.of(subject.orchState()),
        subject.reason(),
        subject.revision(),
        subject.createdAt(),
        subject.updatedAt(),
        subject.devices().stream().map(StoredVerdict::device).toList());
  }

  private static Device device(Verdict.Endpoint endpoint) {
    return new Device(
        new Tid(endpoint.tid()),
        endpoint.managementAddress(),
        endpoint.disconnect().map(word -> Disconnect.valueOf(word.toUpperCase(Locale.ROOT))));
  }
}
