package io.orchscope.simulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * The log of one adapter, turned over several times: two files ago it was compressed. The
 * compressed ones are written to know their sizes, so they are small ones.
 */
final class RaFolder implements HostFolder {

  private static final int PLAIN = 3;
  private static final int FILES = 5;
  private static final int MOST_COMPRESSED = 4 << 20;

  private final String log;
  private final Supplier<RaStream> stream;
  private final Map<Integer, Integer> sizes = new ConcurrentHashMap<>();

  /**
   * Looks at nothing yet.
   *
   * @param stream what has been logged so far; the same as before, or more
   */
  RaFolder(Adapter adapter, Supplier<RaStream> stream) {
    this.log = adapter.folder + ".log";
    this.stream = stream;
  }

  @Override
  public Stream<String> names() {
    return IntStream.range(0, FILES).mapToObj(this::name);
  }

  @Override
  public Optional<HostFile> file(String name) {
    return IntStream.range(0, FILES)
        .filter(age -> name(age).equals(name))
        .mapToObj(this::file)
        .findFirst();
  }

  private String name(int age) {
    return log + (age == 0 ? "" : "." + age) + (age >= PLAIN ? ".gz" : "");
  }

  /** The file that was turned over so many times. */
  private HostFile file(int age) {
    RaStream whole = stream.get();
    int first = age == FILES - 1 ? 0 : end(whole, age + 1);
    int end = end(whole, age);
    Instant modified = Instant.ofEpochMilli(whole.time(end));
    if (age >= PLAIN) {
      int size = sizes.computeIfAbsent(age, key -> compressed(whole, first, end).length);
      return HostFile.file(size, modified, () -> ByteContent.of(compressed(whole, first, end)));
    }
    long begin = whole.offset(first);
    return HostFile.file(whole.offset(end) - begin, modified, () -> content(whole, begin));
  }

  /** One more than the last block of a file. */
  private static int end(RaStream whole, int age) {
    int blocks = whole.blocksAtStart();
    long fitting = blocks * (long) MOST_COMPRESSED / Math.max(1, whole.offset(blocks));
    int compressed = (int) Math.min(blocks / FILES, Math.max(1, fitting));
    int plain = blocks - (FILES - PLAIN) * compressed;
    return switch (age) {
      case 0 -> whole.blocks();
      case 1, 2 -> blocks - plain * age / PLAIN;
      default -> compressed * (FILES - age);
    };
  }

  /** Holds the last block that was read, since readers go from one byte to the next. */
  private static ByteContent content(RaStream whole, long begin) {
    return new ByteContent() {
      private int block = -1;
      private byte[] text = new byte[0];

      @Override
      public void read(long offset, ByteBuffer into) {
        int wanted = whole.blockAt(begin + offset);
        if (wanted != block) {
          block = wanted;
          text = whole.text(block);
        }
        int from = (int) (begin + offset - whole.offset(block));
        into.put(text, from, Math.min(into.remaining(), text.length - from));
      }
    };
  }

  private static byte[] compressed(RaStream whole, int first, int end) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(file)) {
      for (int block = first; block < end; block++) {
        zip.write(whole.text(block));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file.toByteArray();
  }
}
