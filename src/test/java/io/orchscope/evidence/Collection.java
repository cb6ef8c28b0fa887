package io.orchscope.evidence;

import io.orchscope.hostlog.LogBudget;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the tests of collected logs share: an attempt, a mask, small sizes. */
final class Collection {

  static final String CIRCUIT = "80.L1XX.000001..TEST";
  static final String ATTEMPT = "service_mapper/" + CIRCUIT + "/20240301T140619Z-631edc74";
  static final Clock NOW = Clock.fixed(Instant.parse("2024-03-01T15:10:00Z"), ZoneOffset.UTC);
  static final LogSubject SUBJECT = subject(CIRCUIT, ATTEMPT);

  /** So small that every log needs many writes, marks and reads. */
  static final LogTuning SMALL = new LogTuning(96, 100, 16);

  private static final Pattern SECRET = Pattern.compile("(password=)\\S+");

  static final String KEY_BEGINS = "-----BEGIN KEY-----";
  static final String KEY_ENDS = "-----END KEY-----";

  /** Takes passwords out and counts them, and what stands in the lines of a key. */
  private static final class Mask implements LineMask {

    private boolean isInKey;

    @Override
    public Masked mask(String line) {
      boolean wasInKey = isInKey;
      isInKey = line.contains(KEY_BEGINS) || (isInKey && !line.contains(KEY_ENDS));
      if (wasInKey) {
        return new Masked(line.replaceAll("[a-z]", "#"), 1);
      }
      Matcher secrets = SECRET.matcher(line);
      int count = (int) secrets.results().count();
      return new Masked(secrets.replaceAll("$1***"), count);
    }

    @Override
    public boolean isWithinSecret() {
      return isInKey;
    }
  }

  static LogSubject subject(String circuit, String attempt) {
    return new LogSubject(
        attempt,
        "service_mapper",
        "ServiceMapper",
        circuit,
        "6b1d0c2e-0000-11ee-9000-0000000000aa",
        Instant.parse("2024-03-01T14:06:19Z"),
        Instant.parse("2024-03-01T14:06:19.623Z"));
  }

  static LogTools tools(LogLayout layout, long compressAbove, Clock clock, Hazard hazard) {
    return new LogTools(
        new LogForm(layout, ZoneOffset.UTC, compressAbove),
        Mask::new,
        clock,
        new LogDisk(new Disk(Durability.NONE), hazard),
        SMALL);
  }

  static LogArchive archive(Path root, LogLayout layout) {
    return archive(root, layout, NOW);
  }

  static LogArchive archive(Path root, LogLayout layout, Clock clock) {
    return new LogArchive(root, tools(layout, 1000, clock, Hazard.NONE));
  }

  static LogBudget budget() {
    return new LogBudget(Long.MAX_VALUE, Duration.ofHours(1), Clock.systemUTC());
  }

  /** One whole try; what it came to. */
  static LogStatus collect(LogArchive archive, LogSubject subject, HostLog... logs) {
    try (LogFolder folder = archive.open(subject).orElseThrow()) {
      for (HostLog log : logs) {
        folder.keep(log, budget());
      }
      return folder.end(List.of(), folder.manifest().tries() + 1, false);
    }
  }

  /** What has to come out of a log, whatever happened on the way. */
  static byte[] masked(byte[] original) {
    StringBuilder masked = new StringBuilder();
    LineMask mask = new Mask();
    for (String line : new String(original, StandardCharsets.ISO_8859_1).split("(?<=\n)", -1)) {
      masked.append(mask.mask(line).line());
    }
    return masked.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The text of an artifact, by the end of its path on its host. */
  static byte[] text(Path root, StoredLogs stored, String path) throws IOException {
    Optional<LogManifest.Artifact> artifact =
        stored.manifest().artifacts().stream().filter(it -> it.path().endsWith(path)).findFirst();
    try (InputStream in =
        new KeptLogs(root).read(stored.folder(), artifact.orElseThrow(), Long.MAX_VALUE)) {
      return in.readAllBytes();
    }
  }

  static StoredLogs stored(Path root) {
    return new KeptLogs(root).ofAttempt(ATTEMPT).orElseThrow();
  }

  /** Every file below a folder, hidden ones too, by its name. */
  static List<String> filesUnder(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private Collection() {}
}
