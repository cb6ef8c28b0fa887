package io.orchscope.hostlog;

import static io.orchscope.hostlog.Trees.FROM;
import static io.orchscope.hostlog.Trees.RA_FOLDER;
import static io.orchscope.hostlog.Trees.gzip;
import static io.orchscope.hostlog.Trees.hosts;
import static io.orchscope.hostlog.Trees.mounted;
import static io.orchscope.hostlog.Trees.plenty;
import static io.orchscope.hostlog.Trees.text;
import static io.orchscope.hostlog.Trees.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is read and remembered of a log, the records are those that a plain reading gives. */
class RecordsTest {

  private static final List<String> DEVICES =
      List.of("ABCDTXAB1CW.EXAMPLE.COM", "ABCDTXAB2CW", "pe-3", "192.0.2.4");

  @TempDir private Path root;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void areThoseOfAPlainReading(long seed) throws IOException {
    Random random = new Random(seed);
    List<Written> log = randomLog(random, 900_000);
    StringBuilder whole = new StringBuilder();
    log.forEach(it -> whole.append(it.text()));
    Instant end = log.get(log.size() - 1).at();
    write(root, RA_FOLDER + "/ra.log", whole.toString().getBytes(StandardCharsets.UTF_8), end);
    write(root, RA_FOLDER + "/ra.log.1.gz", gzip(whole.toString()), end);

    try (LogHosts hosts = hosts(mounted("mdso-1", root))) {
      for (int i = 0; i < 30; i++) {
        Instant from = FROM.plusMillis(random.nextInt(400_000));
        Instant to = from.plusMillis(random.nextInt(120_000));
        int device = random.nextInt(DEVICES.size());
        LogSearch search =
            hosts.raLogs(
                "mdso-1",
                new RaLogsWanted(DEVICES.get(device), "rajuniper", provider(device), from, to),
                plenty());

        String expected = reading(log, device, from.minusSeconds(5), to.plusSeconds(5));
        assertThat(search.gaps()).isEmpty();
        assertThat(search.found()).hasSize(expected.isEmpty() ? 0 : 2);
        for (FoundLog found : search.found()) {
          assertThat(text(found)).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void areKeptWhenTheyReachOverSeveralBlocks() throws IOException {
    String lines = "<interface>ge-0/0/1</interface>\n".repeat(10_000);
    String before = "2024-03-01T14:07:00Z quiet\n".repeat(3_000);
    String record = "2024-03-01T14:07:01Z reply\n" + lines + "<name>ABCDTXAB2CW</name>\n" + lines;
    String after = "2024-03-01T14:07:02Z quiet\n".repeat(3_000);
    write(root, RA_FOLDER + "/ra.log", before + record + after);

    try (LogHosts hosts = hosts(mounted("mdso-1", root))) {
      RaLogsWanted wanted = new RaLogsWanted("ABCDTXAB2CW", "rajuniper", "", FROM, Trees.TO);

      assertThat(text(hosts.raLogs("mdso-1", wanted, plenty()).found().get(0))).isEqualTo(record);
      assertThat(text(hosts.raLogs("mdso-1", wanted, plenty()).found().get(0))).isEqualTo(record);
    }
  }

  /** Times go up but for a little disorder; some records have many lines, some mention a device. */
  private static List<Written> randomLog(Random random, int size) {
    List<Written> log = new ArrayList<>();
    long millis = 0;
    for (int written = 0; written < size; written += log.get(log.size() - 1).text().length()) {
      millis += random.nextInt(100);
      Instant at = FROM.plusMillis(Math.max(0, millis - random.nextInt(50)));
      StringBuilder text = new StringBuilder(at + " INFO");
      int device = random.nextInt(40);
      int lines = random.nextInt(8) == 0 ? random.nextInt(random.nextInt(4) == 0 ? 900 : 30) : 0;
      int mention = random.nextInt(lines + 1);
      for (int line = 0; line <= lines; line++) {
        text.append(line == 0 ? " " : "  <x>").append("v".repeat(random.nextInt(120)));
        if (device < DEVICES.size() && line == mention) {
          text.append(random.nextBoolean() ? " bpprov." + provider(device) : " " + name(device));
        } else if (random.nextInt(10) == 0) {
          text.append(" Z").append(DEVICES.get(random.nextInt(DEVICES.size()))).append("5");
        }
        text.append(random.nextInt(50) == 0 ? "\r\n" : "\n");
      }
      log.add(new Written(at, text.toString(), device));
    }
    return log;
  }

  private static String reading(List<Written> log, int device, Instant from, Instant to) {
    StringBuilder all = new StringBuilder();
    log.stream()
        .filter(it -> it.device() == device && !it.at().isBefore(from) && !it.at().isAfter(to))
        .forEach(it -> all.append(it.text()));
    return all.toString();
  }

  private static String name(int device) {
    return device == 0 ? "abcdtxab1cw" : DEVICES.get(device);
  }

  private static String provider(int device) {
    return "bpo_9f8e7d6c_%08d-1111-2222-3333-444455556666".formatted(device);
  }

  /** A record, as an adapter wrote it. */
  private record Written(Instant at, String text, int device) {}
}
