package io.orchscope.evidence;

import static io.orchscope.evidence.Examinations.CIRCUIT;
import static io.orchscope.evidence.Examinations.fixture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchscope.defect.Examination;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What lies in the archive after circuits have been kept. */
class EvidenceArchiveTest {

  private static final Clock NOW =
      Clock.fixed(Instant.parse("2024-03-01T14:10:00Z"), ZoneOffset.UTC);
  private static final String ATTEMPT = "service_mapper/" + CIRCUIT + "/20240301T140619Z-631edc74";

  @TempDir Path home;
  private Path root;
  private EvidenceArchive archive;

  @BeforeEach
  void open() {
    root = home.resolve("var/evidence");
    archive = new EvidenceArchive(root, NOW);
  }

  @AfterEach
  void close() {
    archive.close();
  }

  @Test
  void keepsAWholeFolderForADefectiveCircuit() throws IOException {
    Examination examination = Examinations.defective();

    String folder = archive.keep(examination, Optional.of("0af7651916cd43dd8448eb211c80319c"));

    assertThat(folder).isEqualTo(ATTEMPT);
    assertThat(root.resolve(folder))
        .isDirectoryContaining("glob:**/verdict.json")
        .isDirectoryContaining("glob:**/manifest.json");
    assertThat(root.resolve(folder).resolve("verdict.json"))
        .hasBinaryContent(fixture("verdict-of-an-unreachable-device.json"));
    assertThat(root.resolve(folder).resolve("trace-log.json"))
        .hasBinaryContent(fixture("trace-log-with-an-unreachable-device.json"));
    assertThat(root.resolve(folder).resolve("attempts.json"))
        .hasBinaryContent(fixture("attempts-before-the-newest.json"));
    assertThat(root.resolve(folder).resolve("manifest.json"))
        .hasBinaryContent(fixture("manifest-of-three-files.json"));
    assertThat(filesUnder(root.resolve(folder))).hasSize(4);
  }

  @Test
  void keepsOnlyTheVerdictOfAnUnreadableCircuitWithoutATrace() throws IOException {
    Examination examination = Examinations.unreadable(CIRCUIT);

    String folder = archive.keep(examination);

    assertThat(folder).startsWith("service_mapper/" + CIRCUIT + "/20240301T140700Z-");
    assertThat(filesUnder(root.resolve(folder)))
        .containsExactlyInAnyOrder("verdict.json", "manifest.json");
    assertThat(root.resolve(folder).resolve("verdict.json"))
        .hasBinaryContent(fixture("verdict-of-an-unreadable-circuit.json"));
  }

  @Test
  void leavesAnIdenticalFolderAlone() throws IOException {
    String folder = archive.keep(Examinations.defective());
    Object before = Files.getAttribute(root.resolve(folder), "unix:ino");

    String again = archive.keep(Examinations.defective());

    assertThat(again).isEqualTo(folder);
    assertThat(Files.getAttribute(root.resolve(folder), "unix:ino")).isEqualTo(before);
    assertThat(attempts()).hasSize(1);
  }

  @Test
  void replacesTheFolderWhenTheSameAttemptIsExaminedAgain() {
    String folder = archive.keep(Examinations.defective());
    EvidenceArchive later = new EvidenceArchive(root, Clock.offset(NOW, Duration.ofHours(1)));

    String again = later.keep(Examinations.defective());
    later.close();

    assertThat(again).isEqualTo(folder);
    assertThat(new EvidenceSearch(root).find(CIRCUIT))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.isVerified()).isTrue();
              assertThat(it.verdict().examinedAt()).isEqualTo("2024-03-01T15:10:00Z");
            });
  }

  @Test
  void healsADamagedFolder() throws IOException {
    String folder = archive.keep(Examinations.defective());
    Files.writeString(root.resolve(folder).resolve("trace-log.json"), "{");

    archive.keep(Examinations.defective());

    assertThat(new EvidenceSearch(root).verify(folder)).isEmpty();
  }

  @Test
  void keepsASecondAttemptBesideTheFirst() {
    String first = archive.keep(Examinations.afterFirstAttempt());

    String second = archive.keep(Examinations.defective());

    assertThat(second).isNotEqualTo(first);
    assertThat(new EvidenceSearch(root).find(CIRCUIT))
        .extracting(StoredVerdict::folder)
        .containsExactly(second, first);
  }

  @Test
  void tellsResourcesOfOneCircuitInTheSameSecondApart() {
    String first = archive.keep(Examinations.unreadable("resource-a", CIRCUIT));

    String second = archive.keep(Examinations.unreadable("resource-b", CIRCUIT));

    assertThat(second).isNotEqualTo(first);
    assertThat(attempts()).hasSize(2);
  }

  @Test
  void tellsAttemptsInTheSameSecondApart() {
    Instant start = Instant.parse("2024-03-01T14:06:19Z");
    String first = archive.keep(attempt("log-a", "trace-a", start));

    String second = archive.keep(attempt("log-b", "trace-a", start));
    String third = archive.keep(attempt("log-a", "trace-b", start));

    assertThat(Set.of(first, second, third)).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        "../",
        "../../../x",
        "a\0b",
        "CON",
        "con",
        "😀",
        "a\nb",
        "a/b\\c",
        "A.",
        "/x",
        ".incoming",
        "\ud83d",
        "~",
        "\u202e"
      })
  void keepsACircuitOfAnyNameUnderTheRoot(String circuit) {
    String folder = archive.keep(Examinations.unreadable(circuit));

    assertThat(folder.split("/")).hasSize(3);
    assertThat(root.resolve(folder).normalize()).isEqualTo(root.resolve(folder)).isDirectory();
    assertThat(new EvidenceSearch(root).find(circuit)).hasSize(1);
    assertThat(new EvidenceSearch(root).verify(folder)).isEmpty();
  }

  @Test
  void keepsHostileCircuitsApart() {
    List<String> circuits = List.of("a", "A", "a.", ".a", "x".repeat(4096), "X".repeat(4096));

    Set<String> folders = new HashSet<>();
    circuits.forEach(circuit -> folders.add(archive.keep(Examinations.unreadable(circuit))));

    assertThat(folders).hasSize(circuits.size());
    assertThat(circuits).allMatch(it -> new EvidenceSearch(root).find(it).size() == 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", ".incoming", "Service_Mapper", "con", "a/b"})
  void keepsAProductOfAnyNameUnderTheRoot(String product) {
    Examination examination = Examinations.withProduct(Examinations.defective(), product);

    String folder = archive.keep(examination);

    assertThat(folder).startsWith("~").endsWith(ATTEMPT.substring(ATTEMPT.indexOf('/')));
    assertThat(root.resolve(folder).normalize()).isEqualTo(root.resolve(folder)).isDirectory();
  }

  @Test
  void hidesWhatItKeepsFromOtherUsers() throws IOException {
    String folder = archive.keep(Examinations.defective());

    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
            .as(path.toString())
            .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
      }
    }
    assertThat(root.resolve(folder)).isDirectory();
  }

  @Test
  void keepsManyCircuitsAndOneAttemptManyTimesAtOnce() throws Exception {
    int threads = 16;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    CyclicBarrier start = new CyclicBarrier(threads);
    List<Future<?>> all = new ArrayList<>();

    for (int thread = 0; thread < threads; thread++) {
      String mine = "80.L1XX.%06d..TEST".formatted(100 + thread);
      String poll = "0000000000000000000000000000000" + thread % 10;
      all.add(
          pool.submit(
              () -> {
                start.await();
                for (int i = 0; i < 10; i++) {
                  archive.keep(Examinations.defective(), Optional.of(poll + i));
                  archive.keep(Examinations.unreadable("resource-" + i, mine));
                }
                return null;
              }));
    }
    for (Future<?> one : all) {
      one.get();
    }
    pool.shutdown();

    assertThat(attempts()).hasSize(1 + threads * 10);
    assertThat(attempts()).allMatch(it -> new EvidenceSearch(root).verify(it).isEmpty());
  }

  @Test
  void namesThePathWhenTheRootCannotBeMade() throws IOException {
    Path file = Files.writeString(home.resolve("file"), "not a folder");

    assertThatThrownBy(() -> new EvidenceArchive(file.resolve("evidence"), NOW))
        .isInstanceOf(StorageFault.class)
        .hasMessage(
            "The evidence archive cannot be opened in %s/evidence: %s is there already."
                .formatted(file, file));
  }

  @Test
  void namesThePathAndLeavesNothingWhenAFolderCannotBeMade() throws IOException {
    Files.writeString(root.resolve("service_mapper"), "not a folder");

    assertThatThrownBy(() -> archive.keep(Examinations.defective()))
        .isInstanceOf(StorageFault.class)
        .hasMessage(
            "Evidence could not be kept in %s: %s/service_mapper is there already."
                .formatted(root.resolve(ATTEMPT), root));
    assertThat(filesUnder(root)).allMatch(it -> it.endsWith(".lock") || !it.contains("/"));
  }

  private List<String> attempts() {
    try (Stream<Path> all = Files.walk(root, 3)) {
      return all.filter(Files::isDirectory)
          .map(it -> root.relativize(it).toString())
          .filter(it -> it.split("/").length == 3 && !it.startsWith("."))
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Examination attempt(String id, String traceId, Instant start) {
    byte[] raw = "{}".getBytes(StandardCharsets.UTF_8);
    return Examinations.of(Examinations.trace(id, traceId, start, raw));
  }

  private static List<String> filesUnder(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).map(it -> folder.relativize(it).toString()).toList();
    }
  }
}
