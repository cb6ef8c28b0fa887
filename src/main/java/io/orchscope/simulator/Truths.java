package io.orchscope.simulator;

import java.util.List;
import java.util.Optional;

/** What a reader should find out about what the simulator has made up. */
final class Truths {

  private final Inventory inventory;
  private final Ids ids;

  Truths(Inventory inventory) {
    this.inventory = inventory;
    this.ids = inventory.ids();
  }

  /** About the resource of a number; none for resources that a test wrote by hand. */
  Optional<Truth> about(int index) {
    if (inventory.isHandmade(ids.resource(index))) {
      return Optional.empty();
    }
    Sketch sketch = inventory.sketch(index);
    Devices devices = Devices.of(ids, sketch.circuit());
    String label = ResourceWriter.label(sketch, devices);
    return Optional.of(
        new Truth(
            ids.resource(index),
            sketch.kind().productName,
            label,
            sketch.kind().hasCircuit ? sketch.circuitName() : label,
            sketch.state(),
            sketch.createdAt(),
            sketch.fails() ? errors(sketch, devices) : List.of(),
            Truth.Trace.valueOf(sketch.condition().name()),
            sketch.owner() == index,
            sketch.fails() ? sketch.shape() : 0));
  }

  private List<String> errors(Sketch sketch, Devices devices) {
    return switch (sketch.condition()) {
      case WHOLE, MESSAGE_ONLY ->
          inventory
              .newestStory(sketch)
              .rootCauses(sketch.kind(), PropertyWriter.partialEnds(ids, sketch, devices));
      default -> List.of(inventory.reason(sketch));
    };
  }
}
