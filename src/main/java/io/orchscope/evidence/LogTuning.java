package io.orchscope.evidence;

/**
 * Sizes, in bytes.
 *
 * @param longestLine longer ones are masked in pieces
 * @param markEvery so much of an original may have to be read again after a crash
 * @param buffer that is written at once
 */
record LogTuning(int longestLine, long markEvery, int buffer) {

  static final LogTuning USUAL = new LogTuning(1024 * 1024, 4 * 1024 * 1024, 64 * 1024);
}
