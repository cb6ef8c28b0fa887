package io.orchscope.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.orchscope.defect.Severity;
import io.orchscope.settings.InvalidFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RoomsFileTest {

  private static final List<String> PRODUCTS = List.of("service_mapper", "network_service");
  private static final List<String> ALL_PRODUCTS =
      List.of(
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

  @TempDir private Path folder;

  @Test
  void readsRoomsAndTheDefault() throws IOException {
    Path file =
        file(
            """
            default: operations
            rooms:
              - room: mapper
                title: Service mapper
                products: [service_mapper]
                min-severity: major
            """);

    Rooms rooms = RoomsFile.read(file, PRODUCTS);

    assertThat(rooms)
        .isEqualTo(
            new Rooms(
                Map.of("service_mapper", new Room("mapper", "Service mapper", Severity.MAJOR)),
                Optional.of(new Room("operations", "operations", Severity.WARNING))));
  }

  @Test
  void findsTheRoomOfAnAlertsProductAndTheDefaultForTheRest() throws IOException {
    Path file = file("default: a\nrooms: [{room: b, title: B, products: service_mapper}]\n");
    Rooms rooms = RoomsFile.read(file, PRODUCTS);

    assertThat(rooms.roomOf(Alerts.of("service_mapper", Severity.MAJOR)).id()).isEqualTo("b");
    assertThat(rooms.roomOf(Alerts.of("network_service", Severity.MAJOR)).id()).isEqualTo("a");
  }

  @Test
  void callsTheDefaultByTheTitleThatItsRoomHasElsewhere() throws IOException {
    Path file = file("default: b\nrooms: [{room: b, title: B, products: [service_mapper]}]\n");

    Rooms rooms = RoomsFile.read(file, PRODUCTS);

    assertThat(rooms.defaultRoom()).contains(new Room("b", "B", Severity.WARNING));
  }

  @Test
  void takesWebexsOwnIds() throws IOException {
    String id = "Y2lzY29zcGFyazovL3VzL1JPT00vMDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAw";

    Rooms rooms = RoomsFile.read(file("default: " + id + "\n"), PRODUCTS);

    assertThat(rooms.defaultRoom()).map(Room::id).contains(id);
  }

  @Test
  void acceptsTheFileThatIsShipped() {
    Rooms rooms = RoomsFile.read(Path.of("config/rooms.yaml"), ALL_PRODUCTS);

    assertThat(ALL_PRODUCTS)
        .allSatisfy(
            product ->
                assertThat(rooms.roomOf(Alerts.of(product, Severity.WARNING)).id())
                    .startsWith("sim-room-"));
  }

  static Stream<Arguments> mistakes() {
    String twoRooms = "default: a\nrooms:\n  - {room: b, products: [service_mapper]}\n";
    return Stream.of(
        Arguments.of("defualt: a\n", "unknown key 'defualt'", "Did you mean 'default'?", 1),
        Arguments.of("default: ''\n", "'default' is empty", "Give it a value.", 1),
        Arguments.of(
            "default: webexteams://im?space=x\n",
            "'webexteams://im?space=x' is not the id of a room",
            "Write the id that 'GET https://webexapis.com/v1/rooms' lists for the room.",
            1),
        Arguments.of(
            "rooms:\n  - {room: b, products: [service_mapper]}\n",
            "product 'network_service' has no room",
            "Add it to the products of a room, or name a room for the rest: 'default: <room id>'.",
            1),
        Arguments.of(
            "default: a\nrooms:\n  - products: [service_mapper]\n",
            "'room' is missing",
            "Add 'room: …'.",
            3),
        Arguments.of(
            "default: a\nrooms:\n  - {room: my room, products: [service_mapper]}\n",
            "'my room' is not the id of a room",
            "Write the id that 'GET https://webexapis.com/v1/rooms' lists for the room.",
            3),
        Arguments.of(
            "default: a\nrooms:\n  - {room: b, products: [service_maper]}\n",
            "unknown product 'service_maper'",
            "Did you mean 'service_mapper'?",
            3),
        Arguments.of(
            "default: a\nrooms:\n  - {room: b, products: [frobnicator]}\n",
            "unknown product 'frobnicator'",
            "Known here: network_service, service_mapper.",
            3),
        Arguments.of(
            twoRooms + "  - {room: c, products: [service_mapper]}\n",
            "product 'service_mapper' is already told in room 'b'",
            "Keep it in one room.",
            4),
        Arguments.of(
            "default: a\nrooms:\n  - {room: b, products: [service_mapper, service_mapper]}\n",
            "product 'service_mapper' is already told in room 'b'",
            "Keep it in one room.",
            3),
        Arguments.of(
            "default: a\nrooms:\n  - {room: b, products: []}\n",
            "room 'b' has no products",
            "Add 'products: [service_mapper]' with at least one type of products.yaml.",
            3),
        Arguments.of(
            "default: a\nrooms:\n  - {room: b, products: [service_mapper], min-severity: high}\n",
            "unknown severity 'high'",
            "Write one of critical, major, minor, warning.",
            3));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void saysWhatIsWrongWhereAndWhatToDo(String yaml, String reason, String remedy, int line)
      throws IOException {
    Path file = file(yaml);

    InvalidFileException refusal = refusalOf(file);

    assertThat(refusal.mistakes())
        .anySatisfy(
            mistake -> {
              assertThat(mistake.reason()).isEqualTo(reason);
              assertThat(mistake.remedy()).isEqualTo(remedy);
              assertThat(mistake.place()).startsWith("line " + line + ",");
            });
  }

  @Test
  void namesAllMistakesAtOnce() throws IOException {
    Path file =
        file(
            "default: a b\nrooms:\n  - {room: c d, products: [x], min-severity: high, colour: red}\n");

    assertThat(refusalOf(file).mistakes()).hasSize(5);
  }

  private static InvalidFileException refusalOf(Path file) {
    return catchThrowableOfType(InvalidFileException.class, () -> RoomsFile.read(file, PRODUCTS));
  }

  private Path file(String yaml) throws IOException {
    return Files.writeString(folder.resolve("rooms.yaml"), yaml);
  }
}
