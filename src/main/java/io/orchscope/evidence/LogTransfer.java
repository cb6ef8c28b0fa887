package io.orchscope.evidence;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Copies a log, line by line and masked, to the end of its part. Bytes of which nothing is masked
 * stay as they are, UTF-8 or not.
 */
final class LogTransfer {

  private final LogDisk disk;
  private final Supplier<LineMask> masks;
  private final LogTuning tuning;

  /** Told when all up to a mark is on the disk. */
  @FunctionalInterface
  interface Marks {
    void reached(Mark mark) throws IOException;
  }

  /**
   * How far a copy has come.
   *
   * @param mark from where it can go on
   * @param originalBytes more than the mark's offset if a last line has no end
   */
  record Copied(Mark mark, long originalBytes, long bytes, long masked) {

    static Copied upTo(Mark mark) {
      return new Copied(mark, mark.offset(), mark.bytes(), mark.masked());
    }
  }

  LogTransfer(LogDisk disk, Supplier<LineMask> masks, LogTuning tuning) {
    this.disk = disk;
    this.masks = masks;
    this.tuning = tuning;
  }

  /**
   * Copies until the source ends or breaks off; all of it is on the disk then. What is before a
   * break and no whole line is left to the next try.
   *
   * @param from where both the source and the part stand
   */
  Copied copy(LogSource source, Path part, Mark from, Marks marks) throws IOException {
    try (PartFile out = new PartFile(part, from.bytes(), disk, tuning.buffer())) {
      Course course = new Course(source, from, out);
      try {
        return course.run(marks);
      } catch (IOException e) {
        out.giveBack(course.mark.bytes());
        throw e;
      }
    }
  }

  /** One copy under way. */
  private final class Course {

    private final LogSource source;
    private final LogLines lines;
    private final Overlap overlap = new Overlap();
    private final LineMask mask = masks.get();
    private final PartFile out;
    private Mark mark;
    private Mark beforeSecret = Mark.START;
    private long offset;
    private long masked;

    private Course(LogSource source, Mark from, PartFile out) {
      this.source = source;
      this.lines = new LogLines(source, tuning.longestLine());
      this.out = out;
      this.mark = from;
      this.offset = from.offset();
      this.masked = from.masked();
      overlap.add(source.overlap(), 0, source.overlap().length);
    }

    private Copied run(Marks marks) throws IOException {
      while (lines.next() && lines.isEnded()) {
        write();
        overlap.add(lines.bytes(), lines.from(), lines.length());
        if (offset - mark.offset() >= tuning.markEvery() && !mask.isWithinSecret()) {
          out.force();
          mark = overlap.mark(offset, out.bytes(), masked);
          marks.reached(mark);
        }
      }
      if (mask.isWithinSecret()) {
        mark = beforeSecret.offset() > mark.offset() ? beforeSecret : mark;
      } else if (offset > mark.offset()) {
        mark = overlap.mark(offset, out.bytes(), masked);
      }
      if (source.fault().isEmpty() && lines.length() > 0) {
        write();
      }
      out.force();
      return new Copied(mark, offset, out.bytes(), masked);
    }

    private void write() throws IOException {
      int text = lines.textLength();
      byte[] bytes = Arrays.copyOfRange(lines.bytes(), lines.from(), lines.from() + text);
      Charset charset = charset(bytes);
      String line = new String(bytes, charset);
      boolean wasWithin = mask.isWithinSecret();
      LineMask.Masked without = mask.mask(line);
      if (!wasWithin && mask.isWithinSecret()) {
        beforeSecret = overlap.mark(offset, out.bytes(), masked);
      }
      if (without.line().equals(line)) {
        out.write(lines.bytes(), lines.from(), lines.length());
      } else {
        out.write(without.line().getBytes(charset));
        out.write(lines.bytes(), lines.from() + text, lines.length() - text);
      }
      offset += lines.length();
      masked += without.secrets();
    }
  }

  /** UTF-8 where the bytes come back the same. */
  private static Charset charset(byte[] bytes) {
    for (byte one : bytes) {
      if (one < 0) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)
            ? StandardCharsets.UTF_8
            : StandardCharsets.ISO_8859_1;
      }
    }
    return StandardCharsets.ISO_8859_1;
  }
}
