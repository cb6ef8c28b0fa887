package io.orchscope.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A caller of the simulator who knows nothing of how it is made. */
final class Client {

  static final String MARKET = "/bpocore/market/api/v1";
  static final String TRACE_LOG = "tosca.resourceTypes.TraceLog";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Simulator simulator;
  private String token = "";

  private Client(Simulator simulator) {
    this.simulator = simulator;
  }

  static Client loggedIn(Simulator simulator) {
    Client client = anonymous(simulator);
    client.login();
    return client;
  }

  static Client anonymous(Simulator simulator) {
    return new Client(simulator);
  }

  String login() {
    token = json(post("/tron/api/v1/tokens", credentials())).path("token").asText();
    return token;
  }

  String credentials() {
    Credentials known = simulator.credentials();
    return Wire.object()
        .put("username", known.username())
        .put("password", known.password())
        .put("tenant", known.tenant())
        .toString();
  }

  HttpResponse<String> market(String rest) {
    return get(MARKET + rest);
  }

  HttpResponse<String> get(String path) {
    return send(path, request -> request.GET());
  }

  HttpResponse<String> post(String path, String body) {
    return send(
        path,
        request ->
            request
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  HttpResponse<String> send(String path, UnaryOperator<HttpRequest.Builder> as) {
    return send(URI.create(simulator.mdsoUrl() + path), as);
  }

  HttpResponse<String> send(URI uri, UnaryOperator<HttpRequest.Builder> as) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      return http.send(as.apply(request).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  void use(String otherToken) {
    token = otherToken;
  }

  /** The items of one call that is expected to succeed. */
  List<JsonNode> items(String rest) {
    HttpResponse<String> response = market(rest);
    if (response.statusCode() != 200) {
      throw new IllegalStateException(response.statusCode() + ": " + response.body());
    }
    List<JsonNode> items = new ArrayList<>();
    json(response).path("items").forEach(items::add);
    return items;
  }

  List<JsonNode> traceLogs(String filter) {
    return items("/resources?resourceTypeId=" + TRACE_LOG + "&limit=10&" + filter);
  }

  /** The ids on all pages, by token. */
  List<String> idsByToken(String filter, int limit) {
    List<String> ids = new ArrayList<>();
    String next = "";
    do {
      JsonNode page =
          json(
              market(
                  "/resources?"
                      + filter
                      + "&limit="
                      + limit
                      + (next.isEmpty() ? "" : "&pageToken=" + next)));
      page.path("items").forEach(item -> ids.add(item.path("id").asText()));
      next = page.path("nextPageToken").asText();
    } while (!next.isEmpty());
    return ids;
  }

  /** The ids on all pages, by offset against the total. */
  List<String> idsByOffset(String filter, int limit) {
    List<String> ids = new ArrayList<>();
    int total = 1;
    for (int offset = 0; offset < total; offset += limit) {
      JsonNode page =
          json(market("/resources?" + filter + "&limit=" + limit + "&offset=" + offset));
      page.path("items").forEach(item -> ids.add(item.path("id").asText()));
      total = page.path("total").asInt();
    }
    return ids;
  }

  static JsonNode json(HttpResponse<String> response) {
    try {
      return Wire.JSON.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
