package io.orchscope.evidence;

/** The last bytes of an original that have gone by, by which it is known again. */
final class Overlap {

  private static final int MOST = 4096;

  private final byte[] ring = new byte[MOST];
  private long count;

  void add(byte[] bytes, int from, int length) {
    int skipped = Math.max(0, length - MOST);
    count += skipped;
    int at = from + skipped;
    int end = from + length;
    while (at < end) {
      int place = (int) (count % MOST);
      int piece = Math.min(end - at, MOST - place);
      System.arraycopy(bytes, at, ring, place, piece);
      at += piece;
      count += piece;
    }
  }

  Mark mark(long offset, long bytes, long masked) {
    int length = (int) Math.min(count, MOST);
    byte[] last = new byte[length];
    for (int i = 0; i < length; i++) {
      last[i] = ring[(int) ((count - length + i) % MOST)];
    }
    return new Mark(offset, bytes, masked, length, Sha256.hex(last));
  }
}
