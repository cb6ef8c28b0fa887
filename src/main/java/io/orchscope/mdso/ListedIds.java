package io.orchscope.mdso;

import io.orchscope.circuit.Resource;
import java.util.BitSet;
import java.util.List;

/**
 * The resources that a poll has been given, to tell a list that goes on from one that repeats
 * itself.
 *
 * <p>Memory: bits of a hash in place of ids, 2 MB at most. Two ids may share a bit; what is lost by
 * that is one page in some million that counts as repeated.
 */
final class ListedIds {

  private static final int BITS = 1 << 24;

  private final BitSet inThisPoll = new BitSet();
  private BitSet inThisPass = new BitSet();
  private int pass = 1;

  /**
   * What a page brought.
   *
   * @param old resources outside the window that the poll had not been given before
   * @param inThisPass resources of any age that the pass had not been given before
   */
  record News(long old, long inThisPass) {}

  /** Takes note of a page. */
  News note(Poll poll) {
    if (pass != poll.paging().pass()) {
      pass = poll.paging().pass();
      inThisPass = new BitSet();
    }
    List<Resource> young = poll.listed();
    long old = 0;
    long ofPass = 0;
    // The young ones stand in the order of the page.
    int next = 0;
    for (Resource resource : poll.page().resources()) {
      boolean isYoung = next < young.size() && young.get(next).equals(resource);
      next += isYoung ? 1 : 0;
      int bit = bit(resource);
      ofPass += isNew(inThisPass, bit) ? 1 : 0;
      old += isNew(inThisPoll, bit) && !isYoung ? 1 : 0;
    }
    return new News(old, ofPass);
  }

  private static boolean isNew(BitSet known, int bit) {
    boolean isNew = !known.get(bit);
    known.set(bit);
    return isNew;
  }

  private static int bit(Resource resource) {
    int hash = resource.id().value().hashCode() * 0x9E3779B9;
    return (hash ^ (hash >>> 15)) & (BITS - 1);
  }
}
