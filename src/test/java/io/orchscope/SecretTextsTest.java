package io.orchscope;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchscope.defect.Examination;
import io.orchscope.simulator.Simulator;
import io.orchscope.telemetry.SpanTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every form of a secret in what MDSO says of its failures: none of it is kept, shown or sent. */
final class SecretTextsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CANARY = "anary";

  @TempDir private Path folder;

  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicInteger refusals = new AtomicInteger();
  private final AtomicInteger next = new AtomicInteger();
  private final Set<String> planted = ConcurrentHashMap.newKeySet();

  @Test
  void areMaskedInAllThatAPollLeavesBehind() throws Exception {
    List<String> forms =
        Stream.of("forms.txt", "forms-of-tools.txt")
            .flatMap(SecretTextsTest::lines)
            .filter(line -> !line.startsWith("# "))
            .toList();
    Map<String, String> words = Map.of("resources", "150", "failures", "90%");
    try (Simulator simulator = Running.world(words);
        Interposed webex =
            Interposed.before(
                URI.create(simulator.webexUrl().toString().replace("/v1", "")), this::refusedOnce);
        Interposed mdso =
            Interposed.before(
                simulator.mdsoUrl(), asked -> planted(asked, simulator.mdsoUrl(), forms));
        Running running =
            Running.start(folder, simulator, settings(mdso.url(), webex.url() + "/v1"))) {
      running.pollAndSettle();

      assertThat(planted).containsAll(new HashSet<>(forms));
      assertThat(running.requests("POST", "/messages")).isNotEmpty();
      StringBuilder all = new StringBuilder(running.log().text());
      running
          .spans()
          .settled()
          .forEach(span -> all.append(span).append(span.getEvents()).append(span.getAttributes()));
      running.spans().traces().values().forEach(trace -> all.append(SpanTree.draw(trace)));
      running.alerts().forEach(all::append);
      simulator.messages().forEach(all::append);
      for (byte[] file : running.files()) {
        all.append(new String(file, StandardCharsets.UTF_8));
      }
      all.append(shown(running));
      int at = all.indexOf(CANARY);
      assertThat(at < 0 ? "" : all.substring(Math.max(0, at - 300), at + 40)).isEmpty();
    }
  }

  private static Stream<String> lines(String name) {
    try {
      return Files.readAllLines(Path.of("src/test/resources/secret", name)).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> settings(String mdso, String webex) throws IOException {
    Map<String, String> settings = new HashMap<>(Running.inProduction());
    settings.put("mdso.url", mdso);
    settings.put("webex.url", webex);
    return settings;
  }

  /** What the page, its programming interface and the page of metrics show. */
  private static String shown(Running running) throws Exception {
    PageClient page = running.page();
    StringBuilder all = new StringBuilder();
    for (String path :
        List.of("/", "/groups", "/unclassified", "/rules", "/alerts", "/collections", "/reports")) {
      all.append(page.get(path).body());
    }
    for (String path :
        List.of("/overview", "/groups", "/alerts", "/audit", "/dead-letters", "/proposals")) {
      HttpResponse<String> answer = page.get("/api/v1" + path);
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      all.append(answer.body());
    }
    JsonNode groups = JSON.readTree(page.get("/api/v1/groups").body());
    assertThat(groups.findValuesAsText("id")).isNotEmpty();
    for (String id : groups.findValuesAsText("id")) {
      all.append(page.get("/groups/" + id).body());
      all.append(page.get("/api/v1/groups/" + id).body());
    }
    for (Examination examination : running.decided()) {
      String name = URLEncoder.encode(examination.resource().circuit().value(), UTF_8);
      all.append(page.get("/circuits?name=" + name).body());
      all.append(page.get("/api/v1/circuit?name=" + name).body());
    }
    return all.toString();
  }

  /** The first message is refused, and the answer quotes a secret. */
  private Optional<Interposed.Answer> refusedOnce(Interposed.Asked asked) {
    return asked.isFor("POST", "/messages") && refusals.getAndIncrement() == 0
        ? Optional.of(Interposed.Answer.of(400, "{\"message\":\"refused: token=canaryOfWebex9\"}"))
        : Optional.empty();
  }

  /** MDSO's own answer, with another secret in each of its texts. */
  private Optional<Interposed.Answer> planted(
      Interposed.Asked asked, URI mdso, List<String> forms) {
    if (!asked.method().equals("GET") || !asked.path().contains("/resources")) {
      return Optional.empty();
    }
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(mdso + asked.path() + "?" + asked.query()));
      Optional.ofNullable(asked.headers().get("authorization"))
          .ifPresent(value -> request.header("Authorization", value));
      HttpResponse<byte[]> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      JsonNode body = JSON.readTree(answer.body());
      for (JsonNode node : body.findParents("state")) {
        plant(node, "message", forms);
        plant(node, "log_file", forms);
        plant(node, "resource_name", forms);
        if (!node.path("categorized_error").asText("").isEmpty()) {
          plant(node, "categorized_error", forms);
        }
      }
      for (JsonNode node : body.findParents("reason")) {
        plant(node, "reason", forms);
      }
      return Optional.of(Interposed.Answer.of(answer.statusCode(), body.toString()));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private void plant(JsonNode node, String field, List<String> forms) {
    String form = forms.get(Math.floorMod(next.getAndIncrement(), forms.size()));
    planted.add(form);
    ((ObjectNode) node).put(field, form);
  }
}
