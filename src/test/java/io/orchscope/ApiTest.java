package io.orchscope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.ValidationReport;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchscope.simulator.Simulator;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The API against its own document, over HTTP, as the application serves it. */
final class ApiTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String API = "/api/v1";

  @TempDir private static Path folder;

  private static Simulator simulator;
  private static Running running;
  private static PageClient client;
  private static JsonNode document;
  private static OpenApiInteractionValidator validator;

  /** Each operation that was tried and found as the document has it. */
  private static final Set<String> ASKED = new TreeSet<>();

  @BeforeAll
  static void start() throws Exception {
    int port = PageClient.freePort();
    simulator =
        Running.world(
            Map.of("resources", "60", "failures", "60%", "log-hosts", "3", "log-bytes", "300000"));
    Running.configure(
        folder,
        "reports.yaml",
        """
        reports:
          - name: by-hand
            window: 1d
        """);
    Map<String, String> settings = new TreeMap<>();
    LogHostSettings.add(settings, simulator, folder.resolve("hosts"));
    settings.put("console.listen", "127.0.0.1:" + port);
    settings.put("reports.root", folder.resolve("reports").toString());
    settings.put("logs.root", folder.resolve("host-logs").toString());
    running = Running.start(folder, simulator, settings);
    running.pollAndSettle();
    running.assembly().awaitFollowUps(Duration.ofMinutes(2));
    client = PageClient.at(port);
    String text = client.get(API + "/openapi.json").body();
    document = JSON.readTree(text);
    validator = OpenApiInteractionValidator.createForInlineApiSpecification(text).build();
  }

  @AfterAll
  static void stop() {
    running.close();
    simulator.close();
  }

  @Test
  void answersEachOperationAsItsDocumentSays() throws Exception {
    JsonNode groups = ask("/groups", Map.of("limit", "2", "sort", "failures"));
    String group = groups.at("/groups/0/id").asText();
    String circuit = ask("/groups/" + group + "/circuits").at("/circuits/0/circuit").asText();
    JsonNode known = ask("/circuit", Map.of("name", circuit));
    String attempt = known.at("/attempts/0/folder").asText();
    JsonNode proposals = ask("/proposals").path("proposals");
    assertThat(known.at("/attempts/0/stepsTraceId").asText()).hasSize(32);

    ask("/groups/" + group);
    assertThat(ask("/search", Map.of("q", circuit)).toString()).contains(circuit);
    assertThat(ask("/orchestration", Map.of("folder", attempt)).at("/bars/0/process").asText())
        .isNotEmpty();
    assertThat(answered("/evidence", Map.of("folder", attempt, "file", "verdict.json")).body())
        .contains("orchscope-verdict/1");
    JsonNode logs = ask("/logs", Map.of("folder", attempt));
    assertThat(logs.path("state").asText()).isEqualTo("complete");
    String log = logs.at("/manifest/artifacts/0/name").asText();
    assertThat(answered("/log", Map.of("folder", logs.path("folder").asText(), "file", log)).body())
        .isNotEmpty();
    assertThat(ask("/overview").at("/balance/silent").asInt()).isZero();
    assertThat(ask("/alerts", Map.of("state", "sent")).path("messages")).isNotEmpty();
    ask("/alerts/suppressed");
    assertThat(ask("/rules").path("rules").size()).isGreaterThan(70);
    assertThat(ask("/rules/verdict", Map.of("text", "nothing that anybody knows")).toString())
        .contains("UNCLASSIFIED");
    ask("/collections");
    assertThat(ask("/dead-letters").path("letters")).isEmpty();
    change("/groups/" + group + "/acknowledge", "{\"by\":\"ada\",\"for\":\"8h\"}", 200);
    change("/groups/" + group + "/mute", "{\"note\":\"known\",\"for\":\"2d\"}", 200);
    change("/groups/" + group + "/resolve", "{}", 200);
    String broad =
        "{\"title\":\"Found by a program\",\"owner\":\"noc\",\"severity\":\"minor\","
            + "\"pattern\":\"MDSO|.\",\"overlaps\":\"%s\"}";
    String kind = "/proposals/" + proposals.at("/0/id").asText() + "/accept";
    change(kind, broad.formatted("no"), 409);
    change(
        "/proposals/" + proposals.at("/0/id").asText() + "/accept",
        "{\"title\":\"Found by a program\",\"owner\":\"noc\",\"severity\":\"minor\"}",
        200);
    change(
        "/proposals/" + proposals.at("/1/id").asText() + "/reject", "{\"reason\":\"noise\"}", 200);
    change("/collections", "{\"product\":\"service_mapper\",\"since\":\"1h\"}", 202);
    change("/dead-letters/retry", "{\"key\":\"alert/none\"}", 404);
    change("/dead-letters/drop", "{\"key\":\"alert/none\"}", 404);
    change("/reports", "{\"name\":\"by-hand\"}", 200);
    JsonNode files = ask("/reports").path("files");
    assertThat(files.toString()).contains("by-hand-", ".xlsx", ".md");
    String words =
        files.findValuesAsText("name").stream()
            .filter(name -> name.endsWith(".md"))
            .findFirst()
            .orElseThrow();
    assertThat(answered("/reports/file", Map.of("name", words)).body()).contains("failures of");
    assertThat(ask("/audit").at("/entries/0/verb").asText()).isEqualTo("report");

    assertThat(operationsOfDocument()).containsExactlyInAnyOrderElementsOf(ASKED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/groups?limit=501 | limit | is 500 at most",
        "/groups?limit=ten | limit | is a whole number",
        "/groups?limit=-1 | limit | is a whole number",
        "/groups?from=99999999999999 | from | is a whole number",
        "/groups?from=2000000 | from | is 1000000 at most",
        "/groups?ascending=perhaps | ascending | is true or false",
        "/groups?state=broken | state | is one of open",
        "/groups?limit=1&limit=2 | limit | is given twice",
        "/groups?colour=red | colour | is not known",
        "/search | q | is needed",
        "/search?q= | q | is needed",
      })
  void saysWhatIsWrongWithAQuestion(String path, String name, String complaint) throws Exception {
    HttpResponse<String> refused = client.get(API + path);

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(JSON.readTree(refused.body()).at("/errors/" + name).asText()).contains(complaint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"since\":3} | 400 | since | is a text",
        "{\"since\":\"1h\",\"colour\":\"red\"} | 400 | colour | is not known",
        "{\"since\":\"soon\"} | 400 | | How far back?",
        "{\"product\":\"none\",\"since\":\"1h\"} | 400 | | no such product",
        "{\"circuit\":\"a,label:b\"} | 400 | | That is no circuit",
        "{\"since\": | 400 | | Line 1, column",
        "[] | 400 | | no JSON object",
      })
  void saysWhatIsWrongWithAChange(String body, int status, String name, String complaint)
      throws Exception {
    HttpResponse<String> refused = client.json(API + "/collections", body);

    JsonNode problem = JSON.readTree(refused.body());
    assertThat(refused.statusCode()).isEqualTo(status);
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(name == null ? refused.body() : problem.at("/errors/" + name).asText())
        .contains(complaint);
  }

  @Test
  void refusesWhatIsNoQuestionOfIts() throws Exception {
    assertThat(client.get(API + "/nothing").statusCode()).isEqualTo(404);
    assertThat(client.get(API + "/groups/0123456789abcdef").body()).contains("no such group");
    assertThat(client.json(API + "/groups", "{}").statusCode()).isEqualTo(405);
    assertThat(client.form(API + "/collections", "since=1h&token=" + client.token("/collections")))
        .extracting(HttpResponse::statusCode)
        .isEqualTo(415);
    assertThat(
            client
                .with("Origin", "https://evil.example.com")
                .json(API + "/collections", "{\"since\":\"1h\"}"))
        .extracting(HttpResponse::statusCode, HttpResponse::body)
        .satisfies(it -> assertThat(it.toString()).contains("403", "form of ours"));
  }

  @Test
  void sendsNothingTwiceThatHasNotChanged() throws Exception {
    HttpResponse<String> first = client.get(API + "/rules");
    String tag = first.headers().firstValue("ETag").orElseThrow();

    HttpResponse<String> second = client.with("If-None-Match", tag).get(API + "/rules");

    assertThat(second.statusCode()).isEqualTo(304);
    assertThat(second.body()).isEmpty();
    assertThat(client.with("If-None-Match", "\"other\"").get(API + "/rules").statusCode())
        .isEqualTo(200);
  }

  @Test
  void collectsAsAPartOfTheTraceOfItsCaller() throws Exception {
    String trace = "4bf92f3577b34da6a3ce929d0e0e4736";

    HttpResponse<String> begun =
        client
            .with("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
            .json(API + "/collections", "{\"product\":\"service_mapper\",\"since\":\"1h\"}");

    String poll = JSON.readTree(begun.body()).at("/polls/0").asText();
    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(
            () ->
                assertThat(running.spans().ended())
                    .filteredOn(span -> span.getTraceId().equals(trace))
                    .anyMatch(
                        span ->
                            span.getName().equals("poll-now")
                                && span.getParentSpanId().equals("00f067aa0ba902b7")
                                && span.getAttributes().toString().contains(poll)));
  }

  @Test
  void looksAtOneCircuitAnewAndAtNoOther() throws Exception {
    String circuit =
        ask("/groups/" + ask("/groups").at("/groups/0/id").asText() + "/circuits")
            .at("/circuits/0/circuit")
            .asText();
    int decided = running.decided().size();

    HttpResponse<String> begun =
        client.json(API + "/collections", "{\"circuit\":\"" + circuit + "\"}");

    assertThat(begun.statusCode()).isEqualTo(202);
    assertThat(JSON.readTree(begun.body()).path("polls")).hasSize(1);
    await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () ->
                running.decided().stream()
                    .skip(decided)
                    .anyMatch(it -> it.resource().circuit().value().equals(circuit)));
    assertThat(simulator.requests())
        .anyMatch(it -> it.toString().contains("properties.circuit_id"));
  }

  private static JsonNode ask(String path) throws Exception {
    return ask(path, Map.of());
  }

  private static JsonNode ask(String path, Map<String, String> query) throws Exception {
    return JSON.readTree(answered(path, query).body());
  }

  private static HttpResponse<String> answered(String path, Map<String, String> query)
      throws Exception {
    String words =
        query.entrySet().stream()
            .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    HttpResponse<String> answer = client.get(API + path + (words.isEmpty() ? "" : "?" + words));
    SimpleRequest.Builder request = SimpleRequest.Builder.get(API + path);
    query.forEach(request::withQueryParam);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    validate("get", path, request.build(), answer);
    return answer;
  }

  private static void change(String path, String body, int status) throws Exception {
    HttpResponse<String> answer = client.json(API + path, body);
    SimpleRequest request =
        SimpleRequest.Builder.post(API + path)
            .withContentType("application/json")
            .withBody(body)
            .build();
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    validate("post", path, request, answer);
  }

  private static void validate(
      String method, String path, SimpleRequest request, HttpResponse<String> answer) {
    ValidationReport report =
        validator.validate(
            request,
            SimpleResponse.Builder.status(answer.statusCode())
                .withContentType(answer.headers().firstValue("Content-Type").orElse(""))
                .withBody(answer.body())
                .build());
    assertThat(report.getMessages()).as("%s %s: %s", method, path, answer.body()).isEmpty();
    ASKED.add(method + " " + path.replaceAll("/[0-9a-f]{8,}", "/{id}"));
  }

  private static Set<String> operationsOfDocument() {
    Map<String, JsonNode> paths = new LinkedHashMap<>();
    document.path("paths").properties().forEach(it -> paths.put(it.getKey(), it.getValue()));
    Set<String> operations = new TreeSet<>();
    paths.forEach(
        (path, node) ->
            ((ObjectNode) node)
                .fieldNames()
                .forEachRemaining(it -> operations.add(it + " " + path)));
    return operations;
  }
}
