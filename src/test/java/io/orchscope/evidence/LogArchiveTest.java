package io.orchscope.evidence;

import static io.orchscope.evidence.Collection.ATTEMPT;
import static io.orchscope.evidence.Collection.CIRCUIT;
import static io.orchscope.evidence.Collection.SUBJECT;
import static io.orchscope.evidence.Collection.archive;
import static io.orchscope.evidence.Collection.budget;
import static io.orchscope.evidence.Collection.collect;
import static io.orchscope.evidence.Collection.filesUnder;
import static io.orchscope.evidence.Collection.stored;
import static io.orchscope.evidence.Collection.text;
import static io.orchscope.evidence.HostLog.PLAN_LOG;
import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.hostlog.LogBudget;
import io.orchscope.hostlog.LogGap;
import io.orchscope.hostlog.OutOfBudgetException;
import io.orchscope.logtext.Remark;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one try leaves in the archive of logs. */
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
  void isCompleteWhenNothingThatIsMissingMayPass() {
    HostLog log = HostLog.plan("plan-a", "a", "text\n");

    try (LogFolder folder = archive(root, LogLayout.OWN).open(SUBJECT).orElseThrow()) {
      folder.keep(log, budget());

      assertThat(folder.end(List.of(NOT_KNOWN), 1, false)).isEqualTo(LogStatus.COMPLETE);
    }

    assertThat(stored(root).manifest().gaps()).hasSize(1);
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
  void letsNoOtherProcessWorkOnAFolderMeanwhile() throws Exception {
    try (LogFolder folder = archive(root, LogLayout.OWN).open(SUBJECT).orElseThrow()) {
      folder.keep(HostLog.plan("plan-a", "a", "one\n"), budget());
      folder.end(List.of(UNREACHABLE), 1, false);

      assertThat(AnotherProcess.opens(root)).isFalse();
    }
    assertThat(AnotherProcess.opens(root)).isTrue();
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
}
