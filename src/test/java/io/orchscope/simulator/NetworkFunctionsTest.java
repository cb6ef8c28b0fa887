package io.orchscope.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Devices as MDSO has onboarded them. */
class NetworkFunctionsTest {

  private static final String FUNCTIONS =
      "/resources?resourceTypeId=tosca.resourceTypes.NetworkFunction";
  private static final Map<String, String> TYPES =
      Map.of(
          "JUNIPER", "junipereq.resourceTypes.NetworkFunction",
          "ADVA", "bpraadva.resourceTypes.NetworkFunction",
          "RAD", "radra.resourceTypes.NetworkFunction",
          "CISCO", "bpracisco.resourceTypes.NetworkFunction");

  private final Simulator simulator =
      Simulator.start(
          SimulatorOptions.defaults()
              .with(
                  o -> {
                    o.resources = 2000;
                    o.failureShare = 0.5;
                  }));
  private final Client client = Client.loggedIn(simulator);

  @AfterEach
  void close() {
    simulator.close();
  }

  @Test
  void areFoundByTidByWhatTheyAreCalledAndById() {
    int byName = 0;
    int byAddress = 0;
    int missing = 0;

    for (Map<String, String> node : nodes(60)) {
      List<JsonNode> found = client.items(FUNCTIONS + "&q=label:" + node.get("hostName"));
      if (found.isEmpty()) {
        missing++;
        continue;
      }
      JsonNode function = found.get(0);
      String called = function.at("/properties/ipAddress").asText();
      assertThat(function.path("resourceTypeId").asText()).isEqualTo(TYPES.get(node.get("vendor")));
      if (called.contains("EXAMPLE")) {
        assertThat(called).isEqualTo(node.get("fqdn"));
        byName++;
      } else {
        assertThat(node.get("managementIP")).isIn(called, "DHCP", "null");
        byAddress++;
      }
      assertThat(client.items(FUNCTIONS + "&q=properties.ipAddress:" + called)).contains(function);
      assertThat(client.items("/resources?q=label:" + node.get("hostName"))).contains(function);
      assertThat(Client.json(client.market("/resources/" + function.path("id").asText())))
          .isEqualTo(function);
    }

    assertThat(byAddress * 5).isBetween((byName + byAddress) / 2, (byName + byAddress) * 2);
    assertThat(missing).isBetween(1, byName / 10);
  }

  @Test
  void areFoundByTheirOwnTypeOnly() {
    Map<String, String> pe = nodes(1).get(0);
    String query = "&q=label:" + pe.get("hostName");

    assertThat(client.items("/resources?exactTypeId=" + TYPES.get("JUNIPER") + query)).hasSize(1);
    assertThat(client.items("/resources?resourceTypeId=" + TYPES.get("RAD") + query)).isEmpty();
    assertThat(client.items(FUNCTIONS.replace("resourceTypeId", "exactTypeId") + query)).isEmpty();
  }

  @Test
  void nameTheirDomainAndThemselvesToAdapters() {
    List<JsonNode> all = client.items(FUNCTIONS + "&limit=100000");

    Set<String> domains =
        all.stream()
            .map(function -> function.path("providerResourceId").asText().substring(4, 40))
            .collect(Collectors.toSet());
    assertThat(domains).hasSize(4);
    assertThat(all)
        .hasSizeGreaterThan(3000)
        .allMatch(
            function ->
                function
                    .path("providerResourceId")
                    .asText()
                    .matches("bpo_[0-9a-f-]{36}_[0-9a-f-]{36}"))
        .allMatch(
            function -> function.at("/properties/authentication").toString().contains("******"));
  }

  @Test
  void areNotAvailableWhereACircuitFailedToConnect() {
    Truth unreachable =
        simulator
            .truths()
            .filter(truth -> truth.errorShape() == 1 && truth.fails())
            .filter(truth -> !function(truth).isMissingNode())
            .findFirst()
            .orElseThrow();

    assertThat(function(unreachable).at("/properties/communicationState").asText())
        .isEqualTo("NOT-AVAILABLE");
    List<JsonNode> all = client.items(FUNCTIONS + "&limit=100000");
    assertThat(all)
        .filteredOn(f -> f.at("/properties/communicationState").asText().equals("AVAILABLE"))
        .hasSizeGreaterThan(all.size() * 3 / 4);
  }

  @Test
  void areAmongNoResourcesOfProducts() {
    int count = Client.json(client.market("/resources/count")).path("count").asInt();
    JsonNode everything = Client.json(client.market("/resources?limit=1"));
    List<JsonNode> products = client.items("/products?includeInactive=false");

    long traces =
        client.items("/resources?resourceTypeId=" + Client.TRACE_LOG + "&limit=9999").size();
    assertThat(count).isEqualTo((int) (2000 + traces));
    assertThat(everything.path("total").asInt()).isEqualTo(count);
    assertThat(products).hasSize(16);
  }

  @Test
  void giveWayToOneThatIsWrittenByHand() {
    JsonNode function = client.items(FUNCTIONS + "&limit=1").get(0);
    String id = function.path("id").asText();
    ObjectNode mine = function.deepCopy();
    mine.put("orchState", "failed");

    simulator.put(mine);

    assertThat(client.items(FUNCTIONS + "&q=label:" + function.path("label").asText()))
        .extracting(item -> item.path("orchState").asText())
        .containsExactly("failed");
    assertThat(simulator.held(id).orElseThrow().path("orchState").asText()).isEqualTo("failed");
  }

  /** The CPE of a circuit; missing where it was never onboarded. */
  private JsonNode function(Truth truth) {
    return devices(truth).stream()
        .filter(node -> "CPE".equals(node.get("deviceRole")))
        .filter(node -> truth.errors().get(0).contains(node.get("hostName")))
        .flatMap(node -> client.items(FUNCTIONS + "&q=label:" + node.get("hostName")).stream())
        .findFirst()
        .orElse(MissingNode.getInstance());
  }

  private List<Map<String, String>> nodes(int circuits) {
    return simulator
        .truths()
        .filter(truth -> truth.product().equals("ServiceMapper"))
        .limit(circuits)
        .flatMap(truth -> devices(truth).stream())
        .toList();
  }

  private List<Map<String, String>> devices(Truth truth) {
    URI url = URI.create(simulator.beornUrl() + "/beorn/v3/topologies?cid=" + truth.circuit());
    List<Map<String, String>> devices = new ArrayList<>();
    for (JsonNode list : Client.json(client.send(url, request -> request)).findValues("node")) {
      for (JsonNode node : list) {
        Map<String, String> names = new TreeMap<>();
        node.path("name")
            .forEach(pair -> names.put(pair.path("name").asText(), pair.path("value").asText()));
        devices.add(names);
      }
    }
    return devices;
  }
}
