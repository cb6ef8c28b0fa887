package io.orchscope.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatorFaultsTest {

  private static final String MAPPERS = "exactTypeId=charter.resourceTypes.ServiceMapper";

  @TempDir Path folder;

  private final Simulator simulator =
      Simulator.start(SimulatorOptions.defaults().with(o -> o.resources = 1000));
  private final Client client = Client.loggedIn(simulator);

  @AfterEach
  void close() {
    simulator.close();
  }

  @Test
  void endsTokensAfterSomeLists() {
    simulator.setFaults(Faults.none().with(f -> f.unauthorizedAfterLists = 2));

    List<Integer> statuses = statuses(3);
    client.login();

    assertThat(statuses).containsExactly(200, 200, 401);
    assertThat(statuses(3)).containsExactly(200, 200, 200);
  }

  @Test
  void asksForPatienceAtEveryThirdCall() {
    simulator.setFaults(
        Faults.none()
            .with(
                f -> {
                  f.tooManyEvery = 3;
                  f.retryAfterSeconds = 7;
                }));

    assertThat(statuses(2)).containsExactly(200, 200);
    HttpResponse<String> third = client.market("/resources?limit=1");

    assertThat(third.statusCode()).isEqualTo(429);
    assertThat(third.headers().firstValue("Retry-After")).hasValue("7");
    assertThat(simulator.count("fault.too-many")).isEqualTo(1);
  }

  @Test
  void failsWith503And500InTurns() {
    simulator.setFaults(Faults.none().with(f -> f.serverErrorEvery = 1));

    assertThat(statuses(3)).containsExactly(503, 500, 503);
  }

  @Test
  void closesTheConnectionInTheMiddleOfTheBody() {
    simulator.setFaults(Faults.none().with(f -> f.cutBodyEvery = 1));

    assertThatThrownBy(() -> client.market("/resources")).isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void answersWithTextThatIsNotJson() {
    simulator.setFaults(Faults.none().with(f -> f.garbageEvery = 1));

    HttpResponse<String> response = client.market("/resources");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThatThrownBy(() -> Client.json(response))
        .hasCauseInstanceOf(JsonProcessingException.class);
  }

  @Test
  void answersLate() {
    simulator.setFaults(
        Faults.none()
            .with(
                f -> {
                  f.slowEvery = 1;
                  f.slowBy = Duration.ofMillis(300);
                }));
    long start = System.nanoTime();

    client.market("/resources?limit=1");

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(290));
  }

  @Test
  void repeatsItemsOnTheNextPageWithoutLosingAny() {
    List<String> honest = client.idsByToken(MAPPERS, 1000);
    simulator.setFaults(Faults.none().with(f -> f.duplicateItems = 3));

    List<String> byToken = client.idsByToken(MAPPERS, 50);
    List<String> byOffset = client.idsByOffset(MAPPERS, 50);

    assertThat(byToken.subList(50, 53)).isEqualTo(byToken.subList(47, 50));
    assertThat(byToken).hasSizeGreaterThan(240);
    assertThat(new HashSet<>(byToken)).isEqualTo(new HashSet<>(honest));
    assertThat(new HashSet<>(byOffset)).isEqualTo(new HashSet<>(honest));
  }

  @Test
  void shiftsPagesWhenResourcesComeInAtTheFront() {
    simulator.setFaults(Faults.none().with(f -> f.shift = Faults.Shift.INSERT));

    List<String> ids = client.idsByOffset("obfuscate=true&" + MAPPERS, 5);

    assertThat(new HashSet<>(ids)).hasSizeLessThan(ids.size());
  }

  @Test
  void losesItemsToAReaderWhenResourcesGoAway() {
    List<String> before = client.idsByToken(MAPPERS, 1000);
    simulator.setFaults(Faults.none().with(f -> f.shift = Faults.Shift.REMOVE));

    List<String> ids = client.idsByOffset(MAPPERS, 5);

    List<String> still =
        simulator.truths().map(Truth::resourceId).filter(new HashSet<>(before)::contains).toList();
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(still).isNotEmpty();
    assertThat(new HashSet<>(ids)).doesNotContain("").hasSizeLessThan(before.size());
  }

  @Test
  void knowsNoPageTokenWhenToldSo() {
    simulator.setFaults(Faults.none().with(f -> f.noPageToken = true));

    JsonNode page = Client.json(client.market("/resources?limit=5&" + MAPPERS));

    assertThat(page.has("nextPageToken")).isFalse();
    assertThat(client.market("/resources?pageToken=abc").statusCode()).isEqualTo(400);
    assertThat(client.idsByOffset(MAPPERS, 50)).hasSize(240).doesNotHaveDuplicates();
  }

  @Test
  void loopsOverTheSecondPageWhenToldSo() {
    simulator.setFaults(Faults.none().with(f -> f.loopingPages = true));
    String list = "/resources?limit=5&" + MAPPERS;
    String second = Client.json(client.market(list)).path("nextPageToken").asText();

    JsonNode page = Client.json(client.market(list + "&pageToken=" + second));

    assertThat(page.path("nextPageToken").asText()).isEqualTo(second);
  }

  @Test
  void readsOptionsFromWords() {
    SimulatorOptions options =
        SimulatorOptions.parse(
            Map.of(
                "seed", "7",
                "failures", "25%",
                "latency", "50ms",
                "products", "ServiceMapper, Compliance",
                "log-hosts", "3",
                "log-bytes", "700000000",
                "devices", "yes",
                "shift-pages", "insert",
                "webex-status.sim-room-1", "403"));

    assertThat(options)
        .isEqualTo(
            SimulatorOptions.defaults()
                .with(
                    o -> {
                      o.seed = 7;
                      o.failureShare = 0.25;
                      o.latency = Duration.ofMillis(50);
                      o.products = List.of("ServiceMapper", "Compliance");
                      o.logHosts = 3;
                      o.logBytes = 700_000_000;
                      o.devices = true;
                      o.faults =
                          Faults.none()
                              .with(
                                  f -> {
                                    f.shift = Faults.Shift.INSERT;
                                    f.webexStatus.put("sim-room-1", 403);
                                  });
                    }));
  }

  @Test
  void namesTheNearestOptionForAnUnknownOne() {
    assertThatThrownBy(() -> SimulatorOptions.parse(Map.of("resource", "5")))
        .hasMessageContaining("did you mean 'resources'");
    assertThatThrownBy(() -> SimulatorOptions.parse(Map.of("seed", "x")))
        .hasMessageContaining("'seed'");
  }

  @Test
  void writesEveryRequestDownWithoutItsToken() throws Exception {
    Path log = folder.resolve("requests.jsonl");
    try (Simulator logging =
        Simulator.start(SimulatorOptions.defaults().with(o -> o.requestLog = Optional.of(log)))) {
      Client own = Client.loggedIn(logging);
      String token = own.login();

      own.send("/tron/api/v1/tokens/" + token, request -> request.DELETE());

      assertThat(Files.readAllLines(log)).hasSize(3);
      assertThat(Files.readString(log)).doesNotContain(token).contains("Bearer ***");
      assertThat(logging.requests()).last().extracting(LoggedRequest::status).isEqualTo(204);
    }
  }

  private List<Integer> statuses(int calls) {
    return java.util.stream.IntStream.range(0, calls)
        .mapToObj(call -> client.market("/resources?limit=1").statusCode())
        .toList();
  }
}
