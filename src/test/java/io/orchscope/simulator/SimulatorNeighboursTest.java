package io.orchscope.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Beorn and Webex. */
class SimulatorNeighboursTest {

  private final Simulator simulator =
      Simulator.start(SimulatorOptions.defaults().with(o -> o.resources = 500));
  private final Client client = Client.anonymous(simulator);

  @AfterEach
  void close() {
    simulator.close();
  }

  @Test
  void describesTheDevicesThatTheMapperNames() {
    Truth mapper = truth("ServiceMapper");
    JsonNode resource = simulator.held(mapper.resourceId()).orElseThrow();

    JsonNode topology = Client.json(topology(mapper.circuit()));

    assertThat(topology.size()).isEqualTo(8);
    assertThat(topology.path("serviceName").asText()).isEqualTo(mapper.circuit());
    assertThat(topology.at("/topology/0/data/node/0/name/5/name").asText()).isEqualTo("location");
    resource
        .at("/properties/device_properties")
        .fieldNames()
        .forEachRemaining(tid -> assertThat(topology.toString()).contains(tid));
  }

  @Test
  void describesBothLegsOfAMultiLegCircuit() {
    JsonNode topology = Client.json(topology(truth("multiLegCircuit").circuit()));

    assertThat(topology.size()).isEqualTo(2);
    assertThat(topology.has("PRIMARY")).isTrue();
  }

  @Test
  void knowsNoTopologyOfAStrangeCircuit() {
    HttpResponse<String> response = topology("80.L9XX.999999..TEST");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(Client.json(response).path("message").asText()).startsWith("Granite | ");
  }

  @Test
  void keepsAMessageAndItsThread() {
    JsonNode root = Client.json(post("{'roomId':'sim-room-1','markdown':'hello'}"));

    HttpResponse<String> reply =
        post("{'roomId':'sim-room-1','text':'more','parentId':'" + root.path("id").asText() + "'}");

    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(reply.headers().firstValue("trackingId")).isPresent();
    assertThat(simulator.messages())
        .extracting(PostedMessage::markdown, PostedMessage::text)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("hello", ""),
            org.assertj.core.groups.Tuple.tuple("", "more"));
  }

  @Test
  void refusesWhatWebexRefuses() {
    simulator.setFaults(Faults.none().with(f -> f.webexStatus.put("sim-room-9", 403)));
    String longest = "a".repeat(WebexApi.LONGEST);

    assertThat(post("{'text':'x'}").statusCode()).isEqualTo(400);
    assertThat(post("{'text':'x'}").body()).contains("Message destination could not be determined");
    assertThat(post("{'roomId':'sim-room-1','toPersonId':'a','text':'x'}").statusCode())
        .isEqualTo(400);
    assertThat(post("{'roomId':'elsewhere','text':'x'}").statusCode()).isEqualTo(404);
    assertThat(post("{'roomId':'sim-room-9','text':'x'}").statusCode()).isEqualTo(403);
    assertThat(post("{'roomId':'sim-room-1'}").statusCode()).isEqualTo(400);
    assertThat(post("{'roomId':'sim-room-1','markdown':'" + longest + "'}").statusCode())
        .isEqualTo(200);
    assertThat(post("{'roomId':'sim-room-1','markdown':'" + longest + "é'}").statusCode())
        .isEqualTo(400);
    assertThat(client.send(messages(""), r -> r.GET()).statusCode()).isEqualTo(401);
    assertThat(simulator.messages()).hasSize(1);
  }

  @Test
  void asksForPatience() {
    simulator.setFaults(
        Faults.none()
            .with(
                f -> {
                  f.webexTooManyEvery = 2;
                  f.webexRetryAfterSeconds = 9;
                }));

    int first = post("{'roomId':'sim-room-1','text':'x'}").statusCode();
    HttpResponse<String> second = post("{'roomId':'sim-room-1','text':'x'}");

    assertThat(List.of(first, second.statusCode())).containsExactly(200, 429);
    assertThat(second.headers().firstValue("Retry-After")).hasValue("9");
  }

  @Test
  void allowsTenEdits() {
    String id = Client.json(post("{'roomId':'sim-room-1','text':'x'}")).path("id").asText();

    for (int edit = 0; edit < 10; edit++) {
      assertThat(edit(id).statusCode()).isEqualTo(200);
    }

    assertThat(edit(id).statusCode()).isEqualTo(400);
    assertThat(simulator.messages().get(0).markdown()).isEqualTo("new");
  }

  @Test
  void takesAFileInAForm() {
    String form =
        String.join(
            "\r\n",
            "--b",
            "Content-Disposition: form-data; name=\"roomId\"",
            "",
            "sim-room-1",
            "--b",
            "Content-Disposition: form-data; name=\"files\"; filename=\"circuits.csv\"",
            "Content-Type: text/csv",
            "",
            "a,b",
            "--b--");

    HttpResponse<String> response =
        client.send(
            messages(""),
            request ->
                authorized(request)
                    .header("Content-Type", "multipart/form-data; boundary=b")
                    .POST(HttpRequest.BodyPublishers.ofString(form)));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(simulator.messages().get(0).files()).containsExactly("circuits.csv");
  }

  private Truth truth(String product) {
    return simulator
        .truths()
        .filter(truth -> truth.product().equals(product) && truth.errorShape() != 20)
        .findFirst()
        .orElseThrow();
  }

  private HttpResponse<String> topology(String circuit) {
    URI uri = URI.create(simulator.beornUrl() + "/beorn/v3/topologies?cid=" + circuit);
    return client.send(uri, HttpRequest.Builder::GET);
  }

  private HttpResponse<String> post(String body) {
    return client.send(
        messages(""),
        request ->
            authorized(request).POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"'))));
  }

  private HttpResponse<String> edit(String id) {
    return client.send(
        messages("/" + id),
        request ->
            authorized(request)
                .header("Content-Type", "application/json")
                .PUT(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"roomId\":\"sim-room-1\",\"markdown\":\"new\"}")));
  }

  private HttpRequest.Builder authorized(HttpRequest.Builder request) {
    return request.header("Authorization", "Bearer " + simulator.credentials().webexBotToken());
  }

  private URI messages(String rest) {
    return URI.create(simulator.webexUrl() + "/messages" + rest);
  }
}
