package io.orchscope.trace;

import io.orchscope.secret.OutsideText;

/**
 * The words in which a failure speaks, and who spoke them.
 *
 * @param text as MDSO wrote it, neither cut nor normalised
 * @param entryIndex of the trace's entry; -1 when the resource's reason spoke
 * @param process of the failing step; empty when the resource's reason spoke
 * @param resourceName MDSO's key for the failing step, often empty
 * @param logFile of the failing step; empty when unknown
 */
public record FoundError(
    Source source,
    OutsideText text,
    int entryIndex,
    String process,
    String resourceType,
    String resourceName,
    String logFile) {

  /** The same of a text as it arrived. */
  public FoundError(
      Source source,
      String text,
      int entryIndex,
      String process,
      String resourceType,
      String resourceName,
      String logFile) {
    this(source, OutsideText.of(text), entryIndex, process, resourceType, resourceName, logFile);
  }

  /** Where the words stood; the first that has any is taken. */
  public enum Source {
    /** {@code categorized_error} of an entry. */
    CATEGORIZED,
    /** {@code message} of the first FAILED entry. */
    MESSAGE,
    /** {@code reason} of the resource. */
    REASON
  }
}
