package io.orchscope.telemetry;

/**
 * How many spans may wait for the backend, and as many log records.
 *
 * <p>Units: a span takes some 2 KiB. All that wait together take an eighth of the heap at most;
 * with half of it, collecting garbage took more time than circuits when the backend was away.
 */
final class QueueLength {

  private static final long HEAP_PER_SPAN = 16_384;
  private static final long SHORTEST = 8_192;
  private static final long LONGEST = 65_536;

  /** The number as the SDK's properties want it. */
  static String ofHeap(long bytes) {
    return String.valueOf(Math.max(SHORTEST, Math.min(LONGEST, bytes / HEAP_PER_SPAN)));
  }

  private QueueLength() {}
}
