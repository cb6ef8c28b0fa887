package io.orchscope.logtext;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.secret.SecretMask;
import io.orchscope.secret.SecretMask.Masked;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What nobody may keep of a log, and that all the rest stays. */
final class SecretMaskTest {

  private static final int HOSTILE = 100_000;

  /** Four times the line takes four times the time; a quadratic search would take 16 times. */
  private static final double LIMIT_OF_GROWTH = 10;

  /** In multiples of one plain look at each character. */
  private static final double LIMIT_OF_COST = 120;

  private static final int ROUNDS = 3;

  static Stream<List<String>> secrets() {
    return LogSamples.table("secrets.tsv").stream();
  }

  @ParameterizedTest
  @MethodSource("secrets")
  void masksSecretsAndNothingElse(List<String> row) {
    Masked masked = new SecretMask().mask(row.get(1));

    String expected = row.get(2).equals("=") ? row.get(1) : row.get(2);
    assertThat(masked).isEqualTo(new Masked(expected, Integer.parseInt(row.get(0))));
  }

  @ParameterizedTest
  @MethodSource("secrets")
  void masksNothingTwice(List<String> row) {
    String once = new SecretMask().mask(row.get(1)).line();

    assertThat(new SecretMask().mask(once).line()).isEqualTo(once);
  }

  @ParameterizedTest
  @MethodSource("secrets")
  void keepsLineEnds(List<String> row) {
    String masked = new SecretMask().mask(row.get(1)).line();

    assertThat(new SecretMask().mask(row.get(1) + "\r\n").line()).isEqualTo(masked + "\r\n");
  }

  @Test
  void masksTheBodyOfAPrivateKeyAcrossLines() {
    SecretMask mask = new SecretMask();

    List<Masked> masked = LogSamples.text("private-keys.log").lines().map(mask::mask).toList();

    assertThat(masked.stream().map(Masked::line).collect(Collectors.joining("\n", "", "\n")))
        .isEqualTo(LogSamples.text("private-keys.masked.log"));
    assertThat(masked.stream().mapToInt(Masked::secrets).sum()).isEqualTo(4);
  }

  @Test
  void takesWhatNeverEndsForNoKey() {
    SecretMask mask = new SecretMask();
    mask.mask("-----BEGIN PRIVATE KEY-----");
    String line = "A".repeat(64);

    assertThat(mask.mask(line).line()).isEqualTo("***");
    assertThat(mask.isWithinKey()).isTrue();
    for (int lines = 0; lines < 1_100; lines++) {
      mask.mask(line);
    }
    assertThat(mask.isWithinKey()).isFalse();
  }

  @Test
  void keepsBytesThatAreNoText() {
    byte[] bytes = new byte[4_096];
    new Random(42).nextBytes(bytes);
    String line = new String(bytes, StandardCharsets.ISO_8859_1);

    String masked = new SecretMask().mask("password=x " + line + " é").line();

    assertThat(masked).isEqualTo("password=*** " + line + " é");
  }

  /** Whatever stands beside whatever: what lies between the marks stands in the line, in order. */
  @Test
  void keepsAllThatItDoesNotMask() {
    List<String> words =
        LogSamples.table("secrets.tsv").stream()
            .flatMap(row -> Stream.of(row.get(1).split("(?<=\\W)|(?=\\W)", -1)))
            .filter(word -> !word.equals("*"))
            .toList();
    Random random = new Random(42);
    SecretMask mask = new SecretMask();

    for (int round = 0; round < 30_000; round++) {
      StringBuilder line = new StringBuilder();
      for (int count = random.nextInt(30); count > 0; count--) {
        line.append(words.get(random.nextInt(words.size())));
      }
      Masked masked = mask.mask(line.toString());

      int at = 0;
      for (String kept : masked.line().split("\\*\\*\\*", -1)) {
        at = line.indexOf(kept, at);
        assertThat(at).as(line.toString()).isNotNegative();
        at += kept.length();
      }
    }
  }

  /** Lines that make a search by patterns start over and over again. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"",
        "'",
        "\\",
        "\\\"",
        "\"'`",
        "password=\"",
        "password",
        "password=",
        "password: ",
        "\"password\": [",
        "token=[ ",
        "token: abc ",
        "token:",
        "secret \\",
        "secret 7 ",
        "cookie:",
        "'cookie:",
        "community ",
        "community:1:1~",
        "community=1:1,x;",
        "authorization: bearer ",
        "bearer ",
        "://",
        "://a:b",
        "://a:b/",
        "$1$",
        "$",
        "/tokens/",
        "eyJaaaaaaaaaaaaaaaaaaaaaaaaaaaaa ",
        "-----BEGIN ",
        "-----BEGIN RSA PRIVATE KEY-----",
        "a=b,",
        "curl -",
        "curl -u a:",
        "mysql -u -h ",
        "snmpget -v -c",
        "snmp-server host a ",
        "password for user ",
        "password [",
        "password is ",
        "user secret ",
        "key 7 ",
        "echo a |",
        "%22",
        "%2525",
        "\\u0022",
        "\uff50",
        "a ## SECRET-DATA",
        "@",
        "a@",
        "a/b@c",
        "a:b@c.",
        "<<<",
        "<<< ",
        "passwd <<< ",
        "passwords: {a: ",
        "passwords={",
        "<password><a>",
        "auth=(",
        "auth=A(",
        "Password(",
        "Password(a",
        "user a, pass ",
        "pass ",
        "basic a ",
        "AUTH a ",
        "net use \\\\a b ",
        "password1",
        "passwords",
        "password eq ",
        "identified by ",
        "docker login -p ",
        "send \"a",
        "Authorization: ",
        ")",
        "-",
        " ",
        "a"
      })
  void takesTimeInProportionToALineHoweverHostileItIs(String piece) {
    String line = piece.repeat(HOSTILE / 4 / piece.length());
    String longer = piece.repeat(HOSTILE / piece.length());
    nanos(line);

    double growth = median(() -> (double) nanos(longer) / Math.max(1, nanos(line)));
    double cost = median(() -> (double) nanos(longer) / Math.max(1, plainScan(longer)));

    // Quadratic time would be 16 times as much for four times the line.
    assertThat(growth).as(piece).isLessThan(LIMIT_OF_GROWTH);
    assertThat(cost).as(piece).isLessThan(LIMIT_OF_COST);
  }

  /** The middle of several ratios, each of times that were measured one directly after another. */
  private static double median(DoubleSupplier ratio) {
    double[] ratios = DoubleStream.generate(ratio).limit(ROUNDS).sorted().toArray();
    return ratios[ratios.length / 2];
  }

  private static long nanos(String line) {
    return best(() -> new SecretMask().mask(line).secrets());
  }

  private static long plainScan(String line) {
    return best(() -> line.chars().filter(Character::isWhitespace).count());
  }

  /** The least time that this thread needed, so that others on the machine do not count. */
  private static long best(LongSupplier measured) {
    ThreadMXBean thread = ManagementFactory.getThreadMXBean();
    long best = Long.MAX_VALUE;
    for (int round = 0; round < 2; round++) {
      long from = thread.getCurrentThreadCpuTime();
      assertThat(measured.getAsLong()).isNotNegative();
      best = Math.min(best, thread.getCurrentThreadCpuTime() - from);
    }
    return best;
  }
}
