package io.orchscope.evidence;

/**
 * Takes the secrets out of the lines of one log, one after the other, before any of them is
 * written.
 *
 * <p>A log is read on where an earlier try broke off, by another mask: never between two lines of
 * which the first makes a difference to the second.
 */
@FunctionalInterface
public interface LineMask {

  /**
   * A line without its secrets.
   *
   * @param secrets how many were taken out
   */
  record Masked(String line, int secrets) {}

  /** Takes nothing out; for texts that hold no secret. */
  LineMask NOTHING = line -> new Masked(line, 0);

  /**
   * The next line, without what ends it. What is not UTF-8 comes byte by byte, as ISO-8859-1, so
   * what is put in place of a secret is best ASCII.
   */
  Masked mask(String line);

  /** Whether the lines so far end within a secret, so that the next ones depend on them. */
  default boolean isWithinSecret() {
    return false;
  }
}
