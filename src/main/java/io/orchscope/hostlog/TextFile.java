package io.orchscope.hostlog;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * A log as blocks of text, of {@value #BLOCK} bytes each but for the last. It is opened when the
 * first byte of it is needed; a block that was read for another circuit is not read again while it
 * is in memory.
 *
 * <p>Errors: {@link HostFault}, {@link OutOfBudgetException}; {@link RotatedException} when the
 * file is no longer the one that was listed.
 */
final class TextFile implements Closeable {

  static final int BLOCK = 32 * 1024;

  /** Blocks that come with one question to the host. */
  private static final int TOGETHER = 4;

  private final HostFiles files;
  private final HostFile file;
  private final Allowance allowance;
  private final BlockCache cache;
  private Optional<FileIndex> index = Optional.empty();
  private Optional<OpenFile> open = Optional.empty();
  private Optional<InputStream> stream = Optional.empty();
  private int streamed;

  TextFile(HostFiles files, HostFile file, Allowance allowance, BlockCache cache) {
    this.files = files;
    this.file = file;
    this.allowance = allowance;
    this.cache = cache;
  }

  /** From now on it must be the file of which this is remembered. */
  void belongsTo(FileIndex known) {
    index = Optional.of(known);
  }

  /** How many blocks a file has that is not compressed. */
  int count() {
    return (int) ((file.size() + BLOCK - 1) / BLOCK);
  }

  /** The length of a block of a file that is not compressed. */
  int lengthOf(int block) {
    return (int) Math.min(BLOCK, file.size() - (long) block * BLOCK);
  }

  /** The beginning of a large file. */
  byte[] head() throws IOException {
    return read(0, LogIndex.HEAD);
  }

  /** The beginning of a block of a file that is not compressed. */
  byte[] start(int block, int most) throws IOException {
    Optional<byte[]> known = cached(block);
    return known.isPresent()
        ? known.get()
        : read((long) block * BLOCK, Math.min(most, lengthOf(block)));
  }

  /** A block of a file that is not compressed. */
  byte[] block(int block) throws IOException {
    Optional<byte[]> known = cached(block);
    if (known.isPresent()) {
      return known.get();
    }
    byte[] text = read((long) block * BLOCK, lengthOf(block));
    index.ifPresent(it -> cache.put(it.identity(), block, text));
    return text;
  }

  /** Reads some blocks of a file that is not compressed, if the first one is not there. */
  void load(int first, int stop) throws IOException {
    int count = Math.min(TOGETHER, stop - first);
    if (count < 2 || cached(first).isPresent() || index.isEmpty()) {
      return;
    }
    int length = (count - 1) * BLOCK + lengthOf(first + count - 1);
    byte[] text = read((long) first * BLOCK, length);
    for (int i = 0; i < count; i++) {
      int end = Math.min(length, (i + 1) * BLOCK);
      cache.put(index.get().identity(), first + i, Arrays.copyOfRange(text, i * BLOCK, end));
    }
  }

  /**
   * A block of a compressed file; an empty one behind its end.
   *
   * @param block larger each time
   */
  byte[] packed(int block) throws IOException {
    if (stream.isEmpty()) {
      stream = Optional.of(text(files, file, allowance));
    }
    byte[] text = {};
    while (streamed <= block) {
      text = stream.get().readNBytes(BLOCK);
      streamed++;
    }
    return text;
  }

  /** The text of a file from its beginning on; what is read of the host is drawn. */
  static InputStream text(HostFiles files, HostFile file, Allowance allowance) throws IOException {
    FileStream bytes = new FileStream(files.open(file), 0, allowance);
    if (!LogNames.isGzip(file.name())) {
      return bytes;
    }
    try {
      return new UnpackedStream(bytes);
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    if (stream.isPresent()) {
      stream.get().close();
    }
    if (open.isPresent()) {
      open.get().close();
    }
  }

  private Optional<byte[]> cached(int block) {
    return index.flatMap(it -> cache.get(it.identity(), block, lengthOf(block)));
  }

  private byte[] read(long offset, int length) throws IOException {
    return readFrom(opened(), offset, length);
  }

  private OpenFile opened() throws IOException {
    if (open.isPresent()) {
      return open.get();
    }
    OpenFile fresh = files.open(file);
    open = Optional.of(fresh);
    Optional<String> head = index.flatMap(FileIndex::head);
    if (head.isPresent()
        && !LogIndex.headOf(readFrom(fresh, 0, LogIndex.HEAD)).equals(head.get())) {
      throw new RotatedException(file);
    }
    return fresh;
  }

  private byte[] readFrom(OpenFile from, long offset, int length) throws IOException {
    allowance.draw(length);
    byte[] text = new byte[length];
    int filled = 0;
    while (filled < length) {
      int count = from.read(offset + filled, text, filled, length - filled);
      if (count < 0) {
        throw new RotatedException(file);
      }
      filled += count;
    }
    return text;
  }
}
