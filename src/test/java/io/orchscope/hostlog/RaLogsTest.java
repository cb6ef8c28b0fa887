package io.orchscope.hostlog;

import static io.orchscope.hostlog.Trees.DEVICE;
import static io.orchscope.hostlog.Trees.FROM;
import static io.orchscope.hostlog.Trees.PROVIDER;
import static io.orchscope.hostlog.Trees.RA_FOLDER;
import static io.orchscope.hostlog.Trees.TO;
import static io.orchscope.hostlog.Trees.budget;
import static io.orchscope.hostlog.Trees.device;
import static io.orchscope.hostlog.Trees.gzip;
import static io.orchscope.hostlog.Trees.hosts;
import static io.orchscope.hostlog.Trees.mounted;
import static io.orchscope.hostlog.Trees.names;
import static io.orchscope.hostlog.Trees.plenty;
import static io.orchscope.hostlog.Trees.text;
import static io.orchscope.hostlog.Trees.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.hostlog.LogGap.Reason;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What of an adapter's logs is about a device.
 *
 * <pre>
 *   ra.log.2.gz   13:00 ────────── 14:07
 *   ra.log.1                       14:07 ── 14:08
 *   ra.log                                  14:08 ───────── now
 *   orchestration                14:06 ──────── 14:10
 * </pre>
 */
class RaLogsTest {

  private static final String JUNOS =
      """
      2024-03-01T14:08:10,250 ERROR bpprov.%s commit failed
      <xnm:error xmlns="http://xml.juniper.net/xnm/1.1/xnm">
      <source-daemon>mgd</source-daemon>

      <message>
      commit failed: (statements constraint check failed)
      </message>
      </xnm:error>
      """
          .formatted(PROVIDER);

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

  @Test
  void keepsTheRecordsOfADeviceWithAllTheirLines() throws IOException {
    write(
        root,
        RA_FOLDER + "/ra.log",
        line(FROM, "bpprov.bpo_other nothing")
            + JUNOS
            + line(TO, "bpprov.bpo_other nothing\n  at a.b.C")
            + line(TO, "session to abcdtxab1cw.example.com is up")
            + line(TO, "session to 0ABCDTXAB1CW is up")
            + line(TO, "ping ABCDTXAB1CW"));

    LogSearch search = hosts.raLogs("mdso-1", device(), plenty());

    assertThat(search.gaps()).isEmpty();
    assertThat(search.found()).hasSize(1);
    assertThat(search.found().get(0).origin())
        .isEqualTo(
            new LogOrigin("mdso-1", "/" + RA_FOLDER + "/ra.log", LogKind.RA, Optional.of(DEVICE)));
    assertThat(search.found().get(0).isResumable()).isFalse();
    assertThat(text(search.found().get(0)))
        .isEqualTo(
            JUNOS
                + line(TO, "session to abcdtxab1cw.example.com is up")
                + line(TO, "ping ABCDTXAB1CW"));
  }

  @Test
  void looksIntoTheCurrentAndIntoRotatedAndCompressedLogsOfTheTime() throws IOException {
    Instant seventh = Instant.parse("2024-03-01T14:07:00Z");
    Instant eighth = seventh.plusSeconds(60);
    String older = line(FROM.minusSeconds(3600), PROVIDER + " is too early");
    write(
        root,
        RA_FOLDER + "/ra.log.2.gz",
        gzip(older + line(seventh.minusSeconds(5), PROVIDER + " 1")),
        seventh);
    write(
        root,
        RA_FOLDER + "/ra.log.1",
        bytes(line(seventh.plusSeconds(5), PROVIDER + " 2")),
        eighth);
    write(
        root,
        RA_FOLDER + "/ra.log",
        bytes(line(eighth, PROVIDER + " 3") + line(TO.plusSeconds(60), PROVIDER + " is too late")),
        TO.plusSeconds(60));
    write(
        root,
        RA_FOLDER + "/ra.log.3.gz",
        gzip(line(FROM, PROVIDER + " in a file of before")),
        FROM.minusSeconds(3600));
    write(root, "opt/ciena/bp2/rajuniper-2/log/a.log", line(FROM, PROVIDER + " 4"));
    write(root, "opt/ciena/bp2/radra/log/b.log", line(FROM, PROVIDER + " of another adapter"));

    LogSearch search = hosts.raLogs("mdso-1", device(), plenty());

    assertThat(search.gaps()).isEmpty();
    assertThat(names(search))
        .containsExactlyInAnyOrder("ra.log", "ra.log.1", "ra.log.2.gz", "a.log");
    StringBuilder all = new StringBuilder();
    for (FoundLog log : search.found()) {
      all.append(text(log));
    }
    assertThat(all.toString())
        .contains("1\n", "2\n", "3\n", "4\n")
        .doesNotContain("too", "another");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-03-01T14:07:00Z x",
        "2024-03-01T14:07:00.123456Z [main] x",
        "2024-03-01 14:07:00,123 - x",
        "INFO  [thread-17] 2024-03-01 14:07:00 x",
        "2024-03-01T09:07:00.5-05:00 x",
        "2024-03-01T15:07:00+0100 x"
      })
  void readsTheTimesOfManyWriters(String start) throws IOException {
    String late = start.replace("T14", "T16").replace(" 14", " 16");
    late = late.replace("T09", "T11").replace("T15", "T17");
    write(
        root,
        RA_FOLDER + "/ra.log",
        start + " " + PROVIDER + "\n" + late + " " + PROVIDER + " late\n");

    LogSearch search = hosts.raLogs("mdso-1", device(), plenty());

    assertThat(text(search.found().get(0))).isEqualTo(start + " " + PROVIDER + "\n");
  }

  @Test
  void readsASmallPartOfALargeLog() throws IOException {
    Instant start = FROM.minus(Duration.ofHours(10));
    long size = writeLarge("ra.log", start, 50 << 20);

    LogSearch search = hosts.raLogs("mdso-1", device(), plenty());

    assertThat(search.gaps()).isEmpty();
    assertThat(text(search.found().get(0))).isEqualTo(expected(start, 50 << 20));
    assertThat(size).isGreaterThan(50 << 20);
    assertThat(hosts.figures().get(0).bytes()).isLessThan(2 << 20);
  }

  @Test
  void readsALargeLogOnceForAllDevices() throws IOException {
    Instant start = FROM.minus(Duration.ofHours(1));
    writeLarge("ra.log", start, 20 << 20);
    hosts.raLogs("mdso-1", device(), plenty());
    long first = hosts.figures().get(0).bytes();

    for (int i = 0; i < 50; i++) {
      String absent = "ABSENT%04dW".formatted(i);
      RaLogsWanted wanted =
          new RaLogsWanted(absent, "rajuniper", "bpo_2_" + UUID.randomUUID(), FROM, TO);
      assertThat(hosts.raLogs("mdso-1", wanted, plenty()).found()).isEmpty();
    }

    assertThat(hosts.figures().get(0).bytes()).isEqualTo(first);
  }

  @Test
  void remembersWhatItReadOfALogThatIsRotated() throws IOException {
    Instant start = FROM.minus(Duration.ofHours(1));
    writeLarge("ra.log", start, 20 << 20);
    try (LogHosts looking = hosts(Trees.ALWAYS_LISTED, mounted("mdso-1", root))) {
      looking.raLogs("mdso-1", device(), plenty());
      long before = looking.figures().get(0).bytes();
      Path log = root.resolve(RA_FOLDER + "/ra.log");
      Files.move(log, log.resolveSibling("ra.log.1"));
      write(root, RA_FOLDER + "/ra.log", line(TO, PROVIDER + " in the new file"));

      LogSearch search = looking.raLogs("mdso-1", device(), plenty());

      assertThat(names(search)).containsExactlyInAnyOrder("ra.log", "ra.log.1");
      assertThat(looking.figures().get(0).bytes() - before).isLessThan(700_000);
    }
  }

  @Test
  void looksAgainWhenALogIsRotatedBehindAList() throws IOException {
    writeLarge("ra.log", FROM.minus(Duration.ofHours(3)), 5 << 20);
    Instant earlier = FROM.minus(Duration.ofHours(2));
    hosts.raLogs(
        "mdso-1",
        new RaLogsWanted(DEVICE, "rajuniper", PROVIDER, earlier, earlier.plusSeconds(60)),
        plenty());
    Path log = root.resolve(RA_FOLDER + "/ra.log");
    Files.move(log, log.resolveSibling("ra.log.1"));
    write(root, RA_FOLDER + "/ra.log", line(TO, PROVIDER + " in the new file"));

    LogSearch search = hosts.raLogs("mdso-1", device(), plenty());

    assertThat(search.gaps()).isEmpty();
    assertThat(names(search)).containsExactlyInAnyOrder("ra.log", "ra.log.1");
    assertThat(text(search.found().get(0)) + text(search.found().get(1)))
        .contains(expected(FROM.minus(Duration.ofHours(3)), 5 << 20), "in the new file");
  }

  @Test
  void readsOnlyTheEndOfALogWithoutTimes() throws IOException {
    String noise = "a line without any time\n".repeat(200_000);
    write(
        root,
        RA_FOLDER + "/ra.log",
        PROVIDER + " far away\n" + noise + PROVIDER + " near\n  its second line\nanother\n");

    LogSearch search = hosts.raLogs("mdso-1", device(), plenty());

    assertThat(text(search.found().get(0))).isEqualTo(PROVIDER + " near\n  its second line\n");
    assertThat(hosts.figures().get(0).bytes()).isLessThan(3 << 20);
  }

  @Test
  void bearsBinaryRubbishAndLinesWithoutEnd() throws IOException {
    byte[] rubbish = new byte[3_000_000];
    new Random(1).nextBytes(rubbish);
    write(root, RA_FOLDER + "/core", rubbish, TO);
    write(root, RA_FOLDER + "/nul.log", "\0".repeat(2_000_000));
    write(
        root,
        RA_FOLDER + "/endless.log",
        line(FROM, "a").strip() + "y".repeat(3_000_000) + " " + PROVIDER + " z".repeat(3_000_000));
    write(root, RA_FOLDER + "/empty.log", "");
    write(
        root,
        RA_FOLDER + "/latin.log",
        (line(FROM, "M\u00fcnchen " + PROVIDER)).getBytes(StandardCharsets.ISO_8859_1),
        TO);

    LogSearch search = hosts.raLogs("mdso-1", device(), plenty());

    assertThat(names(search)).containsExactlyInAnyOrder("endless.log", "latin.log");
    assertThat(search.found().get(names(search).indexOf("latin.log")).open(0).readAllBytes())
        .isEqualTo(line(FROM, "M\u00fcnchen " + PROVIDER).getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void cutsAnExcerptThatIsTooLong() throws IOException {
    write(root, RA_FOLDER + "/ra.log", line(FROM, PROVIDER + " " + "x".repeat(200)).repeat(20_000));

    LogSearch search = hosts.raLogs("mdso-1", device(), plenty());

    assertThat(text(search.found().get(0))).hasSize((int) Trees.LIMITS.excerptBytes());
    assertThat(search.gaps()).extracting(LogGap::reason).containsExactly(Reason.TOO_MUCH);
  }

  @Test
  void stopsWhenTheBudgetIsUsedUpAndGivesWhatItHas() throws IOException {
    writeLarge("ra.log", FROM, 10 << 20);

    RaLogsWanted wanted =
        new RaLogsWanted(DEVICE, "rajuniper", PROVIDER, FROM, FROM.plus(Duration.ofHours(10)));

    LogSearch search = hosts.raLogs("mdso-1", wanted, budget(3 << 20));

    assertThat(search.gaps()).extracting(LogGap::reason).containsExactly(Reason.TOO_MUCH);
    assertThat(search.found()).hasSize(1);
    assertThat(hosts.figures().get(0).bytes()).isLessThan(4 << 20);
  }

  @Test
  void readsNoMoreOfASparseLogThanTheBudgetPaysFor() throws IOException {
    Path log = write(root, RA_FOLDER + "/ra.log", line(FROM, "begin"));
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
      file.setLength(5L << 30);
    }
    Files.setLastModifiedTime(log, FileTime.from(TO));

    LogSearch search = hosts.raLogs("mdso-1", device(), budget(2 << 20));

    assertThat(search.gaps()).extracting(LogGap::reason).containsExactly(Reason.TOO_MUCH);
    assertThat(hosts.figures().get(0).bytes()).isLessThan(3 << 20);
  }

  @Test
  void saysWhichLogIsCompressedInAWayThatItDoesNotRead() throws IOException {
    write(root, RA_FOLDER + "/ra.log.1.xz", "xz");

    LogSearch search = hosts.raLogs("mdso-1", device(), plenty());

    assertThat(search.gaps()).extracting(LogGap::reason).containsExactly(Reason.NOT_READABLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "../..", "*", "a/b", "{adapter}", "a\nb"})
  void looksNowhereForAnAdapterThatIsNone(String adapter) throws IOException {
    write(root, RA_FOLDER + "/ra.log", line(FROM, PROVIDER));
    RaLogsWanted wanted = new RaLogsWanted(DEVICE, adapter, PROVIDER, FROM, TO);

    LogSearch search = hosts.raLogs("mdso-1", wanted, plenty());

    assertThat(search.found()).isEmpty();
    assertThat(search.gaps()).extracting(LogGap::reason).containsExactly(Reason.NOT_KNOWN);
  }

  @Test
  void findsADeviceThatIsKnownByItsAddressOnly() throws IOException {
    write(
        root,
        RA_FOLDER + "/ra.log",
        line(FROM, "192.0.2.1: up") + line(FROM, "192.0.2.10: up") + line(FROM, "1192.0.2.1"));
    RaLogsWanted wanted = new RaLogsWanted("192.0.2.1", "rajuniper", "", FROM, TO);

    LogSearch search = hosts.raLogs("mdso-1", wanted, plenty());

    assertThat(text(search.found().get(0))).isEqualTo(line(FROM, "192.0.2.1: up"));
  }

  /** A log of twelve hours in which every thirtieth line is about the device. */
  private long writeLarge(String name, Instant start, long size) throws IOException {
    Path file = root.resolve(RA_FOLDER + "/" + name);
    Files.createDirectories(file.getParent());
    long written = 0;
    try (var out = Files.newBufferedWriter(file)) {
      for (int i = 0; written < size; i++) {
        String line = large(start, size, i);
        out.write(line);
        written += line.length();
      }
    }
    Files.setLastModifiedTime(file, FileTime.from(TO.plusSeconds(7200)));
    return written;
  }

  private static String large(Instant start, long size, int i) {
    Instant at = start.plusMillis(i * 1_000L * 43_200 / (size / 130));
    String filler = "%08x-1111-2222-3333-444455556666".formatted(i * 31);
    return i % 30 == 0
        ? line(at, "DEBUG bpprov." + PROVIDER + " <rpc-reply message-id=\"" + i + "\">")
        : line(at, "DEBUG bpprov.bpo_1_" + filler + " <rpc-reply message-id=" + i + "/>");
  }

  private static String expected(Instant start, long size) {
    StringBuilder all = new StringBuilder();
    long written = 0;
    for (int i = 0; written < size; i++) {
      String line = large(start, size, i);
      Instant at = Instant.parse(line.substring(0, line.indexOf(' ')));
      if (line.contains(PROVIDER)
          && !at.isBefore(FROM.minusSeconds(5))
          && !at.isAfter(TO.plusSeconds(5))) {
        all.append(line);
      }
      written += line.length();
    }
    return all.toString();
  }

  private static String line(Instant at, String text) {
    return at + " " + text + "\n";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
