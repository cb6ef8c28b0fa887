package io.orchscope.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatorCallsTest {

  private final Simulator simulator =
      Simulator.start(SimulatorOptions.defaults().with(o -> o.resources = 100));
  private final Client client = Client.loggedIn(simulator);

  @AfterEach
  void close() {
    simulator.close();
  }

  @Test
  void givesOutAPlainTokenWith201() {
    HttpResponse<String> response = client.post("/tron/api/v1/tokens", client.credentials());

    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(Client.json(response).path("token").asText()).matches("[0-9a-f]{20}");
    assertThat(Client.json(response).path("isSuccessful").asBoolean()).isTrue();
  }

  @Test
  void takesAForm() {
    Credentials known = simulator.credentials();
    String form =
        "username=" + known.username() + "&password=" + known.password() + "&tenant=master";

    HttpResponse<String> response =
        client.send(
            "/tron/api/v1/tokens",
            request ->
                request
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(form)));

    assertThat(Client.json(response).path("isSuccessful").asBoolean()).isTrue();
  }

  @Test
  void saysOfAWrongPasswordThatItWasNotSuccessful() {
    HttpResponse<String> response =
        client.post("/tron/api/v1/tokens", "{\"username\":\"svc-orchscope\",\"password\":\"no\"}");

    assertThat(Client.json(response).path("isSuccessful").asBoolean(true)).isFalse();
    assertThat(Client.json(response).path("message").asText()).isNotEmpty();
    assertThat(Client.json(response).has("token")).isFalse();
  }

  @Test
  void givesOutAnOauthTokenThatSaysWhenItEnds() {
    JsonNode session = Client.json(client.post("/tron/api/v1/oauth2/tokens", client.credentials()));

    client.use(session.path("accessToken").asText());

    assertThat(session.path("expiresIn").asInt()).isEqualTo(3600);
    assertThat(session.path("expirationTime").asText()).endsWith("Z").hasSize(27);
    assertThat(client.market("/resources?limit=1").statusCode()).isEqualTo(200);
  }

  @Test
  void refusesATokenOnceItIsDeleted() {
    String token = client.login();

    HttpResponse<String> deleted =
        client.send("/tron/api/v1/tokens/" + token, HttpRequest.Builder::DELETE);

    assertThat(deleted.statusCode()).isEqualTo(204);
    assertThat(client.market("/resources").statusCode()).isEqualTo(401);
  }

  @Test
  void refusesACallWithoutAToken() {
    HttpResponse<String> response = Client.anonymous(simulator).market("/resources");

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(Client.json(response).isObject()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "q=properties.circuit_id:80.L1XX.000001..TEST",
        "q=properties.circuit_id:x&resourceTypeId=a&productId=b",
        "p=properties.circuit_id:x&resourceTypeId=charter.resourceTypes.ServiceMapper",
        "q=label",
        "offset=-1",
        "limit=many",
        "pageToken=abc",
        "limit=-5"
      })
  void refusesABadList(String query) {
    assertThat(client.market("/resources?" + query).statusCode()).isEqualTo(400);
  }

  @Test
  void knowsWhatIsNotThereAndWhatIsNotAllowed() {
    assertThat(client.market("/resources/6b1d0c2e-0000-11ee-9000-0000000000aa").statusCode())
        .isEqualTo(404);
    assertThat(client.market("/resources/x/dependencies").statusCode()).isEqualTo(404);
    assertThat(client.market("/things").statusCode()).isEqualTo(404);
    assertThat(client.post(Client.MARKET + "/resources", "{}").statusCode()).isEqualTo(405);
  }

  @Test
  void countsByProductAndByType() {
    String type = "charter.resourceTypes.ServiceMapper";
    JsonNode product =
        Client.json(client.market("/products?q=resourceTypeId:" + type)).path("items").path(0);

    JsonNode byProduct =
        Client.json(client.market("/resources/count?productId=" + product.path("id").asText()));
    JsonNode bounded = Client.json(client.market("/resources/count?limit=5&exactTypeId=" + type));

    assertThat(byProduct.path("count").asInt()).isEqualTo(24);
    assertThat(byProduct.path("bounded").asBoolean(true)).isFalse();
    assertThat(bounded.path("count").asInt()).isEqualTo(5);
    assertThat(bounded.path("bounded").asBoolean()).isTrue();
  }

  @Test
  void refusesToCountByTypeForAnOrdinaryTenant() {
    simulator.setFaults(Faults.none().with(f -> f.failCount = true));

    int byType = client.market("/resources/count?exactTypeId=x").statusCode();
    int byProduct = client.market("/resources/count?productId=x").statusCode();

    assertThat(byType).isEqualTo(403);
    assertThat(byProduct).isEqualTo(200);
  }

  @Test
  void writesResourcesWithTheFieldsOfTheContract() {
    JsonNode resource = client.items("/resources?limit=1").get(0);

    List<String> fields =
        StreamSupport.stream(((Iterable<String>) resource::fieldNames).spliterator(), false)
            .toList();
    assertThat(fields)
        .contains("id", "label", "resourceTypeId", "productId", "orchState", "reason", "revision")
        .isSubsetOf(
            List.of(
                "id",
                "label",
                "description",
                "resourceTypeId",
                "productId",
                "orderId",
                "tenantId",
                "shared",
                "sharingPermissionId",
                "subDomainId",
                "properties",
                "providerResourceId",
                "discovered",
                "differences",
                "desiredOrchState",
                "nativeState",
                "orchState",
                "reason",
                "tags",
                "providerData",
                "updatedAt",
                "createdAt",
                "revision",
                "autoClean",
                "updateState",
                "updateReason",
                "updateCount"));
    assertThat(resource.path("createdAt").asText())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
  }

  @Test
  void showsSecretsOnlyWhenAskedTo() throws Exception {
    simulator.put(
        (com.fasterxml.jackson.databind.node.ObjectNode)
            Wire.JSON.readTree(
                "{'id':'by-hand','label':'ABCDTXAB1ZW','resourceTypeId':'radra.resourceTypes.NetworkFunction','properties':{'authentication':{'cli':{'password':'shown'}}}}"
                    .replace('\'', '"')));

    String list =
        client.market("/resources?resourceTypeId=tosca.resourceTypes.NetworkFunction").body();
    String open = client.market("/resources/by-hand?obfuscate=false").body();

    assertThat(list).contains("******").doesNotContain("shown");
    assertThat(open).contains("shown");
  }
}
