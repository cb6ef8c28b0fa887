package io.orchscope.trace;

import static io.orchscope.trace.TraceEntry.NO_TIME;
import static io.orchscope.trace.TraceSamples.fixture;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of a list reply, and what is said of one that is none. */
final class TraceReaderTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "reordered-fields-and-multi-byte-text.json",
        "every-field-of-the-wrong-type.json",
        "three-attempts-the-newest-in-the-middle.json",
        "garbled-attempts-beside-a-usable-one.json"
      })
  void keepsTheBytesOfEachTraceLog(String name) throws IOException {
    byte[] reply = fixture(name);

    List<TracePage.Found> found = TraceReader.read(reply).traceLogs();

    JsonNode items = MAPPER.readTree(reply).get("items");
    assertThat(found).hasSize(items.size()).isNotEmpty();
    for (int index = 0; index < items.size(); index++) {
      byte[] raw = found.get(index).trace().raw();
      assertThat(MAPPER.readTree(raw)).isEqualTo(items.get(index));
      assertThat(new String(reply, UTF_8)).contains(new String(raw, UTF_8));
      assertThat(new String(raw, UTF_8)).startsWith("{").endsWith("}");
    }
  }

  @Test
  void keepsTheBytesBehindAByteOrderMark() throws IOException {
    byte[] plain = fixture("reordered-fields-and-multi-byte-text.json");
    byte[] marked = ("\uFEFF" + new String(plain, UTF_8)).getBytes(UTF_8);

    TracePage page = TraceReader.read(marked);

    assertThat(MAPPER.readTree(page.traceLogs().get(1).trace().raw()).get("id").asText())
        .isEqualTo("größe-2");
  }

  @Test
  void readsFieldsInAnyOrder() {
    TracePage page = TraceReader.read(fixture("reordered-fields-and-multi-byte-text.json"));

    OrchestrationTrace trace = page.traceLogs().get(0).trace();
    assertThat(trace.resourceId()).isEqualTo("größe-1");
    assertThat(trace.label()).isEqualTo("80.L1XX.000001..TEST.orch_trace");
    assertThat(trace.start()).contains(Instant.ofEpochSecond(1709301979));
    assertThat(trace.createdAt()).contains(Instant.parse("2024-03-01T14:06:20.101Z"));
    assertThat(trace.entries().get(0).message().masked()).isEqualTo("Zürich → 東京 😀 } ] \"{");
  }

  @Test
  void readsEveryFieldOfAnEntry() {
    TracePage page = TraceReader.read(fixture("later-entries-wrap-the-root-cause.json"));

    OrchestrationTrace trace = page.traceLogs().get(0).trace();
    assertThat(trace.traceId()).isEqualTo("f3a9c1d2e4b50001");
    assertThat(trace.operation()).isEqualTo("activate");
    assertThat(trace.circuitName()).isEqualTo(TraceSamples.CIRCUIT);
    assertThat(trace.originationId()).isEqualTo(TraceSamples.ID);
    assertThat(trace.entries().get(1))
        .isEqualTo(
            new TraceEntry(
                1,
                "14:06:30",
                "charter.resourceTypes.ServiceDeviceValidator",
                TraceSamples.ID,
                "scripts.networkservice.servicedevicecvalidator.Activate",
                "plan-script-6b1d0c2e-0000-11ee-9000-0000000000aa-activate-2024-03-01T14:06:19.682Z",
                "STARTED PROCESSING",
                "STARTED",
                11,
                "",
                ""));
  }

  @Test
  void makesTheBestOfWrongTypes() {
    TracePage page = TraceReader.read(fixture("every-field-of-the-wrong-type.json"));

    OrchestrationTrace trace = page.traceLogs().get(0).trace();
    assertThat(page.isFollowed(0)).isFalse();
    assertThat(trace.start()).contains(Instant.ofEpochMilli(1709301979250L));
    assertThat(trace.createdAt()).isEmpty();
    assertThat(trace.entries())
        .extracting(TraceEntry::elapsedSeconds)
        .containsExactly(22L, -3L, 12L, NO_TIME, NO_TIME, NO_TIME, NO_TIME, NO_TIME);
    TraceEntry first = trace.entries().get(0);
    assertThat(first.timestamp()).isEmpty();
    assertThat(first.resourceType()).isEqualTo("7");
    assertThat(first.process()).isEqualTo("true");
    assertThat(first.categorizedError().masked()).contains("\"code\": 502", "Granite | é");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1709301979            | 2024-03-01T14:06:19Z",
        "1709301979.5          | 2024-03-01T14:06:19.500Z",
        "1.709301979e9         | 2024-03-01T14:06:19Z",
        "\"1709301979\"        | 2024-03-01T14:06:19Z",
        "\" 1709301979.25 \"   | 2024-03-01T14:06:19.250Z",
        "1709301979682         | ",
        "0                     | ",
        "-5                    | ",
        "1e999                 | ",
        "\"NaN\"               | ",
        "\"\"                  | ",
        "null                  | ",
        "[1709301979]          | ",
        "{}                    | "
      })
  void takesAStartOnlyWhereItIsOne(String start, Instant expected) {
    String reply =
        "{\"items\":[{\"properties\":{\"start_time_sec\":"
            + start
            + ",\"orchestration_trace\":[]}}]}";

    TracePage page = TraceReader.read(reply.getBytes(UTF_8));

    assertThat(page.traceLogs().get(0).trace().start()).isEqualTo(Optional.ofNullable(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``                                        | is empty",
        "`   `                                     | is empty",
        "<html>secret</html>                       | is not JSON from byte 0 on",
        "{\"items\":[{\"secret\":                  | is not JSON",
        "{\"items\":[                              | is not JSON",
        "{\"items\":[{}]} secret                   | is not JSON",
        "{\"items\":[{}]} {}                       | is not JSON: something follows its end",
        "[]                                        | is no list: it is not an object",
        "\"secret\"                                | is no list: it is not an object",
        "{}                                        | is no list: it has no items",
        "{\"items\":null}                          | is no list: it has no items",
        "{\"items\":{\"a\":1},\"total\":3}         | is no list: it has no items",
        "{\"items\":\"secret\"}                    | is no list: it has no items"
      })
  void saysWhyAReplyIsNoList(String reply, String why) {
    TracePage page = TraceReader.read(reply.getBytes(UTF_8));

    assertThat(page.garbled().orElse("")).startsWith(why).doesNotContain("secret");
    assertThat(page.traceLogs()).isEmpty();
  }

  @Test
  void readsNothingButUtf8() {
    byte[] reply = "{\"items\":[]}".getBytes(UTF_16BE);

    TracePage page = TraceReader.read(reply);

    assertThat(page.garbled()).contains("is not JSON in UTF-8");
  }

  @Test
  void neverThrowsWhateverTheBytesAre() {
    byte[] reply = fixture("reordered-fields-and-multi-byte-text.json");
    Random random = new Random(42);
    int garbled = 0;

    for (int round = 0; round < 20_000; round++) {
      byte[] broken = Arrays.copyOf(reply, random.nextInt(reply.length + 1));
      for (int hits = random.nextInt(4); hits > 0 && broken.length > 0; hits--) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
      }
      garbled += TraceReader.read(broken).garbled().isPresent() ? 1 : 0;
    }

    assertThat(garbled).isGreaterThan(10_000);
  }

  @Test
  void survivesDeepNesting() {
    String deep = "{\"items\":[{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}]}";

    TracePage page = TraceReader.read(deep.getBytes(UTF_8));

    assertThat(page.garbled()).isPresent();
  }
}
