package io.orchscope.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * All that is kept of one attempt as one zip, to go with a ticket: its evidence and its logs.
 *
 * <p>Shape: one folder, named after circuit and attempt, with {@code evidence/} and {@code logs/}
 * as they are in the archives, but for what is compressed there: it is text, under its name without
 * {@code .gz}. A log that is not whole ends in {@code .partial}. The same files make the same zip,
 * whenever that is. Nothing is held in memory.
 *
 * <p>Errors: {@link IOException} when nobody takes the zip. A file that cannot be read, or not to
 * its end, is named in the answer.
 */
public final class AttemptExport {

  /** The first moment of a zip's clock. */
  private static final LocalDateTime ALWAYS = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final EvidenceSearch evidence;
  private final KeptLogs logs;

  private static final int CHUNK = 64 * 1024;

  /**
   * What was written.
   *
   * <p>Units: bytes before compression.
   *
   * @param damaged names of files that could not be read to their ends
   */
  public record Written(int files, long bytes, List<String> damaged) {}

  /** A zip under way. */
  private static final class Zip {

    private final ZipOutputStream out;
    private final List<String> damaged = new ArrayList<>();
    private int files;
    private long bytes;

    private Zip(OutputStream out) {
      this.out = new ZipOutputStream(out);
    }

    private void begin(String name) throws IOException {
      ZipEntry entry = new ZipEntry(name);
      entry.setTimeLocal(ALWAYS);
      out.putNextEntry(entry);
      files++;
    }

    private void add(String name, byte[] content) throws IOException {
      begin(name);
      out.write(content);
      bytes += content.length;
    }

    private void add(String name, InputStream content) throws IOException {
      begin(name);
      byte[] chunk = new byte[CHUNK];
      for (int count = read(content, chunk, name); count >= 0; ) {
        out.write(chunk, 0, count);
        bytes += count;
        count = read(content, chunk, name);
      }
    }

    private int read(InputStream content, byte[] chunk, String name) {
      try {
        return content.read(chunk);
      } catch (IOException unreadable) {
        damaged.add(name);
        return -1;
      }
    }
  }

  public AttemptExport(EvidenceSearch evidence, KeptLogs logs) {
    this.evidence = evidence;
    this.logs = logs;
  }

  /** The name of the folder in the zip, and of a file for it without its ending. */
  public static String name(String attempt) {
    Place place = Place.parse(attempt).orElseThrow();
    return LogName.of(SafeName.decode(place.circuit()).orElse(place.circuit()))
        + "_"
        + place.attempt();
  }

  /**
   * Writes the zip; the stream stays open.
   *
   * @param attempt its place in the evidence: product, circuit and attempt
   */
  public Written write(String attempt, OutputStream out) throws IOException {
    Zip zip = new Zip(out);
    String top = name(attempt) + "/";
    for (StoredFile file : evidence.files(attempt)) {
      Optional<byte[]> bytes = evidence.file(attempt, file.name());
      if (bytes.isPresent()) {
        zip.add(top + "evidence/" + file.name(), bytes.get());
      }
    }
    Optional<StoredLogs> stored = logs.ofAttempt(attempt);
    if (stored.isPresent()) {
      add(stored.get(), top + "logs/", zip);
    }
    zip.out.finish();
    return new Written(zip.files, zip.bytes, List.copyOf(zip.damaged));
  }

  private void add(StoredLogs stored, String top, Zip zip) throws IOException {
    zip.add(top + LogManifest.FILE, logs.manifestFile(stored.folder()).orElse(new byte[0]));
    for (LogManifest.Artifact artifact : stored.manifest().artifacts()) {
      String name = top + artifact.plainName() + (artifact.part().isPresent() ? ".partial" : "");
      try (InputStream in = open(stored, artifact)) {
        zip.add(name, in);
      } catch (StorageFault unreadable) {
        zip.damaged.add(name);
      }
    }
  }

  private InputStream open(StoredLogs stored, LogManifest.Artifact artifact) {
    return logs.read(stored.folder(), artifact, Long.MAX_VALUE);
  }
}
