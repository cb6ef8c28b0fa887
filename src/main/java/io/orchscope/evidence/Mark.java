package io.orchscope.evidence;

/**
 * A point of a log from which it can be read on: always the end of a line, or of a piece of one.
 *
 * <p>Units: bytes.
 *
 * @param offset in the original
 * @param bytes of what is kept up to there, uncompressed
 * @param masked secrets that were taken out up to there
 * @param overlap so much of the original before the point can be compared
 * @param sha256 of that
 */
record Mark(long offset, long bytes, long masked, int overlap, String sha256) {

  static final Mark START = new Mark(0, 0, 0, 0, Sha256.hex(new byte[0]));
}
