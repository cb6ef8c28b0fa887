package io.orchscope.simulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** MDSO's archive of plan logs, which not every MDSO has. Source: domain.md §1.4. */
final class LogArchiveApi {

  static final String PATH = "/logarchive/api/v1/logs";

  /** So much text at most goes into one archive; older logs are left out. */
  private static final long MOST = 16L << 20;

  /** No orchestration takes longer, with all of its attempts. */
  private static final Duration LONGEST = Duration.ofHours(1);

  private final Inventory inventory;
  private final PlanLogs logs;
  private final PlanLogWriter writer;

  LogArchiveApi(Inventory inventory, PlanLogs logs, PlanLogWriter writer) {
    this.inventory = inventory;
    this.logs = logs;
    this.writer = writer;
  }

  /** Answers a call with a good token: the newest logs that ended since a time, newest first. */
  Reply answer(Call call) {
    if (!call.method().equals("GET")) {
      return TokenApi.notAllowed(call);
    }
    if (!call.param("format").orElse("zip").equals("zip")) {
      return Reply.refusal(400, "Bad Request", "format is not zip.");
    }
    try {
      return Reply.bytes(200, "application/zip", zip(since(Instant.parse(start(call)))));
    } catch (DateTimeParseException e) {
      return Reply.refusal(400, "Bad Request", "start_time is no time: " + start(call));
    }
  }

  private static String start(Call call) {
    return call.param("start_time").orElse("");
  }

  private List<PlanLog> since(Instant start) {
    int end = inventory.end();
    Stream<PlanLog> newest =
        IntStream.iterate(end - 1, owner -> owner >= 0, owner -> owner - 1)
            .takeWhile(owner -> inventory.sketch(owner).createdAt().plus(LONGEST).isAfter(start))
            .boxed()
            .flatMap(owner -> logs.of(owner).stream())
            .filter(log -> !log.isCompressed() && !log.endedAt().isBefore(start));
    long[] left = {MOST};
    return newest.takeWhile(log -> (left[0] -= logs.length(log)) >= 0).toList();
  }

  private byte[] zip(List<PlanLog> found) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (PlanLog log : found) {
        ZipEntry entry = new ZipEntry(log.name() + ".log");
        entry.setLastModifiedTime(FileTime.from(log.endedAt()));
        zip.putNextEntry(entry);
        zip.write(writer.text(log));
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
