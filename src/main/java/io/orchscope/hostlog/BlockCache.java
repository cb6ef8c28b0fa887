package io.orchscope.hostlog;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The blocks of logs that were read last, for all circuits; safe for any number of threads. */
final class BlockCache {

  private final int most;
  private final Map<Key, byte[]> blocks = new LinkedHashMap<>(16, 0.75f, true);

  /** At most so many blocks. */
  BlockCache(int most) {
    this.most = most;
  }

  synchronized Optional<byte[]> get(String identity, int block, int length) {
    return Optional.ofNullable(blocks.get(new Key(identity, block, length)));
  }

  /** The block must not be changed from now on. */
  synchronized void put(String identity, int block, byte[] text) {
    blocks.put(new Key(identity, block, text.length), text);
    if (blocks.size() > most) {
      blocks.remove(blocks.keySet().iterator().next());
    }
  }

  /** A block at the end of a log is another one when it has grown. */
  private record Key(String identity, int block, int length) {}
}
