package io.orchscope.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SimulatorPagesTest {

  private static final String MAPPERS = "exactTypeId=charter.resourceTypes.ServiceMapper";

  @Test
  void listsEveryResourceOnceByToken() {
    try (Simulator simulator =
        Simulator.start(SimulatorOptions.defaults().with(o -> o.resources = 1050))) {

      List<String> ids = Client.loggedIn(simulator).idsByToken(MAPPERS, 7);

      List<String> expected =
          simulator
              .truths()
              .filter(truth -> truth.product().equals("ServiceMapper"))
              .map(Truth::resourceId)
              .toList();
      assertThat(ids).hasSizeGreaterThan(240).containsExactlyElementsOf(expected);
    }
  }

  @Test
  void listsEveryResourceOnceByOffset() {
    try (Simulator simulator =
        Simulator.start(SimulatorOptions.defaults().with(o -> o.resources = 333))) {
      Client client = Client.loggedIn(simulator);

      List<String> ids = client.idsByOffset(MAPPERS, 10);

      assertThat(ids).doesNotHaveDuplicates().isEqualTo(client.idsByToken(MAPPERS, 1000));
    }
  }

  @Test
  void listsTwoHundredThousandResourcesQuickly() {
    try (Simulator simulator =
        Simulator.start(SimulatorOptions.defaults().with(o -> o.resources = 200_000))) {
      Client client = Client.loggedIn(simulator);
      Instant start = Instant.now();
      String products =
          Stream.of(ProductKind.values()).map(ProductKind::type).collect(Collectors.joining(","));

      List<String> ids = client.idsByToken("exactTypeId=" + products, 1000);

      assertThat(new HashSet<>(ids)).hasSize(200_000).hasSize(ids.size());
      assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(60));
    }
  }

  @Test
  void namesTotalOffsetAndLimitOnEveryPage() {
    try (Simulator simulator =
        Simulator.start(SimulatorOptions.defaults().with(o -> o.resources = 100))) {

      JsonNode page =
          Client.json(
              Client.loggedIn(simulator).market("/resources?" + MAPPERS + "&offset=20&limit=5"));

      assertThat(page.path("total").asInt()).isEqualTo(24);
      assertThat(page.path("offset").asInt()).isEqualTo(20);
      assertThat(page.path("limit").asInt()).isEqualTo(5);
      assertThat(page.path("items")).hasSize(4);
      assertThat(page.has("nextPageToken")).isFalse();
    }
  }
}
