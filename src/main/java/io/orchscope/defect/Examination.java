package io.orchscope.defect;

import io.orchscope.circuit.Product;
import io.orchscope.circuit.Resource;
import io.orchscope.trace.FoundError;
import io.orchscope.trace.TraceSearch;
import java.util.List;
import java.util.Optional;

/**
 * A circuit on its way through the routes: what was asked of MDSO, what it answered, what it means.
 *
 * @param pollId of the poll that listed the resource
 * @param search the look-ups of its orchestration trace and what they brought
 * @param errors the words of its failure; several only for a disconnect
 * @param occurrences the same, each with its classification
 * @param unreadable why nothing can be said about the circuit, if so
 * @param evidence where the evidence was kept, a path under the archive's root
 */
public record Examination(
    String pollId,
    Product product,
    Resource resource,
    TraceSearch search,
    List<FoundError> errors,
    List<Occurrence> occurrences,
    Optional<String> unreadable,
    Optional<String> evidence) {

  /** What was decided: an error speaks louder than a part that could not be read. */
  public Outcome outcome() {
    if (!occurrences.isEmpty()) {
      return Outcome.DEFECTIVE;
    }
    return unreadable.isPresent() ? Outcome.UNREADABLE : Outcome.HEALTHY;
  }

  public Examination withSearch(TraceSearch changed) {
    return new Examination(
        pollId, product, resource, changed, errors, occurrences, unreadable, evidence);
  }

  /** With what the trace and the resource said, or why they said nothing. */
  public Examination withErrors(List<FoundError> found, Optional<String> why) {
    return new Examination(pollId, product, resource, search, found, occurrences, why, evidence);
  }

  public Examination withOccurrences(List<Occurrence> found) {
    return new Examination(pollId, product, resource, search, errors, found, unreadable, evidence);
  }

  public Examination withEvidence(String where) {
    return new Examination(
        pollId, product, resource, search, errors, occurrences, unreadable, Optional.of(where));
  }
}
