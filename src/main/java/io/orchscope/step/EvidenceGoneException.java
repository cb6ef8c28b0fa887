package io.orchscope.step;

/** The evidence that a follow-up is about was purged. */
final class EvidenceGoneException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  EvidenceGoneException(String evidence) {
    super("The evidence is gone: " + evidence);
  }
}
