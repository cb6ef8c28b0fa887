package io.orchscope.evidence;

/**
 * Takes the secrets out of a line before any of it is written.
 *
 * <p>The same line always comes out the same, whatever stood before it: a log is read on where an
 * earlier try broke off. Safe for any number of threads.
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
   * A line without what ends it. What is not UTF-8 comes byte by byte, as ISO-8859-1, so what is
   * put in place of a secret is best ASCII.
   */
  Masked mask(String line);
}
