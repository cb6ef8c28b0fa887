package io.orchscope.settings;

import static io.orchscope.circuit.ErrorEntryRule.DISCONNECT;
import static io.orchscope.circuit.ErrorEntryRule.FIRST_CATEGORIZED;
import static io.orchscope.circuit.ErrorEntryRule.FIRST_EXCEPT_CONNECTIVITY_CHECK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.orchscope.circuit.DeviceLocation;
import io.orchscope.circuit.ErrorEntryRule;
import io.orchscope.circuit.Product;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProductsFileTest {

  private static final Path SHIPPED = Path.of("config/products.yaml");

  private static final String SOUND =
      """
      resource-type-prefix: charter.resourceTypes
      products:
        - type: service_mapper
          name: ServiceMapper
          circuit-id: /properties/circuit_id
          devices:
            - each: /properties/device_properties
              tid: key
              address: /Management IP
          trace: yes
          error-entry: first-categorized
          schedule: "0 0/15 * * * ?"
      """;

  @TempDir private Path folder;

  @Test
  void watchesAllProductsOfTheNetwork() {
    assertThat(ProductsFile.read(SHIPPED).types())
        .containsExactlyInAnyOrder(
            "service_mapper",
            "network_service",
            "network_service_update",
            "disconnect_mapper",
            "cpe_activator",
            "port_activation",
            "managed_services_activator",
            "meraki_acceptance",
            "meraki_compliance",
            "standalone_config_delivery",
            "network_service_delete",
            "multi_leg_circuit",
            "compliance",
            "provisioning",
            "smoke_test",
            "device_reset");
  }

  /** Names are case-sensitive and not uniform. */
  @ParameterizedTest
  @CsvSource({
    "service_mapper, ServiceMapper, /properties/circuit_id, true, FIRST_CATEGORIZED",
    "network_service, NetworkService, /properties/circuit_id, true,"
        + " FIRST_EXCEPT_CONNECTIVITY_CHECK",
    "network_service_update, NetworkServiceUpdate, /properties/circuit_id, true, FIRST_CATEGORIZED",
    "disconnect_mapper, DisconnectMapper, /properties/circuit_id, true, DISCONNECT",
    "cpe_activator, cpeActivator, /properties/circuit_id, true, FIRST_CATEGORIZED",
    "port_activation, PortActivation, '', false, FIRST_CATEGORIZED",
    "managed_services_activator, ManagedServicesActivator, '', false, FIRST_CATEGORIZED",
    "meraki_acceptance, merakiAcceptance, /properties/expected_data/cid, false, FIRST_CATEGORIZED",
    "meraki_compliance, merakiCompliance, /properties/expected_data/cid, false, FIRST_CATEGORIZED",
    "standalone_config_delivery, standaloneConfigDelivery, '', false, FIRST_CATEGORIZED",
    "network_service_delete, NetworkServiceDelete, /properties/circuit_id, true, FIRST_CATEGORIZED",
    "multi_leg_circuit, multiLegCircuit, /properties/circuit_id, true, FIRST_CATEGORIZED",
    "compliance, Compliance, /properties/circuit_id, true, FIRST_CATEGORIZED",
    "provisioning, Provisioning, /properties/circuit_id, true, FIRST_CATEGORIZED",
    "smoke_test, SmokeTest, /properties/circuit_id, true, FIRST_CATEGORIZED",
    "device_reset, DeviceReset, /properties/circuit_id, true, FIRST_CATEGORIZED"
  })
  void knowsOfEachProductWhatMdsoCallsItAndWhereItsCircuitIs(
      String type, String name, String circuitId, boolean ownsTrace, ErrorEntryRule rule) {
    Product product = ProductsFile.read(SHIPPED).ofType(type);

    assertThat(product.name()).isEqualTo(name);
    assertThat(product.resourceType()).isEqualTo("charter.resourceTypes." + name);
    assertThat(String.join(",", product.circuitIdAt())).isEqualTo(circuitId);
    assertThat(product.ownsTrace()).isEqualTo(ownsTrace);
    assertThat(product.errorEntry()).isEqualTo(rule);
    assertThat(product.schedule()).isNotEmpty();
  }

  @Test
  void knowsOfEachProductWhereItsDevicesAre() {
    Products products = ProductsFile.read(SHIPPED);

    assertThat(products.ofType("service_mapper").devices())
        .containsExactly(location("/properties/device_properties", "key", "/Management IP", ""));
    assertThat(products.ofType("network_service").devices())
        .containsExactly(location("/properties/site_status", "/host", "", ""));
    assertThat(products.ofType("network_service_update").devices())
        .containsExactly(location("/properties/devices_to_be_updated", "key", "", ""));
    assertThat(products.ofType("disconnect_mapper").devices())
        .containsExactly(
            location("", "/properties/a_side_endpoint", "", "/properties/a_side_disconnect"),
            location("", "/properties/z_side_endpoint", "", "/properties/z_side_disconnect"));
    assertThat(products.ofType("cpe_activator").devices())
        .containsExactly(location("", "/properties/site", "", ""));
    assertThat(products.ofType("port_activation").devices())
        .containsExactly(location("", "/properties/deviceName", "/properties/deviceIP", ""));
    assertThat(products.ofType("managed_services_activator").devices())
        .containsExactly(location("", "/properties/fqdn", "/properties/ipAddress", ""));
    assertThat(products.ofType("standalone_config_delivery").devices())
        .containsExactly(
            location("", "/properties/pe_router", "", ""),
            location("", "/properties/upstream_device", "", ""),
            location("", "/properties/target_device", "", ""));
    assertThat(products.ofType("smoke_test").devices()).isEmpty();
  }

  @Test
  void pollsNoTwoProductsInTheSameSecond() {
    List<String> schedules =
        ProductsFile.read(SHIPPED).all().stream().map(Product::schedule).toList();

    assertThat(schedules).doesNotHaveDuplicates();
  }

  @Test
  void readsAProductAsItIsWritten() throws IOException {
    assertThat(read(SOUND).all())
        .containsExactly(
            new Product(
                "service_mapper",
                "ServiceMapper",
                "charter.resourceTypes.ServiceMapper",
                List.of("/properties/circuit_id"),
                List.of(location("/properties/device_properties", "key", "/Management IP", "")),
                true,
                FIRST_CATEGORIZED,
                "0 0/15 * * * ?"));
  }

  @Test
  void takesAResourceTypeThatIsWrittenOut() throws IOException {
    String text = SOUND.replace("name: S", "resource-type: charter.resourceType.Odd\n    name: S");

    assertThat(read(text).ofType("service_mapper").resourceType())
        .isEqualTo("charter.resourceType.Odd");
  }

  @Test
  void leavesOutWhatMayBeLeftOut() throws IOException {
    String text = "resource-type-prefix: p\nproducts:\n  - {type: a, name: A, trace: no}";

    assertThat(read(text).all())
        .containsExactly(
            new Product("a", "A", "p.A", List.of(), List.of(), false, FIRST_CATEGORIZED, ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "type: service_mapper | typ: service_mapper | line 3, column 5 | unknown key 'typ'"
            + " | Did you mean 'type'?",
        "type: service_mapper | type: ServiceMapper | line 3, column 5"
            + " | 'ServiceMapper' is not a snake-case word | Write it like 'service_mapper'.",
        "    name: ServiceMapper | # | line 3, column 5 | 'name' is missing | Add 'name: …'.",
        "circuit-id: /properties | circuit-id: properties | line 5, column 5"
            + " | 'properties/circuit_id' is not a JSON pointer"
            + " | Start it with '/', as in '/properties/circuit_id'.",
        "each: /properties | each: properties | line 7, column 9"
            + " | 'properties/device_properties' is not a JSON pointer"
            + " | Start it with '/', as in '/properties/circuit_id'.",
        "address: / | adress: / | line 9, column 9 | unknown key 'adress' | Did you mean 'address'?",
        "tid: key | tid: keys | line 8, column 9 | 'keys' is not a JSON pointer"
            + " | Start it with '/', as in '/properties/circuit_id'.",
        "- each: /properties/device_properties | - # | line 8, column 9 | 'key' needs 'each'"
            + " | Say with 'each' whose members are devices.",
        "trace: yes | trace: always | line 10, column 5 | 'always' is neither yes nor no"
            + " | Write 'yes' or 'no'.",
        "    trace: yes | # | line 3, column 5 | 'trace' is missing | Add 'trace: …'.",
        "first-categorized | first | line 11, column 5 | unknown rule 'first'"
            + " | Known rules: first-categorized, first-except-connectivity-check, disconnect.",
        "0 0/15 * * * ? | 0/15 * * * * | line 12, column 5"
            + " | '0/15 * * * *' is not a Quartz cron expression: Unexpected end of expression."
            + " | Give seconds, minutes, hours, day, month and weekday, as in '0 0/15 * * * ?'.",
        "resource-type-prefix: | prefix: | line 1, column 1 | unknown key 'prefix'"
            + " | Known here: resource-type-prefix, products."
      })
  void refusesWhatIsWrong(String what, String with, String place, String reason, String remedy)
      throws IOException {
    assertThat(SOUND).contains(what);

    List<Mistake> mistakes = mistakes(SOUND.replace(what, with));

    assertThat(mistakes).contains(new Mistake(file(), place, reason, remedy));
  }

  @Test
  void refusesAProductThatStandsTwice() throws IOException {
    String again = SOUND.substring(SOUND.indexOf("  - type"));

    assertThat(mistakes(SOUND + again))
        .containsExactly(
            new Mistake(
                file(),
                "line 13, column 5",
                "product 'service_mapper' stands twice",
                "Keep one of the two entries."));
  }

  @Test
  void refusesAFileWithoutProducts() throws IOException {
    assertThat(mistakes("resource-type-prefix: p\nproducts: []"))
        .containsExactly(
            new Mistake(
                file(),
                "line 2, column 1",
                "no product is listed",
                "Add at least one entry under 'products:'."));
  }

  @Test
  void saysEverythingThatIsWrongAtOnce() throws IOException {
    String text = SOUND.replace("trace: yes", "trace: si").replace("0 0/15", "x");

    assertThat(mistakes(text))
        .extracting(Mistake::place)
        .containsExactly("line 10, column 5", "line 12, column 5");
  }

  @Test
  void namesTheProductThatWasMeant() throws IOException {
    Products products = read(SOUND);

    assertThatThrownBy(() -> products.ofType("service_maper"))
        .isInstanceOf(InvalidFileException.class)
        .hasMessageContaining("Did you mean 'service_mapper'?");
  }

  @Test
  void knowsTheRulesThatTheFileExplains() throws IOException {
    String text = Files.readString(SHIPPED);

    assertThat(List.of(FIRST_CATEGORIZED, FIRST_EXCEPT_CONNECTIVITY_CHECK, DISCONNECT))
        .containsExactly(ErrorEntryRule.values())
        .allSatisfy(rule -> assertThat(text).contains(rule.word()));
  }

  private static DeviceLocation location(
      String each, String tid, String address, String disconnect) {
    return new DeviceLocation(some(each), tid, some(address), some(disconnect));
  }

  private static Optional<String> some(String text) {
    return Optional.of(text).filter(word -> !word.isEmpty());
  }

  private Products read(String text) throws IOException {
    return ProductsFile.read(Files.writeString(folder.resolve("products.yaml"), text));
  }

  private List<Mistake> mistakes(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("products.yaml"), text);
    return catchThrowableOfType(InvalidFileException.class, () -> ProductsFile.read(file))
        .mistakes();
  }

  private String file() {
    return folder.resolve("products.yaml").toString();
  }
}
