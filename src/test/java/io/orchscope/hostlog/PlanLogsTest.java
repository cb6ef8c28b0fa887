package io.orchscope.hostlog;

import static io.orchscope.hostlog.Trees.FROM;
import static io.orchscope.hostlog.Trees.ID;
import static io.orchscope.hostlog.Trees.OTHER;
import static io.orchscope.hostlog.Trees.PLAN_FOLDER;
import static io.orchscope.hostlog.Trees.TO;
import static io.orchscope.hostlog.Trees.budget;
import static io.orchscope.hostlog.Trees.gzip;
import static io.orchscope.hostlog.Trees.hosts;
import static io.orchscope.hostlog.Trees.mentioning;
import static io.orchscope.hostlog.Trees.mounted;
import static io.orchscope.hostlog.Trees.named;
import static io.orchscope.hostlog.Trees.names;
import static io.orchscope.hostlog.Trees.plenty;
import static io.orchscope.hostlog.Trees.text;
import static io.orchscope.hostlog.Trees.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.orchscope.hostlog.LogGap.Reason;
import io.orchscope.settings.Clocks;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which logs of plan scripts belong to an orchestration. */
class PlanLogsTest {

  private static final String NAME = "plan-script-" + OTHER + "-activate-2024-03-01T14:06:19.682Z";
  private static final Instant BEFORE = FROM.minus(Duration.ofHours(1));

  @TempDir private Path root;
  private LogHosts hosts;

  @BeforeEach
  void start() {
    hosts = hosts(mounted("mdso-1", root));
  }

  @AfterEach
  void stop() {
    hosts.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".log", ".txt", ".log.1", ".log.12", ".log-20240301", ".log.2024-03-02", ".1"})
  void findsALogThatTheTraceNamesUnderAllNamesThatItGets(String end) throws IOException {
    write(root, PLAN_FOLDER + "/" + NAME + end, "plain".getBytes(StandardCharsets.UTF_8), BEFORE);
    write(root, PLAN_FOLDER + "/" + NAME.replace("19.682", "20.682") + end, "another run");

    LogSearch search = hosts.planLogs("mdso-1", named(NAME), plenty());
    LogSearch same = hosts.planLogs("mdso-1", named(NAME + ".log"), plenty());

    assertThat(names(search)).containsExactly(NAME + end);
    assertThat(names(same)).containsExactly(NAME + end);
    assertThat(search.gaps()).isEmpty();
    assertThat(text(search.found().get(0))).isEqualTo("plain");
    assertThat(search.found().get(0).isResumable()).isTrue();
    assertThat(text(search.found().get(0), 2)).isEqualTo("ain");
  }

  @ParameterizedTest
  @ValueSource(strings = {".gz", ".log.gz", ".log.1.gz", ".log-20240301.gz"})
  void readsACompressedLogAsText(String end) throws IOException {
    write(root, PLAN_FOLDER + "/" + NAME + end, gzip("packed"), BEFORE);

    LogSearch search = hosts.planLogs("mdso-1", named(NAME), plenty());

    assertThat(names(search)).containsExactly(NAME + end);
    assertThat(search.found().get(0).isResumable()).isFalse();
    assertThat(text(search.found().get(0))).isEqualTo("packed");
  }

  @Test
  void takesNoCompressedCopyOfALogThatIsStillThere() throws IOException {
    write(root, PLAN_FOLDER + "/" + NAME + ".log", "text");
    write(root, PLAN_FOLDER + "/" + NAME + ".log.gz", new byte[] {31}, TO);

    assertThat(names(hosts.planLogs("mdso-1", named(NAME), plenty())))
        .containsExactly(NAME + ".log");
  }

  @Test
  void readsACompressedLogOfSeveralParts() throws IOException {
    byte[] one = gzip("one ".repeat(100_000));
    byte[] both = Arrays.copyOf(one, one.length * 2);
    System.arraycopy(one, 0, both, one.length, one.length);
    write(root, PLAN_FOLDER + "/" + NAME + ".gz", both, TO);

    FoundLog log = hosts.planLogs("mdso-1", named(NAME), plenty()).found().get(0);

    assertThat(text(log)).isEqualTo("one ".repeat(200_000));
  }

  @Test
  void findsNamedLogsBeforeThoseWithAnIdInTheirNamesBeforeThoseThatMentionOne() throws IOException {
    write(root, PLAN_FOLDER + "/a.log", "resourceId: " + ID);
    write(root, PLAN_FOLDER + "/b-" + ID + ".log", "nothing");
    write(root, PLAN_FOLDER + "/c.log", gzip("x").length + " nothing");
    write(
        root,
        PLAN_FOLDER + "/d.log.gz",
        gzip("{\"id\":\"" + ID.toUpperCase(Locale.ROOT) + "\"}"),
        TO);
    write(root, "opt/ciena/bp2/scriptplan/log/plan-log/" + NAME, "nothing");
    write(root, "opt/ciena/bp2/scriptplan/log/other/e.log", ID);
    PlanLogsWanted wanted = new PlanLogsWanted(Set.of(NAME), Set.of(ID), FROM, TO);

    LogSearch search = hosts.planLogs("mdso-1", wanted, plenty());

    assertThat(names(search)).containsExactly(NAME, "b-" + ID + ".log", "a.log", "d.log.gz");
  }

  @Test
  void looksIntoNoLogThatCannotBeOfTheTime() throws IOException {
    write(root, PLAN_FOLDER + "/old.log", ID.getBytes(StandardCharsets.UTF_8), BEFORE);
    write(root, PLAN_FOLDER + "/run-2024-03-01T14:10:30.000Z.log", ID);
    write(root, PLAN_FOLDER + "/run-2024-03-01T14:09:59.000Z.log", ID);

    LogSearch search = hosts.planLogs("mdso-1", mentioning(ID), plenty());

    assertThat(names(search)).containsExactly("run-2024-03-01T14:09:59.000Z.log");
    assertThat(hosts.figures().get(0).bytes()).isEqualTo(ID.length());
  }

  @Test
  void readsALogForItsMentionsOnceForAllCircuits() throws IOException {
    for (int i = 0; i < 20; i++) {
      write(root, PLAN_FOLDER + "/" + i + ".log", "x".repeat(100_000) + uuid(i) + "\n");
      write(root, PLAN_FOLDER + "/" + i + ".log.1.gz", gzip("x".repeat(200_000) + uuid(i)), TO);
    }
    long stored = size(root);

    for (int i = 0; i < 200; i++) {
      LogSearch search = hosts.planLogs("mdso-1", mentioning(uuid(i)), plenty());

      assertThat(search.found()).hasSize(i < 20 ? 2 : 0);
    }

    assertThat(hosts.figures().get(0).bytes()).isBetween(stored - 2_000, stored + 10_000);
  }

  @Test
  void readsOnlyWhatALogHasGrownBy() throws IOException {
    String old = "2024-03-01 14:06:00,000 - main - INFO - begin\n".repeat(20_000);
    Path log = write(root, PLAN_FOLDER + "/grown.log", old);
    try (LogHosts looking = hosts(Trees.ALWAYS_LISTED, mounted("mdso-1", root))) {
      looking.planLogs("mdso-1", mentioning(ID), plenty());
      long before = looking.figures().get(0).bytes();
      Files.writeString(log, old + "x".repeat(1_000) + ID + "\n");
      Files.setLastModifiedTime(log, FileTime.from(TO.plusSeconds(2)));

      LogSearch search = looking.planLogs("mdso-1", mentioning(ID), plenty());

      assertThat(names(search)).containsExactly("grown.log");
      assertThat(looking.figures().get(0).bytes() - before).isLessThan(2L * TextFile.BLOCK);
    }
  }

  @Test
  void looksAgainWhenALogIsRotatedBehindAList() throws IOException {
    Path log = write(root, PLAN_FOLDER + "/a.log", "about " + ID);
    hosts.planLogs("mdso-1", named("b"), plenty());
    Files.move(log, log.resolveSibling("a.log.1"));

    LogSearch search = hosts.planLogs("mdso-1", mentioning(ID), plenty());

    assertThat(names(search)).containsExactly("a.log.1");
    assertThat(search.gaps()).isEmpty();
  }

  @Test
  void findsAMentionWhereverTheBlocksOfALogMeet() throws IOException {
    for (int i = 0; i <= 40; i++) {
      String before = "x".repeat(TextFile.BLOCK - i);
      write(root, PLAN_FOLDER + "/" + i + ".log", before + uuid(i) + "x".repeat(50_000));
      write(root, PLAN_FOLDER + "/" + i + ".gz", gzip(before + uuid(i) + "x"), TO);
    }

    for (int i = 0; i <= 40; i++) {
      assertThat(names(hosts.planLogs("mdso-1", mentioning(uuid(i)), plenty())))
          .containsExactlyInAnyOrder(i + ".log", i + ".gz");
    }
  }

  @Test
  void findsIdsThatAreNoUuids() throws IOException {
    write(root, PLAN_FOLDER + "/a.log", "x".repeat(TextFile.BLOCK - 3) + "a'b; $(c) is mentioned");
    write(root, PLAN_FOLDER + "/b.log.gz", gzip("this is a'b; $(c)"), TO);
    write(root, PLAN_FOLDER + "/c.log", "a'b; $(cd");

    LogSearch search = hosts.planLogs("mdso-1", mentioning("a'b; $(c)"), plenty());

    assertThat(names(search)).containsExactly("b.log.gz");
  }

  @Test
  void keepsBytesAsTheyAre() throws IOException {
    byte[] bytes = new byte[300_000];
    new Random(7).nextBytes(bytes);
    write(root, PLAN_FOLDER + "/" + NAME, bytes, TO);

    FoundLog log = hosts.planLogs("mdso-1", named(NAME), plenty()).found().get(0);

    try (InputStream in = log.open(0)) {
      assertThat(in.readAllBytes()).isEqualTo(bytes);
    }
  }

  @Test
  void stopsReadingASparseLogWhenTheBudgetIsUsedUp() throws IOException {
    Path log = write(root, PLAN_FOLDER + "/" + NAME, "begin");
    write(root, PLAN_FOLDER + "/small.log", ID);
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
      file.setLength(5L << 30);
    }
    Files.setLastModifiedTime(log, FileTime.from(TO));
    LogBudget small = budget(1_000_000);

    LogSearch search = hosts.planLogs("mdso-1", mentioning(ID), small);
    LogBudget another = budget(1_000_000);
    FoundLog named = hosts.planLogs("mdso-1", named(NAME), another).found().get(0);
    CountedText read = new CountedText();
    IOException fault = catchThrowableOfType(IOException.class, () -> read.all(named.open(0)));

    assertThat(search.gaps()).extracting(LogGap::reason).containsExactly(Reason.TOO_MUCH);
    assertThat(small.bytesLeft()).isGreaterThanOrEqualTo(500_000);
    assertThat(HostFault.gap("mdso-1", NAME, fault).reason()).isEqualTo(Reason.TOO_MUCH);
    assertThat(read.count).isEqualTo(1_000_000);
    assertThat(hosts.figures().get(0).bytes()).isLessThan(2_000_000);
  }

  @Test
  void stopsReadingACompressedLogThatIsABomb() throws IOException {
    write(root, PLAN_FOLDER + "/" + NAME + ".gz", gzip("\0".repeat(200_000_000)), TO);

    FoundLog log = hosts.planLogs("mdso-1", named(NAME), plenty()).found().get(0);
    CountedText read = new CountedText();
    IOException fault = catchThrowableOfType(IOException.class, () -> read.all(log.open(0)));

    assertThat(HostFault.gap("mdso-1", NAME, fault).reason()).isEqualTo(Reason.NOT_READABLE);
    assertThat(read.count).isLessThan(80_000_000);
  }

  @Test
  void drawsTheTextOfACompressedLogThatIsRead() throws IOException {
    String log = uuid(1).repeat(10_000);
    write(root, PLAN_FOLDER + "/" + NAME + ".gz", gzip(log), TO);
    LogBudget budget = budget(1_000_000);

    text(hosts.planLogs("mdso-1", named(NAME), budget).found().get(0));

    assertThat(budget.drawn()).isEqualTo(log.length());
  }

  @Test
  void saysThatTheTimeIsUp() throws IOException {
    write(root, PLAN_FOLDER + "/a.log", ID);
    LogBudget none = new LogBudget(1_000, Duration.ZERO, Clocks.ofThisMachine().steady());

    LogSearch search = hosts.planLogs("mdso-1", mentioning(ID), none);

    assertThat(search.gaps()).extracting(LogGap::reason).containsExactly(Reason.OUT_OF_TIME);
  }

  @Test
  void saysWhichCompressedLogIsNone() throws IOException {
    write(root, PLAN_FOLDER + "/a.log.gz", "no gzip");
    byte[] cut = gzip(uuid(3).repeat(20_000));
    write(root, PLAN_FOLDER + "/b.log.gz", Arrays.copyOf(cut, cut.length / 2), TO);
    write(root, PLAN_FOLDER + "/c.log", ID);

    LogSearch search = hosts.planLogs("mdso-1", mentioning(ID), plenty());

    assertThat(names(search)).containsExactly("c.log");
    assertThat(search.gaps())
        .extracting(LogGap::what)
        .containsExactlyInAnyOrder(
            "/" + PLAN_FOLDER + "/a.log.gz", "/" + PLAN_FOLDER + "/b.log.gz");
    assertThat(search.gaps()).extracting(LogGap::reason).containsOnly(Reason.NOT_READABLE);
  }

  @Test
  void findsNothingWhereThereIsNothing() throws IOException {
    write(root, "etc/hostname", "mdso-1");

    LogSearch search = hosts.planLogs("mdso-1", mentioning(ID), plenty());

    assertThat(search).isEqualTo(new LogSearch("mdso-1", List.of(), List.of()));
  }

  @Test
  void saysSoWhereNothingIsMounted() {
    assertThat(hosts.planLogs("mdso-1", mentioning(ID), plenty()).gaps())
        .containsExactly(
            new LogGap("mdso-1", "plan logs", Reason.UNREACHABLE, "nothing is mounted at " + root));
  }

  @Test
  void saysWhatALogIsThatBecameShorterThanWhatWasReadOfIt() throws IOException {
    Path log = write(root, PLAN_FOLDER + "/" + NAME, "0123456789");
    FoundLog found = hosts.planLogs("mdso-1", named(NAME), plenty()).found().get(0);
    Files.writeString(log, "01234");

    IOException fault = catchThrowableOfType(IOException.class, () -> found.open(8));
    Files.delete(log);
    IOException gone = catchThrowableOfType(IOException.class, () -> found.open(8));

    assertThat(HostFault.gap("mdso-1", NAME, fault).reason()).isEqualTo(Reason.NOT_READABLE);
    assertThat(HostFault.gap("mdso-1", NAME, gone).reason()).isEqualTo(Reason.NOT_FOUND);
  }

  private static String uuid(int number) {
    return "%08x-1111-2222-3333-444455556666".formatted(number);
  }

  private static long size(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  /** Reads all that comes, and counts it. */
  private static final class CountedText {

    private long count;

    private void all(InputStream from) throws IOException {
      try (InputStream in = from) {
        byte[] chunk = new byte[8_192];
        for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
          count += read;
        }
      }
    }
  }
}
