package io.orchscope.console;

import io.orchscope.evidence.KeptLogs;
import io.orchscope.evidence.LogManifest;
import io.orchscope.evidence.StorageFault;
import io.orchscope.evidence.StoredLogs;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A log from one of MDSO's hosts, to read or to keep. */
public final class LogPage implements Page {

  /** What a browser is given of one log. Units: bytes. */
  private static final int MOST = 8 << 20;

  /** So much is passed over on the way to a line, as where its remark was found. Units: bytes. */
  private static final long LOOKED_THROUGH = 64L << 20;

  private final Views views;
  private final KeptLogs logs;

  public LogPage(Views views, KeptLogs logs) {
    this.views = views;
    this.logs = logs;
  }

  @Override
  public Reply answer(Request request, Visitor visitor) {
    String folder = request.word("folder");
    String name = request.word("file");
    String line = request.word("line");
    Optional<Reply> log =
        line.matches("[1-9][0-9]{0,17}") && !request.word("download").equals("yes")
            ? around(folder, name, Long.parseLong(line), visitor)
            : log(logs, folder, name);
    if (log.isEmpty()) {
      return views.refusal(
          404,
          "There is no such log",
          "It may be older than logs.keep-for, and gone. The circuit's page lists what is kept.",
          visitor);
    }
    String file = name.substring(name.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9._-]", "_");
    return request.word("download").equals("yes")
        ? log.get().with("Content-Disposition", "attachment; filename=\"" + file + ".txt\"")
        : log.get();
  }

  /** What a page shows of a log. */
  public record Model(
      String folder, String circuit, LogManifest.Artifact artifact, LogExcerpt excerpt) {}

  private Optional<Reply> around(String folder, String name, long line, Visitor visitor) {
    Optional<StoredLogs> stored = logs.open(folder);
    Optional<LogManifest.Artifact> artifact = stored.flatMap(it -> artifact(it, name));
    if (artifact.isEmpty()) {
      return Optional.empty();
    }
    try (InputStream text =
        new BufferedInputStream(logs.read(folder, artifact.get(), LOOKED_THROUGH))) {
      String circuit = stored.orElseThrow().manifest().subject().circuit();
      return Optional.of(
          views.page(
              "log",
              views.frame(name, "", visitor),
              new Model(folder, circuit, artifact.get(), LogExcerpt.of(text, line))));
    } catch (IOException | StorageFault unreadable) {
      return Optional.empty();
    }
  }

  private static Optional<LogManifest.Artifact> artifact(StoredLogs stored, String name) {
    return stored.manifest().artifacts().stream()
        .filter(each -> each.name().equals(name))
        .findFirst();
  }

  /**
   * As plain text whatever it holds: no browser is to run what MDSO has written. A large one ends
   * with a line that says how to get the rest.
   */
  public static Optional<Reply> log(KeptLogs logs, String folder, String name) {
    Optional<StoredLogs> stored = logs.open(folder);
    Optional<LogManifest.Artifact> artifact = stored.flatMap(it -> artifact(it, name));
    if (artifact.isEmpty()) {
      return Optional.empty();
    }
    try (InputStream text = logs.read(folder, artifact.get(), MOST + 1L)) {
      byte[] bytes = text.readNBytes(MOST + 1);
      return Optional.of(
          new Reply(200, "text/plain; charset=utf-8", Map.of(), shown(bytes, artifact.get())));
    } catch (IOException | StorageFault unreadable) {
      return Optional.empty();
    }
  }

  private static byte[] shown(byte[] bytes, LogManifest.Artifact artifact) {
    if (bytes.length <= MOST) {
      return bytes;
    }
    ByteArrayOutputStream cut = new ByteArrayOutputStream();
    cut.write(bytes, 0, MOST);
    cut.writeBytes(
        String.format(
                Locale.ROOT,
                "%n… cut: the first %,d bytes of %,d; 'orchscope evidence export' gives all of"
                    + " it%n",
                MOST,
                artifact.originalBytes())
            .getBytes(StandardCharsets.UTF_8));
    return cut.toByteArray();
  }
}
