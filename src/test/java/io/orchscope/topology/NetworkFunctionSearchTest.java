package io.orchscope.topology;

import static io.orchscope.topology.TopologySamples.ADDRESS;
import static io.orchscope.topology.TopologySamples.FQDN;
import static io.orchscope.topology.TopologySamples.TID;
import static io.orchscope.topology.TopologySamples.device;
import static io.orchscope.topology.TopologySamples.fixture;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.orchscope.topology.NetworkFunctionSearch.Lookup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a device's network function is looked for, and which one is taken. */
final class NetworkFunctionSearchTest {

  private static final Adapters ADAPTERS = new Adapters(List.of());
  private static final String JUNIPER = "resourceTypeId=junipereq.resourceTypes.NetworkFunction&q=";
  private static final String ANY = "resourceTypeId=tosca.resourceTypes.NetworkFunction&q=";
  private static final String REST = "&obfuscate=true&offset=0&limit=20";
  private static final byte[] EMPTY = "{\"items\":[],\"total\":0}".getBytes(UTF_8);

  private final NetworkFunctionSearch begun = NetworkFunctionSearch.of(device("JUNIPER"), ADAPTERS);

  @Test
  void asksByFqdnThenByAddressThenByTid() {
    assertThat(asked(begun))
        .containsExactly(
            JUNIPER + "properties.ipAddress:" + FQDN + REST,
            JUNIPER + "properties.ipAddress:" + ADDRESS + REST,
            JUNIPER + "label:" + TID + REST);
    assertThat(begun.path()).isEqualTo("/resources");
  }

  @ParameterizedTest
  @ValueSource(strings = {"NOKIA", "HARMONIC", "CIENA"})
  void asksForAnyNetworkFunctionWhereTheVendorHasNoAdapter(String vendor) {
    NetworkFunctionSearch search = NetworkFunctionSearch.of(device(vendor), ADAPTERS);

    assertThat(search.query()).isEqualTo(ANY + "properties.ipAddress:" + FQDN + REST);
  }

  @Test
  void asksOnlyForWhatIsKnownOfADevice() {
    NetworkFunctionSearch search =
        NetworkFunctionSearch.of(TID, Optional.empty(), Optional.empty(), ADAPTERS);

    assertThat(asked(search)).containsExactly(ANY + "label:" + TID + REST);
  }

  @Test
  void asksOnceWhereTheAddressIsTheFqdn() {
    TopologyDevice device = device(Optional.of(FQDN), Optional.empty(), Optional.of(FQDN));

    assertThat(NetworkFunctionSearch.of(device, ADAPTERS).remaining())
        .containsExactly(Lookup.FQDN, Lookup.TID);
  }

  @ParameterizedTest
  @CsvSource({
    "a&limit=9, a%26limit%3D9",
    "a b+c%41, a%20b%2Bc%2541",
    "../../x?y#z, ..%2F..%2Fx%3Fy%23z",
    "ü😀, %C3%BC%F0%9F%98%80",
    "a!*'()|\\~, a%21%2A%27%28%29%7C%5C~"
  })
  void encodesWhateverANameHolds(String tid, String encoded) {
    NetworkFunctionSearch search =
        NetworkFunctionSearch.of(tid, Optional.empty(), Optional.empty(), ADAPTERS);

    assertThat(search.query()).isEqualTo(ANY + "label:" + encoded + REST);
  }

  @Test
  void doesNotAskForWhatTheFiltersCannotExpress() {
    NetworkFunctionSearch search =
        NetworkFunctionSearch.of(
            "A,orchState:x", Optional.of("2001:db8::20"), Optional.empty(), ADAPTERS);

    assertThat(search.isOpen()).isFalse();
    assertThat(search.skipped()).containsExactly(Lookup.ADDRESS, Lookup.TID);
    assertThat(search.trouble())
        .contains("no network function has this name or address; not asked by address, tid");
  }

  /** Market API: exactly one type when a filter is on properties; secrets stay hidden. */
  @Test
  void asksNothingThatTheMarketForbids() {
    assertThat(asked(begun))
        .allSatisfy(
            query ->
                assertThat(List.of(query.split("&", -1)))
                    .extracting(parameter -> parameter.split("=", 2)[0])
                    .containsExactly("resourceTypeId", "q", "obfuscate", "offset", "limit"))
        .noneMatch(query -> query.contains("obfuscate=false"));
  }

  @Test
  void takesTheNewestOfThoseThatAnAdapterKnowsAndReaches() {
    NetworkFunctionSearch over = begun.read(fixture("network-functions-of-one-device.json"));

    assertThat(over.isOpen()).isFalse();
    assertThat(over.trouble()).isEmpty();
    assertThat(over.found())
        .contains(
            new NetworkFunction(
                "nf-newer",
                TID,
                "junipereq.resourceTypes.NetworkFunction",
                "abcdtxab1cw.example.com",
                "bpo_00000000-0000-4000-8000-000000000001_00000000-0000-4000-8000-000000000002",
                "AVAILABLE",
                "active"));
  }

  @Test
  void looksOnWhereNoAdapterKnowsTheOneThatWasFound() {
    NetworkFunctionSearch next = begun.read(fixture("network-function-that-no-adapter-knows.json"));
    NetworkFunctionSearch over = next.read(fixture("network-function-known-by-address.json"));

    assertThat(next.isOpen()).isTrue();
    assertThat(over.isOpen()).isFalse();
    assertThat(over.found().map(NetworkFunction::id)).contains("nf-2");
  }

  @Test
  void keepsTheOneThatNoAdapterKnowsWhereThereIsNoOther() {
    NetworkFunctionSearch over =
        begun.read(fixture("network-function-that-no-adapter-knows.json")).read(EMPTY).read(EMPTY);

    assertThat(over.found().map(NetworkFunction::id)).contains("nf-1");
    assertThat(over.trouble()).contains("the network function has no providerResourceId");
  }

  @Test
  void takesNoNetworkFunctionOfAnotherDevice() {
    byte[] another = fixture("network-function-known-by-address.json");

    NetworkFunctionSearch next = begun.read(another);

    assertThat(next.found()).isEmpty();
    assertThat(next.remaining()).containsExactly(Lookup.ADDRESS, Lookup.TID);
  }

  @Test
  void trustsTheFilterWhereTheAddressIsHidden() {
    NetworkFunctionSearch over =
        begun.read(
            "{\"items\":[{\"id\":\"a\",\"providerResourceId\":\"b\",\"properties\":{\"ipAddress\":\"******\"}}]}"
                .getBytes(UTF_8));

    assertThat(over.found().map(NetworkFunction::id)).contains("a");
  }

  @Test
  void saysThatThereIsNoneOnlyWhenItHasLookedEverywhere() {
    NetworkFunctionSearch almost = begun.read(EMPTY).read(EMPTY);
    NetworkFunctionSearch over = almost.read(EMPTY);

    assertThat(almost.trouble()).isEmpty();
    assertThat(over.isOpen()).isFalse();
    assertThat(over.trouble()).contains("no network function has this name or address");
    assertThat(over.read(EMPTY)).isSameAs(over);
    assertThatIllegalStateException().isThrownBy(over::query);
    assertThatIllegalStateException().isThrownBy(over::path);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``                                    | the reply is no list",
        "<html>secret</html>                   | the reply is not JSON",
        "{\"items\":[{\"secret\":              | the reply is not JSON",
        "{\"items\":[]} {}                     | the reply is not JSON",
        "[]                                    | the reply is no list",
        "{\"message\":\"secret\"}              | the reply is no list",
        "{\"items\":{\"a\":1}}                 | the reply is no list",
        "{\"items\":[],\"total\":999}          | there are more than 20, the rest is unread"
      })
  void goesOnAfterAReplyThatIsNoListAndSaysSo(String reply, String why) {
    NetworkFunctionSearch next = begun.read(reply.getBytes(UTF_8));
    NetworkFunctionSearch over = next.read(EMPTY).read(EMPTY);

    assertThat(next.remaining()).containsExactly(Lookup.ADDRESS, Lookup.TID);
    assertThat(over.trouble())
        .contains("no network function has this name or address; fqdn: " + why);
  }

  @Test
  void readsItemsWhoseFieldsAreOfTheWrongType() {
    NetworkFunctionSearch over =
        begun.read(
            "{\"items\":[7,null,[],{\"id\":{}},{\"id\":7,\"label\":[],\"properties\":7,\"providerResourceId\":8}]}"
                .getBytes(UTF_8));

    assertThat(over.found()).contains(new NetworkFunction("7", "", "", "", "8", "", ""));
  }

  @Test
  void neverThrowsWhateverTheBytesAre() {
    byte[] reply = fixture("network-functions-of-one-device.json");
    Random random = new Random(42);
    int garbled = 0;

    for (int round = 0; round < 5_000; round++) {
      byte[] broken = Arrays.copyOf(reply, random.nextInt(reply.length + 1));
      for (int hits = random.nextInt(4); hits > 0 && broken.length > 0; hits--) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
      }
      garbled += begun.read(broken).garbled().isPresent() ? 1 : 0;
    }

    assertThat(garbled).isGreaterThan(4_000);
  }

  @Test
  void survivesAJourneyAsPlainData() throws JsonProcessingException {
    ObjectMapper mapper = new ObjectMapper().registerModule(new Jdk8Module());
    NetworkFunctionSearch search =
        begun.read(fixture("network-function-that-no-adapter-knows.json"));

    NetworkFunctionSearch arrived =
        mapper.readValue(mapper.writeValueAsString(search), NetworkFunctionSearch.class);

    assertThat(arrived).isEqualTo(search);
  }

  private static List<String> asked(NetworkFunctionSearch begun) {
    List<String> queries = new ArrayList<>();
    for (NetworkFunctionSearch search = begun; search.isOpen(); search = search.read(EMPTY)) {
      queries.add(search.query());
    }
    return queries;
  }
}
