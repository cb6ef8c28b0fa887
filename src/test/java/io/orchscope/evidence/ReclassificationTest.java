package io.orchscope.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.defect.DefectRules;
import io.orchscope.defect.RulesFile;
import io.orchscope.evidence.Reclassification.Change;
import io.orchscope.evidence.Reclassification.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of kept verdicts when another table of rules speaks. */
final class ReclassificationTest {

  @TempDir private Path folder;
  private final Map<String, String> named = new TreeMap<>();
  private EvidenceArchive archive;
  private EvidenceSearch evidence;
  private String kept;

  @BeforeEach
  void keep() {
    Path root = folder.resolve("evidence");
    archive = new EvidenceArchive(root, Clock.systemUTC(), Durability.NONE);
    evidence = new EvidenceSearch(root);
    kept = archive.keep(Examinations.defective());
    archive.keep(Examinations.unreadable("80.L1XX.000002..TEST"));
  }

  @AfterEach
  void close() {
    archive.close();
  }

  @Test
  void onlySaysWhatWouldChange() throws Exception {
    Map<String, String> before = files();

    Result result = reclassify(renumbered(), Optional.empty());

    assertThat(result.verdicts()).isEqualTo(2);
    assertThat(result.errors()).isEqualTo(1);
    assertThat(result.changes()).isEqualTo(Map.of(new Change("DE-1041", "DE-0900"), 1L));
    assertThat(result.moved()).isEqualTo(1);
    assertThat(named).isEmpty();
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void changesNothingButTheVerdict() throws Exception {
    Map<String, String> before = files();
    Verdict old = evidence.open(kept).orElseThrow().verdict();

    Result result = reclassify(renumbered(), Optional.of(archive));
    Result again = reclassify(renumbered(), Optional.of(archive));

    Map<String, String> after = files();
    List<String> changed =
        after.keySet().stream()
            .filter(name -> !Objects.equals(after.get(name), before.get(name)))
            .map(name -> name.substring(name.lastIndexOf('/') + 1))
            .toList();
    StoredVerdict stored = evidence.open(kept).orElseThrow();
    Verdict.Finding finding = stored.verdict().occurrences().get(0);
    assertThat(named).isEqualTo(Map.of("6b1d…aa/f3a9c1d2e4b50617/1", "DE-0900"));
    assertThat(result.rewritten()).isEqualTo(1);
    assertThat(again.rewritten()).isZero();
    assertThat(after.keySet()).isEqualTo(before.keySet());
    assertThat(changed).containsExactly(Manifest.FILE, EvidenceArchive.VERDICT);
    assertThat(stored.isVerified()).isTrue();
    assertThat(finding.code()).contains("DE-0900");
    assertThat(finding.rulesVersion()).startsWith("renumbered-");
    assertThat(stored.verdict().with(old.occurrences())).isEqualTo(old);
    assertThat(finding.text()).isEqualTo(old.occurrences().get(0).text());
  }

  @Test
  void leavesADamagedFolderAloneAndNamesIt() throws Exception {
    Path trace = folder.resolve("evidence").resolve(kept).resolve(EvidenceArchive.TRACE_LOG);
    Files.writeString(trace, "{}");
    Map<String, String> before = files();

    Result result = reclassify(renumbered(), Optional.of(archive));

    assertThat(result.damaged()).containsExactly(kept);
    assertThat(result.rewritten()).isZero();
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void looksOnlyAtTheProductsAndTheTimeAskedFor() throws Exception {
    Reclassification look = new Reclassification(evidence, renumbered());

    assertThat(look.run(List.of("network_service"), Instant.EPOCH, (a, b) -> {}).verdicts())
        .isZero();
    assertThat(look.run(List.of(), Instant.now(), (a, b) -> {}).verdicts()).isZero();
  }

  private Result reclassify(DefectRules rules, Optional<EvidenceArchive> into) {
    return new Reclassification(
            evidence,
            rules,
            into,
            names -> names.forEach((key, naming) -> named.put(key, naming.code())))
        .run(List.of(), Instant.EPOCH, (done, all) -> {});
  }

  private DefectRules renumbered() throws IOException {
    Path table = folder.resolve("rules.yaml");
    Files.writeString(
        table,
        Files.readString(Path.of("config/defect-rules.yaml"))
            .replace("code: DE-1000\n", "code: DE-0900\n")
            .replaceFirst("(?m)^version: .*", "version: renumbered"));
    return RulesFile.read(table);
  }

  /** Every file of the archive with its content; what is being built does not count. */
  private Map<String, String> files() throws IOException {
    Map<String, String> contents = new TreeMap<>();
    Path root = folder.resolve("evidence");
    try (Stream<Path> found = Files.walk(root)) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        String name = root.relativize(file).toString();
        if (!name.startsWith(".")) {
          contents.put(name, Sha256.hex(Files.readAllBytes(file)));
        }
      }
    }
    return contents;
  }
}
