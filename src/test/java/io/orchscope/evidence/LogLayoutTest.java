package io.orchscope.evidence;

import static io.orchscope.evidence.Collection.ATTEMPT;
import static io.orchscope.evidence.Collection.CIRCUIT;
import static io.orchscope.evidence.Collection.NOW;
import static io.orchscope.evidence.Collection.SUBJECT;
import static io.orchscope.evidence.Collection.archive;
import static io.orchscope.evidence.Collection.budget;
import static io.orchscope.evidence.Collection.collect;
import static io.orchscope.evidence.Collection.filesUnder;
import static io.orchscope.evidence.HostLog.PLAN_LOG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where logs lie in both layouts, and that none of their names leads anywhere else. */
class LogLayoutTest {

  private static final String DAY = "03_01_24-Service_Mapper_Logs";
  private static final String LEGACY = DAY + "/80.L1XX.000001..TEST_2024-03-01_14-06-19";
  private static final String SAFE = PLAN_LOG.replace(':', '-');
  private static final String DEVICE = "ABCDTXAB1CW.EXAMPLE.COM";

  private static final String[] PIECES = {
    "A",
    "a",
    "log",
    "LOG",
    ".",
    "..",
    "/",
    "\\",
    "\0",
    "\n",
    " ",
    ":",
    "%",
    "+",
    "~",
    "-2",
    "_",
    "CON",
    ".gz",
    ".GZ",
    ".txt",
    ".json",
    "manifest.json",
    "plan-script-downloads",
    "ra_log_download",
    ".parts",
    "é",
    "😀",
    "\ud83d",
    "x".repeat(90)
  };

  @TempDir Path home;

  static Stream<Arguments> logs() {
    return Stream.of(
        arguments(LogLayout.OWN, HostLog.plan("plan-a", PLAN_LOG, "x"), "plan/plan-a/" + SAFE),
        arguments(
            LogLayout.LEGACY,
            HostLog.plan("plan-a", PLAN_LOG, "x"),
            "plan-script-downloads/" + SAFE + ".log " + SAFE + ".txt"),
        arguments(
            LogLayout.OWN,
            HostLog.ra("ra-a", DEVICE, "rajuniper.log", "x"),
            "ra/" + DEVICE + "/ra-a/rajuniper.log"),
        arguments(
            LogLayout.LEGACY,
            HostLog.ra("ra-a", DEVICE, "rajuniper.log", "x"),
            DEVICE + "/ra_log_download/rajuniper.log " + DEVICE + "/rajuniper.log.txt"),
        arguments(
            LogLayout.OWN,
            HostLog.ra("ra-a", DEVICE, "rajuniper.log.1.gz", "x"),
            "ra/" + DEVICE + "/ra-a/rajuniper.log.1"),
        arguments(LogLayout.OWN, HostLog.plan("a/b c", "a log: 1", "x"), "plan/a-b_c/a_log-_1"),
        arguments(LogLayout.OWN, HostLog.plan("plan-a", "CON", "x"), "plan/plan-a/~%43ON"),
        arguments(LogLayout.OWN, HostLog.plan("..", "...", "x"), "plan/~%2E%2E/~%2E.%2E"),
        arguments(LogLayout.OWN, HostLog.plan("plan-a", "", "x"), "plan/plan-a/~%"),
        arguments(
            LogLayout.LEGACY,
            HostLog.plan("plan-a", "a log: 1", "x"),
            "a_log-_1.txt plan-script-downloads/a_log-_1.log"),
        arguments(
            LogLayout.LEGACY,
            HostLog.ra("ra-a", "../../etc", "passwd", "x"),
            "~%2E.%2F..%2F+etc+/passwd.txt ~%2E.%2F..%2F+etc+/ra_log_download/passwd.log"),
        arguments(
            LogLayout.LEGACY,
            HostLog.ra("ra-a", "Manifest.json", "x", "x"),
            "~M+anifest+.+json+/ra_log_download/x.log ~M+anifest+.+json+/x.txt"),
        arguments(
            LogLayout.LEGACY,
            HostLog.ra("ra-a", "plan-script-downloads", "x", "x"),
            "~+plan+-+script+-+downloads+/ra_log_download/x.log"
                + " ~+plan+-+script+-+downloads+/x.txt"));
  }

  @ParameterizedTest
  @MethodSource("logs")
  void namesALogAfterItsHostDeviceAndPath(LogLayout layout, HostLog log, String names)
      throws IOException {
    collect(archive(home, layout), SUBJECT, log);

    List<String> files = filesUnder(home.resolve(layout == LogLayout.OWN ? ATTEMPT : LEGACY));
    assertThat(files.stream().filter(name -> !name.equals("manifest.json")))
        .containsExactlyInAnyOrder(names.split(" "));
  }

  @Test
  void laysOutAnAttemptAsTheOldCollectorDid() throws IOException {
    byte[] trace = "{\"label\":\"é\",\"a\":[1.50,{}],\"b\":[]}".getBytes(StandardCharsets.UTF_8);

    try (LogFolder folder = archive(home, LogLayout.LEGACY).open(SUBJECT).orElseThrow()) {
      folder.keep(HostLog.plan("plan-a", PLAN_LOG, "password=x\n".repeat(500)), budget());
      folder.keep(HostLog.ra("ra-a", DEVICE, "rajuniper.log", "one\n"), budget());
      folder.keep(HostLog.ra("ra-b", DEVICE, "rajuniper.log", "two\n"), budget());
      folder.keepText(ArtifactKind.TRACE, "mdso", "t", trace);
      folder.keepText(ArtifactKind.TOPOLOGY, "beorn", "t", trace);
      folder.end(List.of(), 1, false);
    }

    Path folder = home.resolve(LEGACY);
    assertThat(filesUnder(home))
        .containsExactlyInAnyOrder(
            LEGACY + "/" + CIRCUIT + "_orch_trace.txt",
            LEGACY + "/" + DEVICE + "/ra_log_download/rajuniper-2.log",
            LEGACY + "/" + DEVICE + "/ra_log_download/rajuniper.log",
            LEGACY + "/" + DEVICE + "/rajuniper.log-2.txt",
            LEGACY + "/" + DEVICE + "/rajuniper.log.txt",
            LEGACY + "/manifest.json",
            LEGACY + "/plan-script-downloads/" + SAFE + ".log",
            LEGACY + "/" + SAFE + ".txt",
            LEGACY + "/topology.json");
    assertThat(folder.resolve(SAFE + ".txt")).hasContent("password=***\n".repeat(500));
    assertThat(folder.resolve("plan-script-downloads/" + SAFE + ".log"))
        .hasContent("password=***\n".repeat(500));
    assertThat(folder.resolve(DEVICE + "/ra_log_download/rajuniper-2.log")).hasContent("two\n");
    assertThat(folder.resolve(CIRCUIT + "_orch_trace.txt"))
        .hasBinaryContent(Examinations.fixture("trace-log-as-the-old-collector-wrote-it.txt"));
    assertThat(new KeptLogs(home).verify(LEGACY)).isEmpty();
  }

  @Test
  void takesTheDayOfTheCollectionFromTheZone() throws IOException {
    Clock night = Clock.offset(NOW, Duration.ofHours(12));
    LogForm chicago = new LogForm(LogLayout.LEGACY, ZoneId.of("America/Chicago"), 1000);
    Path there = home.resolve("there");

    collect(
        archive(home.resolve("here"), LogLayout.LEGACY, night),
        SUBJECT,
        HostLog.plan("plan-a", "a", "x"));
    collect(
        new LogArchive(there, chicago, () -> LineMask.NOTHING, night, Durability.FSYNC),
        SUBJECT,
        HostLog.plan("plan-a", "a", "x"));

    assertThat(home.resolve("here/03_02_24-Service_Mapper_Logs")).isDirectory();
    assertThat(there.resolve(LEGACY)).isDirectory();
  }

  @Test
  void completesTheFolderOfAnEarlierDay() throws IOException {
    HostLog log = HostLog.plan("plan-a", "a", "one\ntwo\n").breaksAt(5);
    collect(archive(home, LogLayout.LEGACY), SUBJECT, log);
    Clock later = Clock.offset(NOW, Duration.ofDays(3));

    LogStatus status = collect(archive(home, LogLayout.LEGACY, later), SUBJECT, log.breaksNoMore());

    assertThat(status).isEqualTo(LogStatus.COMPLETE);
    assertThat(filesUnder(home))
        .containsExactly(
            LEGACY + "/a.txt", LEGACY + "/manifest.json", LEGACY + "/plan-script-downloads/a.log");
  }

  @Test
  void keepsAttemptsOfOneResourceApartAndFindsEachAgain() throws IOException {
    HostLog log = HostLog.plan("plan-a", "a", "one\ntwo\n").breaksAt(5);
    LogSubject second = Collection.subject(CIRCUIT, ATTEMPT + "2");
    LogSubject third = Collection.subject(CIRCUIT, ATTEMPT + "3");
    for (LogSubject subject : List.of(SUBJECT, second, third)) {
      collect(archive(home, LogLayout.LEGACY), subject, log);
    }
    Disk.deleteAll(home.resolve(LEGACY));
    Clock later = Clock.offset(NOW, Duration.ofDays(1));

    collect(archive(home, LogLayout.LEGACY, later), third, log.breaksNoMore());

    assertThat(new KeptLogs(home).of(CIRCUIT))
        .extracting(StoredLogs::folder, it -> it.manifest().status())
        .containsExactly(tuple(LEGACY + "-3", "complete"), tuple(LEGACY + "-2", "incomplete"));
  }

  @Test
  void leavesTheFoldersOfTheOldCollectorAlone() throws IOException {
    Files.createDirectories(home.resolve(LEGACY));
    Files.writeString(home.resolve(LEGACY).resolve("a.txt"), "of the old collector");

    collect(archive(home, LogLayout.LEGACY), SUBJECT, HostLog.plan("plan-a", "a", "ours"));

    assertThat(home.resolve(LEGACY).resolve("a.txt")).hasContent("of the old collector");
    assertThat(home.resolve(LEGACY + "-2").resolve("a.txt")).hasContent("ours");
    assertThat(new KeptLogs(home).all()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(LogLayout.class)
  void tellsLogsApartThatDifferInCaseOrHaveOneNameOnSeveralHosts(LogLayout layout)
      throws IOException {
    List<HostLog> logs =
        List.of(
            HostLog.plan("plan-a", "Log", "1"),
            HostLog.plan("plan-a", "log", "2"),
            HostLog.plan("PLAN-A", "log", "3"),
            HostLog.plan("plan-b", "log", "4"),
            HostLog.plan("plan-b", "a b", "5"),
            HostLog.plan("plan-b", "a_b", "6"),
            HostLog.plan("plan-b", "a:b", "7"),
            HostLog.plan("plan-b", "c.gz", "8"),
            HostLog.plan("plan-b", "c", "9"),
            HostLog.ra("ra-a", "device", "log", "10"),
            HostLog.ra("ra-a", "DEVICE", "log", "11"));

    collect(archive(home, layout), SUBJECT, logs.toArray(HostLog[]::new));

    assertHoldsEach(logs);
  }

  @ParameterizedTest
  @EnumSource(LogLayout.class)
  void keepsHostileNamesApartAndBelowTheirFolder(LogLayout layout) throws IOException {
    Random random = new Random(20240301);
    List<HostLog> logs = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    while (logs.size() < 400) {
      String name = hostile(random);
      String host = hostile(random);
      HostLog log =
          random.nextBoolean()
              ? HostLog.plan(host, name, "text " + logs.size())
              : HostLog.ra("ra-a", host, name, "text " + logs.size());
      if (seen.add(log.origin().toString() + log.origin().device() + log.origin().kind())) {
        logs.add(log);
      }
    }

    collect(archive(home.resolve("root"), layout), SUBJECT, logs.toArray(HostLog[]::new));

    assertThat(home).isDirectoryContaining("glob:**/root");
    assertThat(filesUnder(home)).allMatch(name -> name.startsWith("root/"));
    assertHoldsEach(logs);
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "../../x", "CON", "a/b", "😀", "a\0b", "80.L1XX.000001.."})
  void findsTheLogsOfACircuitOfAnyName(String circuit) throws IOException {
    String attempt = "service_mapper/" + SafeName.of(circuit) + "/20240301T140619Z-631edc74";
    LogSubject subject = Collection.subject(circuit, attempt);

    for (LogLayout layout : LogLayout.values()) {
      Path root = home.resolve("root-" + layout);
      collect(archive(root, layout), subject, HostLog.plan("plan-a", "a", "x"));
      KeptLogs kept = new KeptLogs(root);

      assertThat(kept.of(circuit)).hasSize(1).isEqualTo(kept.all());
      assertThat(kept.ofAttempt(attempt)).contains(kept.all().get(0));
      assertThat(kept.verify(kept.all().get(0).folder())).isEmpty();
    }
    assertThat(filesUnder(home)).allMatch(name -> name.startsWith("root-"));
  }

  @Test
  void findsLogsOfBothLayoutsUnderOneRoot() {
    collect(archive(home, LogLayout.OWN), SUBJECT, HostLog.plan("plan-a", "a", "x"));
    LogSubject other = Collection.subject(CIRCUIT, ATTEMPT + "2");
    collect(archive(home, LogLayout.LEGACY), other, HostLog.plan("plan-a", "a", "x"));

    assertThat(new KeptLogs(home).of(CIRCUIT))
        .extracting(StoredLogs::folder)
        .containsExactlyInAnyOrder(ATTEMPT, LEGACY);
    assertThat(new KeptLogs(home).ofAttempt(ATTEMPT + "2"))
        .map(StoredLogs::folder)
        .contains(LEGACY);
  }

  /** Each log under a name of its own, whatever the case, with its own text. */
  private void assertHoldsEach(List<HostLog> logs) throws IOException {
    Path root = Files.isDirectory(home.resolve("root")) ? home.resolve("root") : home;
    KeptLogs kept = new KeptLogs(root);
    StoredLogs stored = kept.all().get(0);
    List<LogManifest.Artifact> artifacts = stored.manifest().artifacts();
    assertThat(artifacts).hasSize(logs.size());
    assertThat(artifacts.stream().map(it -> it.name().toUpperCase(Locale.ROOT)).distinct())
        .hasSize(logs.size());
    Set<String> texts = new HashSet<>();
    for (LogManifest.Artifact artifact : artifacts) {
      try (InputStream in = kept.read(stored.folder(), artifact, 1000)) {
        texts.add(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    assertThat(texts).hasSize(logs.size());
    assertThat(kept.verify(stored.folder())).isEmpty();
  }

  private static String hostile(Random random) {
    StringBuilder name = new StringBuilder();
    for (int left = random.nextInt(4); left >= 0; left--) {
      name.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return name.toString();
  }
}
