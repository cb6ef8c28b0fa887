package io.orchscope.evidence;

import java.util.List;

/**
 * A verdict that was read back from the archive.
 *
 * @param folder under the archive's root, with {@code /}
 * @param mismatches what does not fit its manifest, as sentences
 */
public record StoredVerdict(String folder, Verdict verdict, List<String> mismatches) {

  /** Whether every file in the folder is, byte for byte, what was kept. */
  public boolean isVerified() {
    return mismatches.isEmpty();
  }
}
