package io.orchscope.evidence;

import static io.orchscope.evidence.Collection.ATTEMPT;
import static io.orchscope.evidence.Collection.CIRCUIT;
import static io.orchscope.evidence.Collection.NOW;
import static io.orchscope.evidence.Collection.archive;
import static io.orchscope.evidence.Collection.filesUnder;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which folders of logs go, and which never do. */
class LogPruneTest {

  private static final Instant DAY_FIVE = Instant.parse("2024-03-06T15:10:00Z");
  private static final LogPrune.Limits OLD =
      new LogPrune.Limits(Optional.of(DAY_FIVE), Optional.empty());

  @TempDir Path root;

  @ParameterizedTest
  @EnumSource(LogLayout.class)
  void removesWhatWasCollectedBeforeAndKeepsTheRest(LogLayout layout) throws IOException {
    collect(layout, 1, 0, "x".repeat(100));
    collect(layout, 2, 10, "x".repeat(100));

    LogPrune.Pruned counted = LogPrune.trial(root).run(OLD, () -> true);
    int there = new KeptLogs(root).all().size();
    LogPrune.Pruned pruned = LogPrune.of(root, Durability.NONE).run(OLD, () -> true);

    assertThat(there).isEqualTo(2);
    assertThat(counted).isEqualTo(pruned);
    assertThat(pruned.tooOld()).isEqualTo(1);
    assertThat(attempts()).containsExactly(ATTEMPT + 2);
    assertThat(pruned.left()).isEqualTo(bytes());
    assertThat(root.resolve(".incoming")).isEmptyDirectory();
  }

  @Test
  void removesTheOldestUntilThereIsRoom() throws IOException {
    for (int number = 1; number <= 5; number++) {
      collect(LogLayout.OWN, number, 10 - number, "x".repeat(900));
    }
    long most = bytes() / 2;

    LogPrune.Pruned pruned =
        LogPrune.of(root, Durability.NONE)
            .run(new LogPrune.Limits(Optional.empty(), Optional.of(most)), () -> true);

    assertThat(pruned.tooMuch()).isEqualTo(3);
    assertThat(attempts()).containsExactlyInAnyOrder(ATTEMPT + 1, ATTEMPT + 2);
    assertThat(pruned.left()).isEqualTo(bytes()).isLessThanOrEqualTo(most);
  }

  @Test
  void leavesWhatIsStillToBeCompletedWhenThereIsTooMuch() {
    incomplete(1).close();
    collect(LogLayout.OWN, 2, 0, "x".repeat(900));

    LogPrune.Pruned pruned =
        LogPrune.of(root, Durability.NONE)
            .run(new LogPrune.Limits(Optional.empty(), Optional.of(0L)), () -> true);

    assertThat(attempts()).containsExactly(ATTEMPT + 1);
    assertThat(pruned.left()).isPositive();
  }

  @Test
  void removesWhatNobodyHasCompletedForLong() {
    incomplete(1).close();

    LogPrune.of(root, Durability.NONE).run(OLD, () -> true);

    assertThat(attempts()).isEmpty();
  }

  @Test
  void leavesWhatSomebodyIsAtWorkOn() {
    LogArchive archive = archive(root, LogLayout.OWN);
    try (LogFolder atWork = archive.open(subject(1)).orElseThrow()) {
      LogPrune.Pruned here = archive.prune().run(OLD, () -> true);
      LogPrune.Pruned elsewhere = LogPrune.of(root, Durability.NONE).run(OLD, () -> true);

      assertThat(here.tooOld() + elsewhere.tooOld()).isZero();
      assertThat(atWork.end(List.of(), 1, false)).isEqualTo(LogStatus.COMPLETE);
    }
    assertThat(attempts()).containsExactly(ATTEMPT + 1);
  }

  @Test
  void leavesWhatIsNotOurs() throws IOException {
    Path old = Files.createDirectories(root.resolve("03_01_24-Service_Mapper_Logs/" + CIRCUIT));
    Files.writeString(old.resolve("a.txt"), "of the old collector");

    LogPrune.of(root, Durability.NONE)
        .run(new LogPrune.Limits(Optional.of(Instant.MAX), Optional.of(0L)), () -> true);

    assertThat(old.resolve("a.txt")).exists();
  }

  @Test
  void endsEarlyWhenItIsAskedTo() {
    collect(LogLayout.OWN, 1, 0, "x");

    LogPrune.Pruned pruned = LogPrune.of(root, Durability.NONE).run(OLD, () -> false);

    assertThat(pruned.tooOld()).isZero();
    assertThat(attempts()).hasSize(1);
  }

  @Test
  void findsNothingUnderARootThatIsNotThere() {
    LogPrune.Pruned pruned =
        LogPrune.of(root.resolve("nowhere"), Durability.NONE).run(OLD, () -> true);

    assertThat(pruned).isEqualTo(new LogPrune.Pruned(0, 0, 0, 0));
    assertThat(root.resolve("nowhere")).doesNotExist();
  }

  private void collect(LogLayout layout, int number, int day, String text) {
    Clock clock = Clock.offset(NOW, Duration.ofDays(day));
    Collection.collect(
        archive(root, layout, clock), subject(number), HostLog.plan("plan-a", "a", text));
  }

  private LogFolder incomplete(int number) {
    LogFolder folder = archive(root, LogLayout.OWN).open(subject(number)).orElseThrow();
    folder.keep(HostLog.plan("plan-a", "a", "one\ntwo\n").breaksAt(5), Collection.budget());
    folder.end(List.of(), 1, false);
    return folder;
  }

  private static LogSubject subject(int number) {
    return Collection.subject(CIRCUIT, ATTEMPT + number);
  }

  private List<String> attempts() {
    return new KeptLogs(root).all().stream().map(it -> it.manifest().subject().evidence()).toList();
  }

  /** A file with two names counts once, as on the disk. */
  private long bytes() throws IOException {
    long sum = 0;
    for (String name : filesUnder(root)) {
      sum += name.contains("plan-script-downloads") ? 0 : Files.size(root.resolve(name));
    }
    return sum;
  }
}
