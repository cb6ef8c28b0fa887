package io.orchscope.logtext;

import static io.orchscope.logtext.LogSamples.fixture;
import static io.orchscope.logtext.LogSamples.text;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.logtext.Remark.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of logs, good and bad. */
final class LogReaderTest {

  private static final String STAMPED = "2024-03-01 14:06:19,682 - x - ";

  static Stream<List<String>> prefixes() {
    return LogSamples.table("prefixes.tsv").stream();
  }

  static Stream<List<String>> replies() {
    return LogSamples.table("replies.tsv").stream();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plan-script-that-fails",
        "plan-script-that-completes",
        "without-any-prefix",
        "side-log",
        "syslog-records",
        "syslog-of-a-host",
        "junos-errors",
        "stack-traces"
      })
  void remarksWhatALogSays(String name) throws IOException {
    LogDigest digest = LogReader.read(new ByteArrayInputStream(fixture(name + ".log")));

    assertThat(drawn(digest)).isEqualTo(text(name + ".remarks.txt"));
  }

  @ParameterizedTest
  @MethodSource("prefixes")
  void readsOffWhatStandsBeforeAMessage(List<String> row) {
    LogLine line = LogLine.of(row.get(0));

    assertThat(line.at().map(Instant::toString).orElse("-")).isEqualTo(row.get(1));
    assertThat(line.level().isEmpty() ? "-" : line.level()).isEqualTo(row.get(2));
    assertThat(line.message()).isEqualTo(row.get(3).equals("=") ? row.get(0) : row.get(3));
  }

  @ParameterizedTest
  @MethodSource("replies")
  void knowsABadReply(List<String> row) {
    assertThat(Replies.isBad(row.get(1))).isEqualTo(row.get(0).equals("bad"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 64, 1_000})
  void readsTheSameInPartsOfAnySize(int size) throws IOException {
    byte[] log = fixture("junos-errors.log");
    LogDigest whole = LogReader.read(new ByteArrayInputStream(log));
    LogReader reader = new LogReader();

    for (int at = 0; at < log.length; at += size) {
      reader.accept(log, at, Math.min(size, log.length - at));
    }

    assertThat(reader.digest()).isEqualTo(whole);
  }

  @Test
  void readsLineEndsOfBothKindsAndNone() throws IOException {
    LogDigest digest = read("ERROR one\r\nERROR two\n\nERROR three");

    assertThat(digest.lines()).isEqualTo(4);
    assertThat(digest.bytes()).isEqualTo(33);
    assertThat(digest.remarks()).extracting(Remark::text).containsExactly("one", "two", "three");
  }

  @Test
  void saysNothingOfAnEmptyLog() throws IOException {
    LogDigest digest = read("");

    assertThat(drawn(digest)).isEqualTo("lines=0 bytes=0 whole\n");
  }

  @Test
  void readsTextInUtf8AndElseAsLatin() throws IOException {
    byte[] latin = "ERROR Zürich\n".getBytes(ISO_8859_1);
    byte[] utf8 = "\uFEFFERROR Zürich 😀\n".getBytes(UTF_8);

    assertThat(LogReader.read(new ByteArrayInputStream(latin)).remarks())
        .extracting(Remark::text)
        .containsExactly("Zürich");
    assertThat(LogReader.read(new ByteArrayInputStream(utf8)).remarks())
        .extracting(Remark::text)
        .containsExactly("Zürich 😀");
  }

  @Test
  void passesOverNulsAndColours() throws IOException {
    byte[] wide = "ERROR wide\nx".getBytes(UTF_16LE);

    assertThat(LogReader.read(new ByteArrayInputStream(wide)).remarks())
        .extracting(Remark::text)
        .containsExactly("wide");
    assertThat(read("\u001B[31mERROR\u001B[0m red").remarks())
        .containsExactly(new Remark(1, Kind.ERROR, Optional.empty(), "ERROR", "red"));
  }

  @Test
  void readsOnlyTheBeginningOfALineWithoutEndAndWhatJunosSaysInIt() throws IOException {
    String longLine =
        STAMPED
            + "ERROR - "
            + "x".repeat(65_500)
            + "<xnm:error><message>one</message></xnm:error>"
            + "<".repeat(100_000)
            + "<xnm:error><message>two</message></xnm:error>"
            + "\nERROR next";

    LogDigest digest = read(longLine);

    assertThat(digest.isCut()).isTrue();
    assertThat(digest.lines()).isEqualTo(2);
    assertThat(digest.remarks())
        .extracting(remark -> remark.line() + " " + remark.kind().word())
        .containsExactly("1 device-error", "1 device-error", "1 error", "2 error");
    assertThat(digest.remarks().get(2).text()).hasSize(Remark.LONGEST).endsWith("x…");
  }

  @Test
  void keepsTheFirstAndTheLastOfTooManyRemarks() throws IOException {
    StringBuilder log = new StringBuilder();
    for (int number = 1; number <= 1_000; number++) {
      log.append("ERROR number ").append(number).append('\n');
    }
    log.append("WARNING once\n");

    LogDigest digest = read(log.toString());

    assertThat(digest.isCut()).isTrue();
    assertThat(digest.remarks()).hasSize(RemarkBox.FIRST + RemarkBox.LAST + 1);
    assertThat(digest.remarks().get(RemarkBox.FIRST - 1).text()).isEqualTo("number 20");
    assertThat(digest.remarks().get(RemarkBox.FIRST).text()).isEqualTo("number 961");
  }

  @Test
  void keepsTheExceptionOfALongStackTrace() throws IOException {
    StringBuilder log = new StringBuilder("Traceback (most recent call last):\n");
    for (int number = 1; number <= 500; number++) {
      log.append("  File \"/opt/plan/main.py\", line ").append(number).append(", in run\n");
    }
    log.append("RecursionError: maximum recursion depth exceeded\nERROR next\n");

    List<Remark> remarks = read(log.toString()).remarks();

    assertThat(remarks).extracting(Remark::kind).containsExactly(Kind.EXCEPTION, Kind.ERROR);
    assertThat(remarks.get(0).text())
        .hasSizeLessThanOrEqualTo(Remark.LONGEST)
        .startsWith("Traceback (most recent call last):\n…\n  File")
        .endsWith("line 500, in run\nRecursionError: maximum recursion depth exceeded");
  }

  @Test
  void cutsNoSecretInHalf() throws IOException {
    String log = "ERROR " + "x".repeat(1_980) + " https://svc-user:Pa55w0rd@example.com/";

    String text = read(log).remarks().get(0).text();

    assertThat(text).doesNotContain("Pa5");
  }

  @Test
  void neverFailsWhateverTheBytesAre() throws IOException {
    Random random = new Random(42);
    byte[] all =
        Stream.of("junos-errors", "stack-traces", "syslog-records", "plan-script-that-fails")
            .map(name -> text(name + ".log"))
            .collect(Collectors.joining())
            .getBytes(UTF_8);
    long lines = 0;

    for (int round = 0; round < 1_000; round++) {
      byte[] log = all.clone();
      for (int hits = 200; hits > 0; hits--) {
        log[random.nextInt(log.length)] = (byte) random.nextInt(256);
      }
      lines += LogReader.read(new ByteArrayInputStream(log)).lines();
    }
    byte[] binary = new byte[1_000_000];
    random.nextBytes(binary);

    assertThat(lines).isGreaterThan(10_000);
    assertThat(LogReader.read(new ByteArrayInputStream(binary)).bytes()).isEqualTo(1_000_000);
  }

  private static LogDigest read(String log) throws IOException {
    return LogReader.read(new ByteArrayInputStream(log.getBytes(UTF_8)));
  }

  /** The form of the .remarks.txt files. */
  private static String drawn(LogDigest digest) {
    StringBuilder lines = new StringBuilder();
    lines.append("lines=").append(digest.lines()).append(" bytes=").append(digest.bytes());
    lines.append(digest.isCut() ? " cut" : " whole");
    digest.unfinished().ifPresent(process -> lines.append(" unfinished=").append(process));
    lines.append('\n');
    for (Remark remark : digest.remarks()) {
      lines.append(
          "%d %s %s %s\n    %s\n"
              .formatted(
                  remark.line(),
                  remark.kind().word(),
                  remark.at().map(Instant::toString).orElse("-"),
                  remark.level().isEmpty() ? "-" : remark.level(),
                  remark.text().replace("\n", "\n    ")));
    }
    return lines.toString();
  }
}
