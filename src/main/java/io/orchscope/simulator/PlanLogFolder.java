package io.orchscope.simulator;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * One folder of plan logs.
 *
 * @param number of the folder on its host
 */
record PlanLogFolder(PlanLogs logs, PlanLogWriter writer, int host, int number)
    implements HostFolder {

  private static final byte[] HEADER = {31, (byte) 139, 8, 16, 0, 0, 0, 0, 0, (byte) 255};
  private static final int TRAILER = 8;

  @Override
  public Stream<String> names() {
    return logs.in(host, number).map(PlanLog::name);
  }

  @Override
  public Optional<HostFile> file(String name) {
    return logs.named(name).filter(log -> PlanLogs.isIn(log, host, number)).map(this::file);
  }

  private HostFile file(PlanLog log) {
    int length = logs.length(log);
    if (!log.isCompressed()) {
      return HostFile.file(length, log.endedAt(), () -> ByteContent.of(writer.text(log)));
    }
    int size = length / 2;
    return HostFile.file(
        size, log.endedAt(), () -> ByteContent.of(compressed(writer.text(log), size)));
  }

  /**
   * A gzip file of a size that is known beforehand, so that a listing need not write it: what the
   * text leaves over is in the header's comment. Source: RFC 1952.
   */
  private static byte[] compressed(byte[] text, int size) {
    byte[] body = new byte[size];
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    deflater.setInput(text);
    deflater.finish();
    int length = deflater.deflate(body);
    boolean whole = deflater.finished();
    deflater.end();
    int comment = size - HEADER.length - 1 - length - TRAILER;
    if (!whole || comment < 0) {
      throw new IllegalStateException("A log compresses worse than to half its size.");
    }
    CRC32 sum = new CRC32();
    sum.update(text);
    ByteBuffer file = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    file.put(HEADER).put(" ".repeat(comment).getBytes(StandardCharsets.US_ASCII)).put((byte) 0);
    file.put(body, 0, length).putInt((int) sum.getValue()).putInt(text.length);
    return file.array();
  }
}
