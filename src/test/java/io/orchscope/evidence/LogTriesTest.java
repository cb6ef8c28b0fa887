package io.orchscope.evidence;

import static io.orchscope.evidence.Collection.ATTEMPT;
import static io.orchscope.evidence.Collection.NOW;
import static io.orchscope.evidence.Collection.SUBJECT;
import static io.orchscope.evidence.Collection.archive;
import static io.orchscope.evidence.Collection.budget;
import static io.orchscope.evidence.Collection.collect;
import static io.orchscope.evidence.Collection.filesUnder;
import static io.orchscope.evidence.Collection.stored;
import static io.orchscope.evidence.Collection.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.orchscope.hostlog.LogGap;
import io.orchscope.logtext.Remark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What several tries make of one folder of logs, whatever happens in between. */
class LogTriesTest {

  private static final LogGap UNREACHABLE =
      new LogGap(
          "plan-b", "plan logs", LogGap.Reason.UNREACHABLE, "password=hunter2 was not asked for");

  @TempDir Path root;

  @Test
  void goesOnWhereALogBrokeOff() throws IOException {
    HostLog log = HostLog.plan("plan-a", "a", "a line\n".repeat(100)).breaksAt(500);
    LogStatus first = collect(archive(root, LogLayout.OWN), SUBJECT, log);
    long before = log.read();
    StoredLogs meanwhile = stored(root);
    byte[] begun = text(root, meanwhile, "/a");

    LogStatus second = collect(archive(root, LogLayout.OWN), SUBJECT, log.breaksNoMore());

    assertThat(first).isEqualTo(LogStatus.INCOMPLETE);
    assertThat(meanwhile.manifest().artifacts())
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.status()).isEqualTo("partial");
              assertThat(it.nextOffset()).contains(497L);
            });
    assertThat(begun).hasSize(497);
    assertThat(second).isEqualTo(LogStatus.COMPLETE);
    assertThat(before + log.read()).isEqualTo(500 + 497 + 203);
    assertThat(text(root, stored(root), "a")).isEqualTo(log.bytes());
    assertThat(filesUnder(root.resolve(ATTEMPT))).containsExactly("manifest.json", "plan/plan-a/a");
  }

  @Test
  void beginsAnewWhatBrokeOffAndHasBeenRotatedSince() throws IOException {
    HostLog log = HostLog.plan("plan-a", "a", "old line\n".repeat(50)).breaksAt(300);
    collect(archive(root, LogLayout.OWN), SUBJECT, log);

    collect(
        archive(root, LogLayout.OWN), SUBJECT, log.breaksNoMore().holds("new line\n".repeat(60)));

    assertThat(text(root, stored(root), "a")).isEqualTo(log.bytes());
    assertThat(stored(root).manifest().artifacts()).hasSize(1);
  }

  @Test
  void beginsAnewWhatBrokeOffAndIsShorterNow() throws IOException {
    HostLog log = HostLog.plan("plan-a", "a", "old line\n".repeat(50)).breaksAt(300);
    collect(archive(root, LogLayout.OWN), SUBJECT, log);

    collect(archive(root, LogLayout.OWN), SUBJECT, log.breaksNoMore().holds("new\n"));

    assertThat(text(root, stored(root), "a")).isEqualTo(log.bytes());
  }

  @Test
  void readsOnlyWhatWasAddedToALogThatHasGrown() throws IOException {
    HostLog log = HostLog.plan("plan-a", "a", "a line\n".repeat(1000) + "half a li");
    HostLog away = HostLog.plan("plan-b", "b", "text\n").breaksAt(0);
    collect(archive(root, LogLayout.OWN), SUBJECT, log, away);
    byte[] first = text(root, stored(root), "/a");
    log.read();

    log.holds("a line\n".repeat(1000) + "half a line password=x\nmore\n");
    LogStatus status = collect(archive(root, LogLayout.OWN), SUBJECT, log, away.breaksNoMore());

    assertThat(first).hasSize(7009);
    assertThat(status).isEqualTo(LogStatus.COMPLETE);
    assertThat(log.read()).isLessThan(4096 + 100);
    assertThat(text(root, stored(root), "/a"))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("a line\n".repeat(1000) + "half a line password=***\nmore\n");
    assertThat(stored(root).manifest().artifacts()).hasSize(2);
  }

  @Test
  void keepsALogThatWasRotatedBesideTheOneThatIsThere() throws IOException {
    HostLog log = HostLog.plan("plan-a", "a", "yesterday\n".repeat(10));
    HostLog excerpt = HostLog.ra("ra-a", "DEVICE", "ra.log", "before\n");
    HostLog away = HostLog.plan("plan-b", "b", "text\n").breaksAt(0);
    collect(archive(root, LogLayout.OWN), SUBJECT, log, excerpt, away);

    log.holds("today\n");
    excerpt.holds("after\n");
    collect(archive(root, LogLayout.OWN), SUBJECT, log, excerpt, away);
    collect(archive(root, LogLayout.OWN), SUBJECT, log, excerpt, away.breaksNoMore());

    assertThat(filesUnder(root.resolve(ATTEMPT)))
        .containsExactly(
            "manifest.json",
            "plan/plan-a/a",
            "plan/plan-a/a-2",
            "plan/plan-b/b",
            "ra/DEVICE/ra-a/ra.log",
            "ra/DEVICE/ra-a/ra.log-2");
    assertThat(root.resolve(ATTEMPT).resolve("plan/plan-a/a")).hasContent("yesterday\n".repeat(10));
    assertThat(root.resolve(ATTEMPT).resolve("plan/plan-a/a-2")).hasContent("today\n");
    assertThat(new KeptLogs(root).verify(ATTEMPT)).isEmpty();
  }

  @Test
  void readsALogAgainOnlyWhenItsHostHasChangedIt() {
    HostLog log = HostLog.plan("plan-a", "a", "text\n");
    HostLog excerpt = HostLog.ra("ra-a", "DEVICE", "ra.log", "excerpt\n");
    HostLog away = HostLog.plan("plan-b", "b", "text\n").breaksAt(0);
    collect(archive(root, LogLayout.OWN), SUBJECT, log, excerpt, away);
    long first = log.read() + excerpt.read();

    collect(archive(root, LogLayout.OWN), SUBJECT, log, excerpt, away);
    long second = log.read() + excerpt.read();

    assertThat(first).isEqualTo(13);
    assertThat(second).isZero();
  }

  @Test
  void touchesNothingOfACompleteFolder() throws IOException {
    HostLog log = HostLog.plan("plan-a", "a", "text\n");
    collect(archive(root, LogLayout.OWN), SUBJECT, log);
    Map<String, String> before = snapshot();
    Clock later = Clock.offset(NOW, Duration.ofHours(1));

    try (LogFolder folder = archive(root, LogLayout.OWN, later).open(SUBJECT).orElseThrow()) {
      Kept kept = folder.keep(log.holds("text\nmore\n"), budget());
      folder.keepText(ArtifactKind.TRACE, "mdso", "", new byte[10]);
      LogStatus status = folder.end(List.of(UNREACHABLE), 2, false);

      assertThat(folder.isComplete()).isTrue();
      assertThat(kept.status()).isEqualTo(Kept.Status.ALREADY_KEPT);
      assertThat(kept.artifact()).contains("plan/plan-a/a");
      assertThat(status).isEqualTo(LogStatus.COMPLETE);
    }

    assertThat(snapshot()).isEqualTo(before);
  }

  @Test
  void putsWhatHasComeInItsPlaceWhenItGivesUp() throws IOException {
    HostLog log = HostLog.plan("plan-a", "a", "a line\n".repeat(300)).breaksAt(2000);
    HostLog excerpt = HostLog.ra("ra-a", "DEVICE", "ra.log", "one\ntwo\n").breaksAt(6);
    Remark remark = new Remark(1, Remark.Kind.ERROR, Optional.empty(), "ERROR", "a line");

    try (LogFolder folder = archive(root, LogLayout.OWN).open(SUBJECT).orElseThrow()) {
      folder.keep(log, budget());
      folder.keep(excerpt, budget());
      folder.remarks("plan/plan-a/a", List.of(remark), Optional.empty());

      assertThat(folder.end(List.of(), 3, true)).isEqualTo(LogStatus.GIVEN_UP);
    }
    StoredLogs stored = stored(root);

    assertThat(stored.manifest().artifacts())
        .extracting(LogManifest.Artifact::name, LogManifest.Artifact::status)
        .containsExactly(
            tuple("plan/plan-a/a.gz", "partial"), tuple("ra/DEVICE/ra-a/ra.log", "partial"));
    assertThat(stored.manifest().artifacts())
        .extracting(LogManifest.Artifact::nextOffset)
        .containsExactly(Optional.of(1995L), Optional.empty());
    assertThat(stored.manifest().remarks())
        .extracting(LogRemark::artifact)
        .containsExactly("plan/plan-a/a.gz");
    assertThat(text(root, stored, "/a")).hasSize(1995);
    assertThat(new KeptLogs(root).verify(ATTEMPT)).isEmpty();
  }

  @Test
  void completesWhatWasGivenUpWhenSomebodyTriesAgain() throws IOException {
    HostLog log = HostLog.plan("plan-a", "a", "a line\n".repeat(300)).breaksAt(2000);
    try (LogFolder folder = archive(root, LogLayout.OWN).open(SUBJECT).orElseThrow()) {
      folder.keep(log, budget());
      folder.end(List.of(), 3, true);
    }
    log.read();

    LogStatus status = collect(archive(root, LogLayout.OWN), SUBJECT, log.breaksNoMore());

    assertThat(status).isEqualTo(LogStatus.COMPLETE);
    assertThat(log.read()).isEqualTo(1995 + 105);
    assertThat(text(root, stored(root), "/a")).isEqualTo(log.bytes());
  }

  @Test
  void saysWhichLogsNobodyHasLookedIntoSinceTheyWereCopied() {
    HostLog log = HostLog.plan("plan-a", "a", "one\n");
    HostLog other = HostLog.plan("plan-a", "b", "one\n");
    HostLog away = HostLog.plan("plan-b", "c", "one\n").breaksAt(0);
    try (LogFolder folder = archive(root, LogLayout.OWN).open(SUBJECT).orElseThrow()) {
      folder.keep(log, budget());
      folder.keep(other, budget());
      folder.unread().forEach(it -> folder.remarks(it.name(), List.of(), Optional.empty()));

      assertThat(folder.unread()).isEmpty();
      folder.keep(away, budget());
      folder.end(List.of(), 1, false);
    }

    try (LogFolder folder = archive(root, LogLayout.OWN).open(SUBJECT).orElseThrow()) {
      folder.keep(log.holds("one\ntwo\n"), budget());
      folder.keep(other, budget());

      assertThat(folder.unread())
          .extracting(LogManifest.Artifact::name)
          .containsExactly("plan/plan-a/a");
    }
  }

  @Test
  void collectsAnewWhatSomebodyHasRemovedOrDamaged() throws IOException {
    HostLog removed = HostLog.plan("plan-a", "a", "one\n");
    HostLog damaged = HostLog.plan("plan-a", "b", "two\n");
    HostLog away = HostLog.plan("plan-b", "c", "one\n").breaksAt(0);
    collect(archive(root, LogLayout.OWN), SUBJECT, removed, damaged, away);
    Files.delete(root.resolve(ATTEMPT).resolve("plan/plan-a/a"));
    Files.writeString(root.resolve(ATTEMPT).resolve("plan/plan-a/b"), "TWO\n");

    damaged.holds("two\nthree\n");
    collect(archive(root, LogLayout.OWN), SUBJECT, removed, damaged, away.breaksNoMore());

    assertThat(new KeptLogs(root).verify(ATTEMPT)).isEmpty();
    assertThat(text(root, stored(root), "/a")).isEqualTo(removed.bytes());
    assertThat(text(root, stored(root), "/b")).isEqualTo(damaged.bytes());
  }

  @Test
  void goesOnWithoutTheStatesThatSomebodyHasRemoved() throws IOException {
    HostLog log = HostLog.plan("plan-a", "a", "one\n");
    HostLog away = HostLog.plan("plan-b", "c", "one\n").breaksAt(0);
    collect(archive(root, LogLayout.OWN), SUBJECT, log, away);
    Disk.deleteAll(root.resolve(ATTEMPT).resolve(".parts"));

    LogStatus status = collect(archive(root, LogLayout.OWN), SUBJECT, log, away.breaksNoMore());

    assertThat(status).isEqualTo(LogStatus.COMPLETE);
    assertThat(filesUnder(root.resolve(ATTEMPT)))
        .containsExactly("manifest.json", "plan/plan-a/a", "plan/plan-b/c");
  }

  @Test
  void looksAgainAtALogThatWasWrittenWhileItWasCopied() {
    Clock atOnce = Clock.fixed(HostLog.WRITTEN.plusSeconds(1), NOW.getZone());
    HostLog log = HostLog.plan("plan-a", "a", "one\n");
    HostLog away = HostLog.plan("plan-b", "c", "one\n").breaksAt(0);
    collect(archive(root, LogLayout.OWN, atOnce), SUBJECT, log, away);
    log.read();

    collect(archive(root, LogLayout.OWN, atOnce), SUBJECT, log, away);

    assertThat(log.read()).isPositive();
  }

  private Map<String, String> snapshot() throws IOException {
    Map<String, String> all = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.toList()) {
        FileTime time = Files.getLastModifiedTime(path);
        String content = Files.isDirectory(path) ? "" : Sha256.hex(path);
        all.put(root.relativize(path).toString(), time + " " + content);
      }
    }
    return all;
  }
}
