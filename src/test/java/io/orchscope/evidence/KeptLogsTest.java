package io.orchscope.evidence;

import static io.orchscope.evidence.Collection.ATTEMPT;
import static io.orchscope.evidence.Collection.SUBJECT;
import static io.orchscope.evidence.Collection.archive;
import static io.orchscope.evidence.Collection.collect;
import static io.orchscope.evidence.Collection.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a reader finds in an archive of logs, whatever somebody has done to it. */
class KeptLogsTest {

  @TempDir Path home;
  private Path root;
  private KeptLogs kept;

  @BeforeEach
  void collectTwoLogs() {
    root = home.resolve("logs");
    kept = new KeptLogs(root);
    collect(
        archive(root, LogLayout.OWN),
        SUBJECT,
        HostLog.plan("plan-a", "large", "a line\n".repeat(1000)),
        HostLog.plan("plan-a", "small", "one\n"));
  }

  @Test
  void saysNothingOfWhatIsAsItWasKept() {
    assertThat(kept.verify(ATTEMPT)).isEmpty();
  }

  @Test
  void findsAFlippedByte() throws IOException {
    Path file = file("plan/plan-a/large.gz");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);

    assertThat(kept.verify(ATTEMPT)).containsExactly("plan/plan-a/large.gz is not what was kept.");
  }

  @Test
  void findsAMissingFile() throws IOException {
    Files.delete(file("plan/plan-a/small"));

    assertThat(kept.verify(ATTEMPT)).containsExactly("plan/plan-a/small is missing.");
  }

  @Test
  void findsAForeignFile() throws IOException {
    Files.writeString(file("plan/plan-a/note"), "of somebody else");
    Files.writeString(file("note"), "of somebody else");

    assertThat(kept.verify(ATTEMPT))
        .containsExactly("note was not kept by us.", "plan/plan-a/note was not kept by us.");
  }

  @Test
  void findsALinkInThePlaceOfAFile() throws IOException {
    Path elsewhere = Files.writeString(home.resolve("elsewhere"), "one\n");
    Files.delete(file("plan/plan-a/small"));
    Files.createSymbolicLink(file("plan/plan-a/small"), elsewhere);

    assertThat(kept.verify(ATTEMPT)).containsExactly("plan/plan-a/small is not what was kept.");
    assertThatThrownBy(() -> kept.read(ATTEMPT, artifact("small"), 10))
        .isInstanceOf(StorageFault.class);
  }

  @Test
  void findsADamagedManifest() throws IOException {
    Files.writeString(file("manifest.json"), "{");

    assertThat(kept.verify(ATTEMPT))
        .containsExactly("manifest.json cannot be read, or is in another format.");
    assertThat(kept.all()).isEmpty();
    assertThat(kept.folders()).containsExactly(ATTEMPT);
  }

  @Test
  void findsADamagedCopyInTheOldLayout() throws IOException {
    Path legacy = home.resolve("legacy");
    collect(archive(legacy, LogLayout.LEGACY), SUBJECT, HostLog.plan("plan-a", "small", "one\n"));
    StoredLogs stored = stored(legacy);
    Path copy = legacy.resolve(stored.folder()).resolve("plan-script-downloads/small.log");
    Files.delete(copy);
    Files.writeString(copy, "two\n");

    assertThat(new KeptLogs(legacy).verify(stored.folder()))
        .containsExactly("plan-script-downloads/small.log is not what was kept.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../../../secret",
        "plan/../../../../../secret",
        "/etc/passwd",
        "plan/plan-a/..",
        "plan//small",
        "plan\\plan-a"
      })
  void opensNothingOutsideOfTheFolderWhateverItsManifestSays(String name) throws IOException {
    Files.writeString(home.resolve("secret"), "secret");
    Path manifest = file("manifest.json");
    Files.writeString(
        manifest,
        Files.readString(manifest)
            .replace("\"plan/plan-a/small\"", "\"" + name.replace("\\", "\\\\") + "\""));

    assertThat(kept.ofAttempt(ATTEMPT)).isEmpty();
    assertThat(kept.open(name)).isEmpty();
    assertThat(kept.open(ATTEMPT + "/" + name)).isEmpty();
  }

  @Test
  void followsNoLinkThatIsAFolder() throws IOException {
    Path elsewhere = home.resolve("elsewhere");
    Files.move(root.resolve("service_mapper"), elsewhere);
    Files.createSymbolicLink(root.resolve("service_mapper"), elsewhere);

    assertThat(kept.all()).isEmpty();
    assertThat(kept.ofAttempt(ATTEMPT)).isEmpty();
  }

  @Test
  void readsNoMoreThanItIsAskedFor() throws IOException {
    try (InputStream in = kept.read(ATTEMPT, artifact("large"), 10)) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("a line\na l");
    }
  }

  @Test
  void findsNothingUnderARootThatIsNotThere() {
    KeptLogs none = new KeptLogs(home.resolve("nowhere"));

    assertThat(none.all()).isEmpty();
    assertThat(none.of("80.L1XX.000001..TEST")).isEmpty();
    assertThat(none.ofAttempt(ATTEMPT)).isEmpty();
    assertThat(none.verify(ATTEMPT))
        .isEqualTo(List.of("'" + ATTEMPT + "' is not a folder of logs."));
  }

  private Path file(String name) {
    return root.resolve(ATTEMPT).resolve(name);
  }

  private LogManifest.Artifact artifact(String name) {
    return stored(root).manifest().artifacts().stream()
        .filter(it -> it.path().endsWith("/" + name))
        .findFirst()
        .orElseThrow();
  }
}
