package io.orchscope.evidence;

import static io.orchscope.evidence.Collection.CIRCUIT;
import static io.orchscope.evidence.Collection.NOW;
import static io.orchscope.evidence.Collection.archive;
import static io.orchscope.evidence.Collection.budget;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a zip of an attempt holds, as others open it. */
class AttemptExportTest {

  @TempDir Path home;
  private String attempt = "";

  @BeforeEach
  void keepAnAttempt() {
    try (EvidenceArchive evidence = new EvidenceArchive(home.resolve("evidence"), NOW)) {
      attempt = evidence.keep(Examinations.defective());
    }
    LogSubject subject =
        LogSubject.of(new EvidenceSearch(home.resolve("evidence")).open(attempt).orElseThrow());
    try (LogFolder folder =
        archive(home.resolve("logs"), LogLayout.OWN).open(subject).orElseThrow()) {
      folder.keep(HostLog.plan("plan-a", "large", "a line\n".repeat(1000)), budget());
      folder.keep(HostLog.plan("plan-a", "broken", "one\ntwo\n").breaksAt(5), budget());
      folder.end(List.of(), 1, false);
    }
  }

  @Test
  void holdsTheEvidenceAndEveryLogAsText() throws IOException {
    Path zip = home.resolve("a.zip");

    AttemptExport.Written written = write(zip);

    String top = CIRCUIT + "_20240301T140619Z-631edc74/";
    Map<String, String> entries = entries(zip);
    assertThat(entries.keySet())
        .containsExactlyInAnyOrder(
            top + "evidence/attempts.json",
            top + "evidence/manifest.json",
            top + "evidence/trace-log.json",
            top + "evidence/verdict.json",
            top + "logs/manifest.json",
            top + "logs/plan/plan-a/broken.partial",
            top + "logs/plan/plan-a/large");
    assertThat(entries)
        .containsEntry(top + "logs/plan/plan-a/large", "a line\n".repeat(1000))
        .containsEntry(top + "logs/plan/plan-a/broken.partial", "one\n")
        .containsEntry(
            top + "logs/manifest.json",
            Files.readString(home.resolve("logs").resolve(attempt).resolve("manifest.json")))
        .containsEntry(
            top + "evidence/verdict.json",
            Files.readString(home.resolve("evidence").resolve(attempt).resolve("verdict.json")));
    long bytes = entries.values().stream().mapToLong(AttemptExportTest::length).sum();
    assertThat(written).isEqualTo(new AttemptExport.Written(7, bytes, List.of()));
  }

  @Test
  void isTheSameZipWheneverItIsMade() throws IOException {
    ByteArrayOutputStream first = new ByteArrayOutputStream();
    ByteArrayOutputStream second = new ByteArrayOutputStream();

    export().write(attempt, first);
    export().write(attempt, second);

    assertThat(first.toByteArray()).isEqualTo(second.toByteArray());
  }

  @Test
  void goesOnWithoutAFileThatCannotBeReadAndNamesIt() throws IOException {
    Path large = home.resolve("logs").resolve(attempt).resolve("plan/plan-a/large.gz");
    Files.write(large, new byte[(int) Files.size(large)]);

    AttemptExport.Written written = write(home.resolve("a.zip"));

    assertThat(written.damaged())
        .containsExactly(CIRCUIT + "_20240301T140619Z-631edc74/logs/plan/plan-a/large");
    assertThat(entries(home.resolve("a.zip")))
        .containsEntry(
            CIRCUIT + "_20240301T140619Z-631edc74/logs/plan/plan-a/broken.partial", "one\n");
  }

  @Test
  void holdsTheEvidenceAloneWhereThereAreNoLogs() throws IOException {
    Disk.deleteAll(home.resolve("logs"));

    AttemptExport.Written written = write(home.resolve("a.zip"));

    assertThat(written.files()).isEqualTo(4);
  }

  private AttemptExport export() {
    return new AttemptExport(
        new EvidenceSearch(home.resolve("evidence")), new KeptLogs(home.resolve("logs")));
  }

  private AttemptExport.Written write(Path zip) throws IOException {
    try (var out = Files.newOutputStream(zip)) {
      return export().write(attempt, out);
    }
  }

  private static Map<String, String> entries(Path file) throws IOException {
    Map<String, String> entries = new TreeMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : zip.stream().collect(Collectors.toList())) {
        byte[] bytes = zip.getInputStream(entry).readAllBytes();
        entries.put(entry.getName(), new String(bytes, StandardCharsets.UTF_8));
      }
    }
    return entries;
  }

  private static long length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
