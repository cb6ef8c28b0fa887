package io.orchscope.evidence;

import static io.orchscope.evidence.Examinations.CIRCUIT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a crash leaves, as the folders of a dead archive, and what the next start makes of it. */
class IncomingTest {

  private static final Clock NOW =
      Clock.fixed(Instant.parse("2024-03-01T14:10:00Z"), ZoneOffset.UTC);
  private static final Clock LATER = Clock.offset(NOW, Duration.ofHours(1));

  @TempDir Path root;
  @TempDir Path aside;

  @Test
  void cleansUpAFolderThatWasNeverFinished() throws IOException {
    Path work = Files.createDirectories(root.resolve(".incoming/dead/1/new"));
    Files.writeString(work.resolve("verdict.json"), "{\"form");
    Files.writeString(root.resolve(".incoming/dead.lock"), "");

    start();

    assertThat(root.resolve(".incoming")).isEmptyDirectory();
    assertThat(root).isDirectoryNotContaining("glob:**/service_mapper");
  }

  @Test
  void leavesAloneWhatALivingArchiveIsBuilding() throws IOException {
    try (EvidenceArchive living = new EvidenceArchive(root, NOW)) {
      String before = areas();

      start();

      assertThat(areas()).isEqualTo(before).isNotEmpty();
      assertThat(living.keep(Examinations.defective())).isNotEmpty();
    }
  }

  @Test
  void putsTheNewFolderInPlaceAfterACrashBetweenTheTwoMoves() throws IOException {
    String place = crashBetweenTheTwoMoves();

    start();

    assertThat(root.resolve(".incoming")).isEmptyDirectory();
    assertThat(new EvidenceSearch(root).find(CIRCUIT))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.folder()).isEqualTo(place);
              assertThat(it.isVerified()).isTrue();
              assertThat(it.verdict().examinedAt()).isEqualTo(LATER.instant());
            });
  }

  @Test
  void putsTheOldFolderBackWhenTheNewOneIsNotWhole() throws IOException {
    String place = crashBetweenTheTwoMoves();
    Files.writeString(root.resolve(".incoming/dead/1/new/trace-log.json"), "{");

    start();

    assertThat(new EvidenceSearch(root).verify(place)).isEmpty();
    assertThat(new EvidenceSearch(root).find(CIRCUIT))
        .singleElement()
        .matches(it -> it.verdict().examinedAt().equals(NOW.instant()));
  }

  @Test
  void followsNoPlaceThatLeadsOutOfTheArchive() throws IOException {
    crashBetweenTheTwoMoves();
    Files.writeString(root.resolve(".incoming/dead/1/place"), "../../outside");

    start();

    assertThat(root.resolve("../../outside")).doesNotExist();
    assertThat(root.resolve(".incoming")).isEmptyDirectory();
  }

  @Test
  void leavesNothingBehindWhenItIsClosed() {
    try (EvidenceArchive archive = new EvidenceArchive(root, NOW)) {
      archive.keep(Examinations.defective());
    }

    assertThat(root.resolve(".incoming")).isEmptyDirectory();
  }

  /** The old folder is away, the new one is whole and not yet in place. */
  private String crashBetweenTheTwoMoves() throws IOException {
    String place = keep(root, NOW);
    Path work = Files.createDirectories(root.resolve(".incoming/dead/1"));
    Files.move(root.resolve(place), work.resolve("old"));
    Files.writeString(work.resolve("place"), place);
    keep(aside, LATER);
    Files.createDirectory(work.resolve("new"));
    try (Stream<Path> files = Files.list(aside.resolve(place))) {
      for (Path file : files.toList()) {
        Files.copy(file, work.resolve("new").resolve(file.getFileName()));
      }
    }
    return place;
  }

  private String areas() throws IOException {
    try (Stream<Path> all = Files.list(root.resolve(".incoming"))) {
      return all.sorted().toList().toString();
    }
  }

  private void start() {
    new EvidenceArchive(root, NOW).close();
  }

  private static String keep(Path where, Clock clock) {
    try (EvidenceArchive archive = new EvidenceArchive(where, clock)) {
      return archive.keep(Examinations.defective());
    }
  }
}
