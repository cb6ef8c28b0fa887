package io.orchscope.simulator;

import java.time.Instant;
import java.util.List;

/**
 * What a reader of the simulated MDSO should find out about one generated resource.
 *
 * @param product MDSO's name of the product, {@code ServiceMapper}
 * @param circuit its circuit id; the label where the product knows no circuit
 * @param orchState the word on the wire
 * @param errors of the newest attempt by the product's rule, unshortened; several only for a
 *     disconnect, none when the resource has not failed
 * @param trace what became of its orchestration trace
 * @param findableByOrigin whether a TraceLog names the resource itself, and not a parent
 * @param errorShape number in domain.md §4.5; 0 for none of them or for no failure
 */
public record Truth(
    String resourceId,
    String product,
    String label,
    String circuit,
    String orchState,
    Instant createdAt,
    List<String> errors,
    Trace trace,
    boolean findableByOrigin,
    int errorShape) {

  /** What became of an orchestration trace. */
  public enum Trace {
    /** The product has none, or nothing was begun yet. */
    NONE,
    /** It speaks. */
    WHOLE,
    /** It failed without a categorized error: the message of the first failed entry speaks. */
    MESSAGE_ONLY,
    /** The TraceLog is there, but its trace is missing or not a list: only the reason speaks. */
    GARBLED,
    /** No TraceLog is there, though the product has one: only the reason speaks. */
    LOST
  }

  public boolean fails() {
    return orchState.equals("failed");
  }
}
