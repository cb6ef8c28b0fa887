package io.orchscope.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which adapter looks after the devices of which vendor. */
final class AdaptersTest {

  private static final Adapters KNOWN = new Adapters(List.of());

  static Stream<List<String>> vendors() {
    return TopologySamples.table("vendors.txt").stream()
        .map(line -> List.of(line.split(" *\\| ", 2)));
  }

  @ParameterizedTest
  @MethodSource("vendors")
  void findsTheAdapterOfAVendor(List<String> row) {
    Optional<Adapter> adapter = KNOWN.ofVendor(row.get(0));

    assertThat(adapter.map(Adapter::folder).orElse("-")).isEqualTo(row.get(1));
  }

  @ParameterizedTest
  @CsvSource({
    "ADVA, bpraadva.resourceTypes.NetworkFunction",
    "JUNIPER, junipereq.resourceTypes.NetworkFunction",
    "RAD, radra.resourceTypes.NetworkFunction",
    "CISCO, bpracisco.resourceTypes.NetworkFunction"
  })
  void knowsTheTypeOfAVendorsNetworkFunctionsAndTheOtherWayRound(String vendor, String type) {
    Optional<Adapter> adapter = KNOWN.ofVendor(vendor);

    assertThat(adapter.map(Adapter::resourceType)).contains(type);
    assertThat(KNOWN.ofType(type)).isEqualTo(adapter);
    assertThat(KNOWN.ofType("tosca.resourceTypes.NetworkFunction")).isEmpty();
  }

  @Test
  void prefersTheLongestNameThatIsAPartOfWhatIsWritten() {
    Adapter radwin = new Adapter("RADWIN", "rawin", "rawin.resourceTypes.NetworkFunction");
    Adapters adapters = new Adapters(List.of(radwin));

    assertThat(adapters.ofVendor("RADWIN LTD")).contains(radwin);
    assertThat(adapters.ofVendor("RAD LTD").map(Adapter::folder)).contains("radra");
  }

  @Test
  void takesAnOverrideForTheKnownAdapterAndAddsWhatIsNew() {
    Adapter nokia = new Adapter("nokia ", "ranokia", "ranokia.resourceTypes.NetworkFunction");
    Adapter rad = new Adapter("rad", "radnew", "radnew.resourceTypes.NetworkFunction");
    Adapters adapters = new Adapters(List.of(nokia, rad));

    assertThat(adapters.ofVendor("NOKIA").map(Adapter::folder)).contains("ranokia");
    assertThat(adapters.ofVendor("RAD"))
        .contains(new Adapter("RAD", "radnew", "radnew.resourceTypes.NetworkFunction"));
    assertThat(adapters.ofType("radra.resourceTypes.NetworkFunction")).isEmpty();
    assertThat(adapters.ofVendor("ADVA").map(Adapter::folder)).contains("bpraadva");
  }

  @Test
  void refusesAnAdapterThatWouldFitEveryVendor() {
    List<Adapter> blank = List.of(new Adapter(" ", "folder", "type"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Adapters(blank))
        .withMessage("An adapter has no vendor: folder");
  }
}
