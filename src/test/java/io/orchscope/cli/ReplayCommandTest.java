package io.orchscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orchscope.OtlpEndpoint;
import io.orchscope.defect.Examination;
import io.orchscope.evidence.Durability;
import io.orchscope.evidence.EvidenceArchive;
import io.orchscope.telemetry.Replay;
import io.orchscope.telemetry.ReplaySamples;
import io.orchscope.trace.TraceSearch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code orchscope replay} over an archive of three attempts. */
final class ReplayCommandTest {

  private static final List<String> KEPT =
      List.of(
          "network-service-fails-in-a-nested-check",
          "partial-disconnect-checks-the-z-side-twice",
          "service-mapper-succeeds");

  @TempDir private Path folder;

  private record Answer(int exit, String out, String err) {}

  @BeforeEach
  void keepEvidence() throws IOException {
    Path config = Files.createDirectories(folder.resolve("config"));
    for (String name : List.of("products.yaml", "defect-rules.yaml", "rooms.yaml")) {
      Files.copy(Path.of("config", name), config.resolve(name));
    }
    Files.writeString(
        config.resolve("application.properties"),
        Files.readString(Path.of("config/application.properties"))
            .replaceFirst("(?m)^evidence.root = .*", "evidence.root = " + folder + "/evidence")
            .replaceFirst("(?m)^ledger.file = .*", "ledger.file = " + folder + "/ledger.db"));
    Path root = folder.resolve("evidence");
    try (EvidenceArchive archive = new EvidenceArchive(root, Clock.systemUTC(), Durability.NONE)) {
      for (String name : KEPT) {
        archive.keep(examination(name));
      }
    }
  }

  @Test
  void exportsWhatTheEvidenceHoldsOnce() throws Exception {
    try (OtlpEndpoint endpoint = OtlpEndpoint.start()) {
      exportTo(endpoint);

      Answer first = replay("--since", "36500d");
      JsonNode second = new ObjectMapper().readTree(replay("--since", "36500d", "--json").out());

      assertThat(first.err()).isEmpty();
      assertThat(first.exit()).isZero();
      assertThat(first.out())
          .isEqualTo(
              "Orchestrations: seen 3 = exported 3 + exported before 0 + not terminal 0"
                  + " + unreadable 0 + too complex 0 + not taken 0\n");
      assertThat(second)
          .isEqualTo(
              new ObjectMapper()
                  .readTree(
                      "{\"seen\":3,\"exported\":0,\"exported_before\":3,\"not_terminal\":0,"
                          + "\"unreadable\":0,\"not_taken\":0,\"too_complex\":0}"));
      assertThat(endpoint.spansOf("mdso-orchestrator"))
          .hasSize(6 + 6 + 5)
          .extracting(OtlpEndpoint.Span::spanId)
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void takesOnlyTheProductsAndTheTimeAskedFor() throws Exception {
    try (OtlpEndpoint endpoint = OtlpEndpoint.start()) {
      exportTo(endpoint);

      Answer lately = replay();
      Answer mappers = replay("--since", "36500d", "--product", "service_mapper");

      assertThat(lately.out()).startsWith("Orchestrations: seen 0 ");
      assertThat(mappers.out()).startsWith("Orchestrations: seen 1 = exported 1 ");
    }
  }

  @Test
  void countsADamagedTraceLogAsUnreadable() throws Exception {
    try (OtlpEndpoint endpoint = OtlpEndpoint.start();
        var found = Files.find(folder, 9, (path, it) -> path.endsWith("trace-log.json"))) {
      exportTo(endpoint);
      Files.writeString(found.findFirst().orElseThrow(), "{}");

      assertThat(replay("--since", "36500d").out())
          .isEqualTo(
              "Orchestrations: seen 3 = exported 2 + exported before 0 + not terminal 0"
                  + " + unreadable 1 + too complex 0 + not taken 0\n");
    }
  }

  @Test
  void saysWhatTheEndpointDidNotTakeAndTriesItAgain() throws Exception {
    try (OtlpEndpoint endpoint = OtlpEndpoint.start()) {
      exportTo(endpoint);
      endpoint.answer(400);

      Answer refused = replay("--since", "36500d");
      endpoint.answer(200);
      Answer taken = replay("--since", "36500d");

      assertThat(refused.exit()).isEqualTo(Exit.NEIGHBOUR);
      assertThat(refused.out()).contains("exported 0 ").contains("not taken 3\n");
      assertThat(taken.out()).contains("exported 3 ");
    }
  }

  @Test
  void namesTheVariableWhenThereIsNoEndpointAndClaimsNothing() throws Exception {
    Answer answer = replay("--since", "36500d");

    assertThat(answer.exit()).isEqualTo(Exit.OUR_FILES);
    assertThat(answer.err()).contains("OTEL_EXPORTER_OTLP_ENDPOINT").contains("it is not set");
    assertThat(folder.resolve("ledger.db")).doesNotExist();
  }

  @Test
  void refusesAProductThatThereIsNotAndATimeThatIsNone() throws Exception {
    try (OtlpEndpoint endpoint = OtlpEndpoint.start()) {
      exportTo(endpoint);

      assertThat(replay("--product", "service_maper").err()).contains("service_mapper");
      assertThat(replay("--since", "soon").exit()).isEqualTo(Exit.OUR_FILES);
      assertThat(replay("--from", "nowhere").exit()).isEqualTo(Exit.OUR_FILES);
    }
  }

  private void exportTo(OtlpEndpoint endpoint) throws IOException {
    Files.writeString(folder.resolve("config/otel.properties"), endpoint.property());
  }

  private Answer replay(String... more) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] arguments = new String[more.length + 3];
    arguments[0] = "replay";
    arguments[1] = "--config";
    arguments[2] = folder.resolve("config").toString();
    System.arraycopy(more, 0, arguments, 3, more.length);
    int exit = Commands.execute(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    return new Answer(exit, out.toString(), err.toString());
  }

  private static Examination examination(String name) throws IOException {
    Replay.Origin origin = ReplaySamples.origin(name, Optional.empty());
    ByteArrayOutputStream page = new ByteArrayOutputStream();
    page.write("{\"items\":[".getBytes(StandardCharsets.UTF_8));
    page.write(ReplaySamples.traceLog(name));
    page.write("],\"total\":1}".getBytes(StandardCharsets.UTF_8));
    return new Examination(
        "a-poll",
        origin.product(),
        origin.resource(),
        TraceSearch.of(origin.resource(), true).read(page.toByteArray()),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }
}
