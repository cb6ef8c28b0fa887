package io.orchscope.evidence;

import java.time.Instant;

/**
 * Whose logs a folder holds: one attempt of a circuit.
 *
 * <p>Errors: {@link IllegalArgumentException} when {@code evidence} is not a place in the archive.
 *
 * @param evidence where the attempt's verdict is, under the root of the evidence: product, circuit
 *     and attempt with {@code /}, as {@link EvidenceArchive#keep} answers it
 * @param attemptedAt when the attempt began
 * @param createdAt when the resource was made
 */
public record LogSubject(
    String evidence,
    String productType,
    String productName,
    String circuit,
    String resourceId,
    Instant attemptedAt,
    Instant createdAt) {

  /** Takes nothing that leads elsewhere. */
  public LogSubject {
    if (Place.parse(evidence).isEmpty()) {
      throw new IllegalArgumentException("'" + evidence + "' is not a place of evidence.");
    }
  }

  /** The attempt that a verdict is about. */
  public static LogSubject of(StoredVerdict stored) {
    Verdict.Subject resource = stored.verdict().resource();
    return new LogSubject(
        stored.folder(),
        resource.productType(),
        resource.productName(),
        resource.circuit(),
        resource.id(),
        stored.verdict().attemptedAt(),
        resource.createdAt());
  }
}
