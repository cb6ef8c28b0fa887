package io.orchscope.hostlog;

import java.io.IOException;
import java.util.Optional;

/**
 * Looks through a compressed log for the records of a device within a time. It can only be read
 * from its beginning on; what is remembered of it may tell that there is no need to.
 */
final class PackedSearch {

  private final TextFile text;
  private final FileIndex index;
  private final Needles needles;
  private final long from;
  private final long to;
  private final Excerpt excerpt;

  PackedSearch(
      TextFile text, FileIndex index, Needles needles, long from, long to, Excerpt excerpt) {
    this.text = text;
    this.index = index;
    this.needles = needles;
    this.from = from;
    this.to = to;
    this.excerpt = excerpt;
  }

  /** Adds to the excerpt what there is, until it is cut. */
  void search() throws IOException {
    if (hasNothing()) {
      return;
    }
    byte[] block = text.packed(0);
    boolean hasTimes = TimeStamps.firstIn(block, block.length, true) != TimeStamps.NONE;
    RecordFilter filter = new RecordFilter(needles, from, to, hasTimes, excerpt);
    filter.begin(true, true);
    int next = 0;
    byte[] before = {};
    while (block.length > 0 && !excerpt.isCut()) {
      Optional<Facts> known = index.facts(next);
      Facts facts = known.isPresent() ? known.get() : index.remember(next, before, block);
      if (isBehind(facts)) {
        break;
      }
      filter.add(block);
      before = block;
      block = text.packed(++next);
    }
    if (block.length == 0) {
      index.rememberCount(next);
    }
    filter.end();
  }

  /** Whether it is known without reading that no record is about the device. */
  private boolean hasNothing() {
    for (int block = 0; index.count().isEmpty() || block < index.count().getAsInt(); block++) {
      Optional<Facts> facts = index.facts(block);
      if (facts.isEmpty()) {
        return false;
      }
      if (isBehind(facts.get())) {
        return true;
      }
      boolean endsBefore =
          index
              .facts(block + 1)
              .filter(it -> it.firstTime() != TimeStamps.NONE && it.firstTime() < from)
              .isPresent();
      if (!endsBefore && needles.mayBeAmong(facts.get().mentions())) {
        return false;
      }
    }
    return true;
  }

  private boolean isBehind(Facts facts) {
    return facts.firstTime() != TimeStamps.NONE && facts.firstTime() > to;
  }
}
