package io.orchscope.trace;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Tells whether what a TraceLog says has changed: SHA-256 over its entries and its start, in hex.
 *
 * <p>Not over the TraceLog's own bytes, which change with its revision while it says the same.
 */
public final class EntriesHash {

  private final MessageDigest digest;

  private EntriesHash() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }

  /** The hash of one TraceLog. */
  public static String of(OrchestrationTrace trace) {
    EntriesHash hash = new EntriesHash();
    hash.add(trace.start().map(Object::toString).orElse(""));
    for (TraceEntry entry : trace.entries()) {
      hash.add(entry.resourceType());
      hash.add(entry.resourceId());
      hash.add(entry.process());
      hash.add(entry.logFile());
      hash.add(entry.message().masked());
      hash.add(entry.state());
      hash.add(String.valueOf(entry.elapsedSeconds()));
      hash.add(entry.categorizedError().masked());
      hash.add(entry.resourceName());
    }
    return HexFormat.of().formatHex(hash.digest.digest());
  }

  /** With its length before it, so that no two lists of texts read alike. */
  private void add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + "|").getBytes(StandardCharsets.UTF_8));
    digest.update(bytes);
  }
}
