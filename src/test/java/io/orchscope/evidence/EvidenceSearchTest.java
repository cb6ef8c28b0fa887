package io.orchscope.evidence;

import static io.orchscope.evidence.Examinations.CIRCUIT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading back what an archive kept. */
class EvidenceSearchTest {

  private static final Clock NOW =
      Clock.fixed(Instant.parse("2024-03-01T14:10:00Z"), ZoneOffset.UTC);

  @TempDir Path root;
  private Path folder;
  private String name;
  private EvidenceSearch search;

  @BeforeEach
  void keepADefectiveCircuit() {
    try (EvidenceArchive archive = new EvidenceArchive(root, NOW, Durability.NONE)) {
      name = archive.keep(Examinations.defective(), Optional.of("telemetry"));
    }
    folder = root.resolve(name);
    search = new EvidenceSearch(root);
  }

  @Test
  void readsTheVerdictBackAsItWasWritten() {
    Verdict written =
        Verdict.of(
            Examinations.defective(),
            Attempt.of(Examinations.defective()),
            NOW.instant(),
            Optional.of("telemetry"));

    List<StoredVerdict> found = search.find(CIRCUIT);

    assertThat(found).containsExactly(new StoredVerdict(name, written, List.of()));
  }

  @Test
  void findsACircuitInAllProducts() {
    try (EvidenceArchive archive = new EvidenceArchive(root, NOW, Durability.NONE)) {
      archive.keep(Examinations.withProduct(Examinations.defective(), "network_service"));
      archive.keep(Examinations.unreadable("80.L1XX.000002..TEST"));
    }

    List<StoredVerdict> found = search.find(CIRCUIT);

    assertThat(found)
        .extracting(it -> it.verdict().resource().productType())
        .containsExactlyInAnyOrder("service_mapper", "network_service");
  }

  @Test
  void findsTheLastSuccessOfAProductThatSaysWhatWasDone() {
    assertThat(search.lastSuccess("service_mapper")).isEmpty();
    try (EvidenceArchive archive = new EvidenceArchive(root, NOW, Durability.NONE)) {
      String earlier = archive.keep(Examinations.healthy("80.L1XX.000003..TEST", 1));
      String last = archive.keep(Examinations.healthy("80.L1XX.000002..TEST", 2));
      archive.keep(Examinations.withProduct(Examinations.healthy(CIRCUIT, 2), "Not snake"));

      assertThat(search.lastSuccess("service_mapper")).map(StoredVerdict::folder).contains(last);
      assertThat(last).isNotEqualTo(earlier);
      assertThat(search.lastSuccess("Not snake"))
          .map(it -> it.verdict().resource().productType())
          .contains("Not snake");
    }
  }

  @Test
  void findsNothingWhereNothingWasKept() {
    EvidenceSearch elsewhere = new EvidenceSearch(root.resolve("elsewhere"));

    List<StoredVerdict> found = elsewhere.find(CIRCUIT);

    assertThat(found).isEmpty();
    assertThat(search.find("80.L1XX.999999..TEST")).isEmpty();
  }

  @Test
  void seesAChangedByte() throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve("trace-log.json"));
    bytes[bytes.length / 2] ^= 1;
    Files.write(folder.resolve("trace-log.json"), bytes);

    List<String> mismatches = search.verify(name);

    assertThat(mismatches).containsExactly("trace-log.json is not what was kept.");
    assertThat(search.find(CIRCUIT)).singleElement().matches(it -> !it.isVerified());
  }

  @Test
  void seesMissingAndAddedFiles() throws IOException {
    Files.delete(folder.resolve("attempts.json"));
    Files.writeString(folder.resolve("notes.txt"), "seen by the night shift");

    List<String> mismatches = search.verify(name);

    assertThat(mismatches)
        .containsExactly("attempts.json is missing.", "notes.txt was not kept by us.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "{}", "[]", "{\"format\":\"orchscope-manifest/1\"}"})
  void doesNotTrustAFolderWithoutAReadableManifest(String manifest) throws IOException {
    Files.writeString(folder.resolve("manifest.json"), manifest);

    List<String> mismatches = search.verify(name);

    assertThat(mismatches).singleElement().asString().startsWith("manifest.json cannot be read");
  }

  @Test
  void readsNoFileOutsideTheFolderForAForgedManifest() throws IOException {
    Files.writeString(root.resolve("outside"), "");
    Files.writeString(
        folder.resolve("manifest.json"),
        """
        {"format": "orchscope-manifest/1", "files": [{"name": "../../../outside", "bytes": 0,
        "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}]}
        """);

    List<String> mismatches = search.verify(name);

    assertThat(mismatches).startsWith("../../../outside is missing.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "..", "../../..", "a/../b", "a/b", "a/b/c/d", "a//b", "a/b/\0"})
  void verifiesNothingButFoldersOfTheArchive(String other) {
    List<String> mismatches = search.verify(other);

    assertThat(mismatches).containsExactly("'" + other + "' is not a folder of the archive.");
  }

  @Test
  void passesOverWhatIsNotAVerdictOfOurs() throws IOException {
    Path circuit = root.resolve("service_mapper").resolve(CIRCUIT);
    Files.writeString(root.resolve("README.txt"), "not a product");
    Files.writeString(circuit.resolve("README.txt"), "not an attempt");
    Files.createDirectories(circuit.resolve("empty"));
    Files.createDirectories(circuit.resolve("later"));
    Files.writeString(
        circuit.resolve("later/verdict.json"), "{\"format\":\"orchscope-verdict/2\"}");
    Files.createDirectories(circuit.resolve("torn"));
    Files.writeString(circuit.resolve("torn/verdict.json"), "{\"format\":\"orch");

    List<StoredVerdict> found = search.find(CIRCUIT);

    assertThat(found).extracting(StoredVerdict::folder).containsExactly(name);
  }

  @Test
  void readsAVerdictWithAKeyThatALaterVersionAdded() throws IOException {
    Path file = folder.resolve("verdict.json");
    String changed = Files.readString(file).replaceFirst("\\{", "{\"weather\": \"fair\",");
    Files.writeString(file, changed, StandardOpenOption.TRUNCATE_EXISTING);

    List<StoredVerdict> found = search.find(CIRCUIT);

    assertThat(found).singleElement().matches(it -> !it.isVerified());
  }
}
