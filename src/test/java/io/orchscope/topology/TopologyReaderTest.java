package io.orchscope.topology;

import static io.orchscope.topology.TopologySamples.fixture;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of Beorn's answers, good and bad. */
final class TopologyReaderTest {

  /**
   * One block of answers.txt.
   *
   * @param expected the type of service, the devices and the trouble, a line each
   */
  record Answer(String file, int status, List<String> expected) {

    static Answer of(String block) {
      List<String> lines = block.lines().toList();
      String[] first = lines.get(0).split(" ", 2);
      return new Answer(first[0], Integer.parseInt(first[1]), lines.subList(1, lines.size()));
    }
  }

  static Stream<Answer> answers() {
    String all = String.join("\n", TopologySamples.table("answers.txt"));
    return Stream.of(all.strip().split("\n\n+", -1)).map(Answer::of);
  }

  @ParameterizedTest
  @MethodSource("answers")
  void readsEachAnswerByTheNamesInIt(Answer answer) {
    Topology topology = TopologyReader.read(answer.status(), fixture(answer.file()));

    assertThat(drawn(topology)).isEqualTo(answer.expected());
  }

  @Test
  void leavesNoAnswerOutOfTheTable() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/topology"))) {
      List<String> answers =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> !name.endsWith(".txt") && !name.startsWith("network-function"))
              .toList();

      assertThat(answers().map(Answer::file)).containsAll(answers);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "two-spoke-eline-shares-its-hub.json",
        "multi-leg-shares-its-hub.json",
        "every-field-of-the-wrong-type.json",
        "error-body.json"
      })
  void neverThrowsWhateverTheBytesAre(String name) {
    byte[] answer = fixture(name);
    Random random = new Random(42);
    int troubled = 0;

    for (int round = 0; round < 5_000; round++) {
      byte[] broken = Arrays.copyOf(answer, random.nextInt(answer.length + 1));
      for (int hits = random.nextInt(4); hits > 0 && broken.length > 0; hits--) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
      }
      troubled += TopologyReader.read(200, broken).trouble().isPresent() ? 1 : 0;
    }

    assertThat(troubled).isGreaterThan(4_000);
  }

  @Test
  void survivesDeepNesting() {
    String deep = "{\"topology\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

    Topology topology = TopologyReader.read(200, deep.getBytes(UTF_8));

    assertThat(topology.trouble()).contains("what came is not JSON");
  }

  @Test
  void cutsWhatBeornSaysTooLongOf() {
    String answer = "{\"message\":\"" + "x".repeat(10_000) + "\"}";

    Topology topology = TopologyReader.read(500, answer.getBytes(UTF_8));

    assertThat(topology.trouble()).contains("x".repeat(499) + "…; status 500");
  }

  /** The form of answers.txt. */
  private static List<String> drawn(Topology topology) {
    List<String> lines = new ArrayList<>();
    lines.add(topology.serviceType().isEmpty() ? "-" : topology.serviceType());
    topology.devices().forEach(device -> lines.add(drawn(device)));
    topology.trouble().ifPresent(trouble -> lines.add("trouble: " + trouble));
    return lines;
  }

  private static String drawn(TopologyDevice device) {
    return String.join(
        " ",
        device.leg() + "/" + device.spoke(),
        device.tid(),
        drawn(device.role()),
        drawn(device.vendor()),
        drawn(device.managementAddress()),
        drawn(device.fqdn()),
        drawn(device.equipmentStatus()));
  }

  private static String drawn(Optional<String> text) {
    return text.orElse("-");
  }
}
