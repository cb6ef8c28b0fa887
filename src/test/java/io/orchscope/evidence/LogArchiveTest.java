package io.orchscope.evidence;

import static io.orchscope.evidence.Collection.ATTEMPT;
import static io.orchscope.evidence.Collection.CIRCUIT;
import static io.orchscope.evidence.Collection.NOW;
import static io.orchscope.evidence.Collection.SUBJECT;
import static io.orchscope.evidence.Collection.archive;
import static io.orchscope.evidence.Collection.budget;
import static io.orchscope.evidence.Collection.collect;
import static io.orchscope.evidence.Collection.filesUnder;
import static io.orchscope.evidence.Collection.stored;
import static io.orchscope.evidence.Collection.text;
import static io.orchscope.evidence.HostLog.PLAN_LOG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.orchscope.hostlog.LogBudget;
import io.orchscope.hostlog.LogGap;
import io.orchscope.hostlog.OutOfBudgetException;
import io.orchscope.logtext.Remark;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies in the archive of logs after tries to collect them. */
class LogArchiveTest {

  private static final LogGap UNREACHABLE =
      new LogGap(
          "plan-b", "plan logs", LogGap.Reason.UNREACHABLE, "password=hunter2 was not asked for");
  private static final LogGap NOT_KNOWN =
      new LogGap("", "RA logs", LogGap.Reason.NOT_KNOWN, "no network function");

  @TempDir Path root;

  @Test
  void keepsLogsMaskedAndSaysInTheManifestWhatTheyAre() throws IOException {
    Remark error =
        new Remark(2, Remark.Kind.ERROR, Optional.of(HostLog.WRITTEN), "ERROR", "commit failed");
    Remark slow = new Remark(3, Remark.Kind.ELAPSED, Optional.empty(), "", "elapsed 40 secs");

    try (LogFolder folder = archive(root, LogLayout.OWN).open(SUBJECT).orElseThrow()) {
      Kept plan =
          folder.keep(
              HostLog.plan(
                  "plan-a", PLAN_LOG, "user=a password=b\nERROR commit failed\n" + "x".repeat(10)),
              budget());
      folder.keep(HostLog.ra("ra-a", "ABCDTXAB1CW.EXAMPLE.COM", "rajuniper.log", ""), budget());
      folder.keepText(
          ArtifactKind.TRACE,
          "mdso",
          "f3a9c1d2e4b50617",
          "{\"a\":1}".getBytes(StandardCharsets.UTF_8));
      folder.remarks(plan.artifact().orElseThrow(), List.of(error, slow), Optional.of(error));
      folder.decides(plan.artifact().orElseThrow(), error);
      LogStatus status = folder.end(List.of(UNREACHABLE, NOT_KNOWN), 1, false);

      assertThat(status).isEqualTo(LogStatus.INCOMPLETE);
    }

    assertThat(root.resolve(ATTEMPT).resolve("manifest.json"))
        .hasBinaryContent(Examinations.fixture("manifest-of-logs-of-two-hosts.json"));
    assertThat(text(root, stored(root), PLAN_LOG))
        .asString(StandardCharsets.UTF_8)
        .startsWith("user=a password=***\nERROR commit failed\nxxxx");
  }

  @Test
  void saysOfEachLogWhatBecameOfIt() {
    HostLog log = HostLog.plan("plan-a", "a", "one\ntwo\nthree\n").breaksAt(10);
    HostLog empty = HostLog.plan("plan-a", "b", "");

    try (LogFolder folder = archive(root, LogLayout.OWN).open(SUBJECT).orElseThrow()) {
      Kept broken = folder.keep(log, budget());
      Kept whole = folder.keep(log.breaksNoMore(), budget());
      Kept again = folder.keep(log, budget());
      Kept nothing = folder.keep(empty, budget());

      assertThat(broken)
          .isEqualTo(
              new Kept(
                  Kept.Status.PARTIAL,
                  Optional.of("plan/plan-a/a"),
                  8,
                  0,
                  Optional.of(
                      new LogGap("plan-a", "a", LogGap.Reason.BROKE_OFF, "connection reset"))));
      assertThat(whole)
          .isEqualTo(
              new Kept(Kept.Status.KEPT, Optional.of("plan/plan-a/a"), 14, 0, Optional.empty()));
      assertThat(again.status()).isEqualTo(Kept.Status.ALREADY_KEPT);
      assertThat(nothing.status()).isEqualTo(Kept.Status.EMPTY);
      assertThat(folder.end(List.of(), 1, false)).isEqualTo(LogStatus.COMPLETE);
    }
  }

  @Test
  void leavesBytesAloneThatAreNoUtf8() throws IOException {
    byte[] bytes = new byte[3 * 256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }

    collect(archive(root, LogLayout.OWN), SUBJECT, HostLog.plan("plan-a", "bytes", bytes));

    assertThat(text(root, stored(root), "bytes")).isEqualTo(bytes);
  }

  @Test
  void masksSecretsInLinesOfEveryEncoding() throws IOException {
    String text = "grün password=geheim\r\nb\u0085password=Å\u0085x\npassword=z";

    collect(archive(root, LogLayout.OWN), SUBJECT, HostLog.plan("plan-a", "utf", text));
    collect(
        archive(root, LogLayout.OWN),
        Collection.subject(CIRCUIT, ATTEMPT + "1"),
        HostLog.plan("plan-a", "latin", text.getBytes(StandardCharsets.ISO_8859_1)));

    assertThat(text(root, stored(root), "utf"))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("grün password=***\r\nb\u0085password=***\npassword=***");
    StoredLogs latin = new KeptLogs(root).ofAttempt(ATTEMPT + "1").orElseThrow();
    assertThat(text(root, latin, "latin"))
        .asString(StandardCharsets.ISO_8859_1)
        .isEqualTo("grün password=***\r\nb\u0085password=***\npassword=***");
    assertThat(latin.manifest().artifacts().get(0).masked()).isEqualTo(3);
  }

  @Test
  void keepsALongLineInPiecesThatDoNotPartASecretFromItsName() throws IOException {
    String line =
        "{\"a\": \"%s\", password=hunter2, \"b\": 1}".formatted("x".repeat(60)) + "y".repeat(200);

    collect(archive(root, LogLayout.OWN), SUBJECT, HostLog.plan("plan-a", "long", line));

    assertThat(text(root, stored(root), "long"))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo(line.replace("hunter2,", "***"));
  }

  @Test
  void compressesWhatIsLargeAndNoText() throws IOException {
    byte[] large = "a line\n".repeat(1000).getBytes(StandardCharsets.UTF_8);

    try (LogFolder folder = archive(root, LogLayout.OWN).open(SUBJECT).orElseThrow()) {
      folder.keep(HostLog.plan("plan-a", "large", large), budget());
      folder.keepText(ArtifactKind.TRACE, "mdso", "", large);
      folder.end(List.of(), 1, false);
    }

    assertThat(filesUnder(root.resolve(ATTEMPT)))
        .containsExactly("manifest.json", "plan/plan-a/large.gz", "trace-log.json");
    assertThat(Files.size(root.resolve(ATTEMPT).resolve("plan/plan-a/large.gz"))).isLessThan(200);
    assertThat(text(root, stored(root), "large")).isEqualTo(large);
  }

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
  void isCompleteWhenNothingThatIsMissingMayPass() {
    HostLog log = HostLog.plan("plan-a", "a", "text\n");

    try (LogFolder folder = archive(root, LogLayout.OWN).open(SUBJECT).orElseThrow()) {
      folder.keep(log, budget());

      assertThat(folder.end(List.of(NOT_KNOWN), 1, false)).isEqualTo(LogStatus.COMPLETE);
    }

    assertThat(stored(root).manifest().gaps()).hasSize(1);
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
  void givesUpAtOnceWhatNoOtherTryCanBring() {
    HostLog log =
        HostLog.plan("plan-a", "a", "one\ntwo\n")
            .breaksAt(6, new OutOfBudgetException("More than 6 bytes would be read", false));

    LogStatus status = collect(archive(root, LogLayout.OWN), SUBJECT, log);

    assertThat(status).isEqualTo(LogStatus.GIVEN_UP);
    assertThat(stored(root).manifest().gaps())
        .extracting(LogManifest.Gap::reason)
        .containsExactly("too-much");
  }

  @Test
  void isCompleteWithoutALogThatWasGoneBeforeItCouldBeRead() {
    HostLog log = HostLog.plan("plan-a", "a", "x").breaksAt(0, new FileNotFoundException("a"));

    LogStatus status = collect(archive(root, LogLayout.OWN), SUBJECT, log);

    assertThat(status).isEqualTo(LogStatus.COMPLETE);
    assertThat(stored(root).manifest().artifacts()).isEmpty();
    assertThat(stored(root).manifest().gaps())
        .extracting(LogManifest.Gap::reason)
        .containsExactly("not-found");
  }

  @Test
  void opensNoLogWhenTheTimeIsUp() {
    HostLog log = HostLog.plan("plan-a", "a", "text\n");

    try (LogFolder folder = archive(root, LogLayout.OWN).open(SUBJECT).orElseThrow()) {
      Kept kept = folder.keep(log, new LogBudget(100, Duration.ZERO, Clock.systemUTC()));

      assertThat(kept.gap()).map(LogGap::reason).contains(LogGap.Reason.OUT_OF_TIME);
      assertThat(log.read()).isZero();
    }
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
  void replacesAnAnswerByANewerOne() throws IOException {
    byte[] older = "{\"entries\":[1]}".getBytes(StandardCharsets.UTF_8);
    byte[] newer = "{\"entries\":[2]}".getBytes(StandardCharsets.UTF_8);

    try (LogFolder folder = archive(root, LogLayout.OWN).open(SUBJECT).orElseThrow()) {
      Kept first = folder.keepText(ArtifactKind.TRACE, "mdso", "t", older);
      Kept same = folder.keepText(ArtifactKind.TRACE, "mdso", "t", older);
      Kept second = folder.keepText(ArtifactKind.TRACE, "mdso", "t", newer);
      folder.end(List.of(), 1, false);

      assertThat(Stream.of(first, same, second).map(Kept::status))
          .containsExactly(Kept.Status.KEPT, Kept.Status.ALREADY_KEPT, Kept.Status.KEPT);
    }

    assertThat(filesUnder(root.resolve(ATTEMPT)))
        .containsExactly("manifest.json", "trace-log.json");
    assertThat(root.resolve(ATTEMPT).resolve("trace-log.json")).hasBinaryContent(newer);
  }

  @Test
  void letsOneAtATimeWorkOnAFolder() {
    LogArchive archive = archive(root, LogLayout.OWN);
    LogArchive ofAnotherProcess = archive(root, LogLayout.OWN);
    LogFolder folder = archive.open(SUBJECT).orElseThrow();

    assertThat(archive.open(SUBJECT)).isEmpty();
    assertThat(ofAnotherProcess.open(SUBJECT)).isEmpty();
    folder.close();
    assertThat(archive.open(SUBJECT)).isPresent();
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
  void hidesWhatItKeepsFromOtherUsers() throws IOException {
    collect(
        archive(root, LogLayout.OWN),
        SUBJECT,
        HostLog.plan("plan-a", "a", "one\n"),
        HostLog.plan("plan-a", "b", "one\n").breaksAt(0));

    try (Stream<Path> all = Files.walk(root.resolve("service_mapper"))) {
      for (Path path : all.toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
            .as(path.toString())
            .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
      }
    }
  }

  /** The clock of these tests is long after the logs were written. */
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
