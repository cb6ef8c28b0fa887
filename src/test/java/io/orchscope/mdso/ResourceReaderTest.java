package io.orchscope.mdso;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orchscope.circuit.Device;
import io.orchscope.circuit.Disconnect;
import io.orchscope.circuit.OrchState;
import io.orchscope.circuit.Resource;
import io.orchscope.circuit.Tid;
import io.orchscope.settings.Products;
import io.orchscope.settings.ProductsFile;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken out of the resources of each product, by the products that are shipped. */
final class ResourceReaderTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Instant LISTED_AT = Instant.parse("2026-11-30T12:00:00Z");

  private final Products products = ProductsFile.read(Path.of("config/products.yaml"));

  @Test
  void readsEachDeviceOfAServiceMapperWithItsOwnAddress() throws Exception {
    Resource resource = read("service_mapper");

    assertThat(resource.circuit().value()).isEqualTo("80.L1XX.000009..TEST");
    assertThat(resource.orchState()).isEqualTo(OrchState.FAILED);
    assertThat(resource.reason().masked()).isEqualTo("it failed");
    assertThat(resource.revision()).isEqualTo(12);
    assertThat(resource.createdAt()).isEqualTo(Instant.parse("2024-03-01T14:06:19.623Z"));
    assertThat(resource.updatedAt()).isEqualTo(Instant.parse("2024-03-01T14:07:00Z"));
    assertThat(resource.devices())
        .containsExactly(
            device("ABCDTXAB1CW", "192.0.2.10"),
            device("ABCDTXAB2ZW", "192.0.2.11"),
            device("ABCDTXAB3ZW", ""));
  }

  @Test
  void readsHostNamesAsDevicesAndPassesOverWhatIsNone() throws Exception {
    Resource resource = read("network_service");

    assertThat(resource.devices()).containsExactly(device("ABCDTXAB1ZW", ""));
    assertThat(resource.updatedAt()).isEqualTo(resource.createdAt());
  }

  @Test
  void takesTheTimeOfTheChangeForARevisionThatIsNoNumber() throws Exception {
    Resource resource = read("network_service");

    assertThat(resource.revision()).isEqualTo(resource.updatedAt().toEpochMilli());
  }

  @Test
  void readsBothEndsOfADisconnectWithHowFarEachGoes() throws Exception {
    Resource resource = read("disconnect_mapper");

    assertThat(resource.devices())
        .containsExactly(
            new Device(new Tid("ABCDTXAB1ZW"), Optional.empty(), Optional.of(Disconnect.PARTIAL)),
            new Device(new Tid("ABCDTXAB2ZW"), Optional.empty(), Optional.of(Disconnect.FULL)));
    assertThat(resource.circuit().value()).isEqualTo("80.L1XX.000003..TEST");
    assertThat(resource.createdAt()).isEqualTo(LISTED_AT);
  }

  @Test
  void standsInWithTheIdWhereThereIsNeitherCircuitNorLabel() throws Exception {
    Resource resource = read("cpe_activator");

    assertThat(resource.circuit().value()).isEqualTo("r4");
    assertThat(resource.orchState()).isEqualTo(OrchState.UNKNOWN);
    assertThat(resource.devices()).isEmpty();
  }

  @Test
  void takesTheTidOutOfTheHostNameOfAPort() throws Exception {
    Resource resource = read("port_activation");

    assertThat(resource.devices()).containsExactly(device("ABCDTXAB1ZW", "192.0.2.20"));
    assertThat(resource.circuit().value()).isEqualTo("ABCDTXAB1ZW_1/1/c1");
  }

  @Test
  void readsADeviceWithoutAnAddress() throws Exception {
    assertThat(read("managed_services_activator").devices())
        .containsExactly(device("ABCDTXAB1ZW", ""));
  }

  @Test
  void findsACircuitIdThatStandsDeeper() throws Exception {
    assertThat(read("meraki_acceptance").circuit().value()).isEqualTo("80.L1XX.000007..TEST");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"id\":\"\"}", "{\"id\":{}}", "[]", "null", "\"text\""})
  void knowsNoResourceWithoutAnId(String item) throws Exception {
    assertThat(reader("service_mapper").read(JSON.readTree(item))).isEmpty();
  }

  private Resource read(String type) throws Exception {
    try (InputStream file = getClass().getResourceAsStream("resources-of-each-kind.json")) {
      JsonNode all = JSON.readTree(file);
      return reader(type).read(all.path(type)).orElseThrow().resource();
    }
  }

  private ResourceReader reader(String type) {
    return new ResourceReader(products.ofType(type), LISTED_AT);
  }

  private static Device device(String tid, String address) {
    return new Device(
        new Tid(tid), Optional.of(address).filter(text -> !text.isEmpty()), Optional.empty());
  }
}
