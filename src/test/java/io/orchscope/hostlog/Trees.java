package io.orchscope.hostlog;

import io.orchscope.settings.Clocks;
import io.orchscope.settings.Secret;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/** Logs of an invented orchestration, as hosts have them, and who looks for them. */
final class Trees {

  static final String ID = "6b1d0c2e-0000-11ee-9000-0000000000aa";
  static final String OTHER = "6b1d0c2e-0000-11ee-9000-0000000000bb";
  static final String PROVIDER = "bpo_9f8e7d6c_0a1b2c3d-0000-11ee-9000-00000000f00d";
  static final String DEVICE = "ABCDTXAB1CW.EXAMPLE.COM";
  static final String PLAN_FOLDER = "opt/ciena/bp2/scriptplan-1/log/plan-log";
  static final String RA_FOLDER = "opt/ciena/bp2/rajuniper-1/log";

  static final Instant FROM = Instant.parse("2024-03-01T14:06:00Z");
  static final Instant TO = Instant.parse("2024-03-01T14:10:00Z");

  static final HostLimits LIMITS =
      new HostLimits(
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofMinutes(1),
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          4,
          1 << 20,
          64 << 20);

  /** Folders are listed each time. */
  static final HostLimits ALWAYS_LISTED =
      new HostLimits(
          LIMITS.connect(),
          LIMITS.answer(),
          LIMITS.idle(),
          LIMITS.pause(),
          Duration.ZERO,
          LIMITS.channels(),
          LIMITS.excerptBytes(),
          LIMITS.archiveBytes());

  /** A log that was changed last while the orchestration ran. */
  static Path write(Path root, String path, String text) throws IOException {
    return write(root, path, text.getBytes(StandardCharsets.UTF_8), TO);
  }

  static Path write(Path root, String path, byte[] text, Instant modified) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, text);
    return Files.setLastModifiedTime(file, FileTime.from(modified));
  }

  static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return packed.toByteArray();
  }

  static LogHost mounted(String name, Path root) {
    return new LogHost(name, new LogHost.Mounted(root));
  }

  static LogHosts hosts(LogHost... hosts) {
    return hosts(LIMITS, hosts);
  }

  static LogHosts hosts(HostLimits limits, LogHost... hosts) {
    return hosts(limits, new Secret(""), Optional.empty(), hosts);
  }

  static LogHosts hosts(
      HostLimits limits, Secret passphrase, Optional<Path> agent, LogHost... hosts) {
    return new LogHosts(
        places(hosts), limits, passphrase, agent, Trees::absent, Clocks.ofThisMachine());
  }

  static LogPlaces places(LogHost... hosts) {
    return new LogPlaces(
        LogPlaces.USUAL_PLAN_LOGS, LogPlaces.USUAL_RA_LOGS, List.of(hosts), AdapterFolder.USUAL);
  }

  static PlanLogsWanted named(String... names) {
    return new PlanLogsWanted(Set.of(names), Set.of(), FROM, TO);
  }

  static PlanLogsWanted mentioning(String... ids) {
    return new PlanLogsWanted(Set.of(), Set.of(ids), FROM, TO);
  }

  static RaLogsWanted device() {
    return new RaLogsWanted(DEVICE, "rajuniper", PROVIDER, FROM, TO);
  }

  static LogBudget plenty() {
    return budget(1L << 40);
  }

  static LogBudget budget(long bytes) {
    return new LogBudget(bytes, Duration.ofMinutes(5), Clocks.ofThisMachine().steady());
  }

  static List<String> names(LogSearch search) {
    return search.found().stream().map(log -> log.origin().name()).toList();
  }

  static String text(FoundLog log) throws IOException {
    return text(log, 0);
  }

  static String text(FoundLog log, long offset) throws IOException {
    try (InputStream in = log.open(offset)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** What MDSO says that has no log archive. */
  private static InputStream absent(String path, String query) throws IOException {
    throw new FileNotFoundException("MDSO has no " + path);
  }

  private Trees() {}
}
