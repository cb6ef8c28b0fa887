package io.orchscope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orchscope.ledger.AuditTrail;
import io.orchscope.ledger.FailureGroups;
import io.orchscope.ledger.GroupRow;
import io.orchscope.settings.InvalidFileException;
import io.orchscope.simulator.Simulator;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The operators' page over HTTP, as the application serves it. */
final class OperatorsPageTest {

  @TempDir private static Path folder;

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static int port;
  private static Simulator simulator = Running.world(Map.of("resources", "80", "failures", "60%"));
  private static Running running;

  @BeforeAll
  static void start() throws Exception {
    port = FreePort.next();
    running = Running.start(folder, simulator, Map.of("console.listen", "127.0.0.1:" + port));
    running.poll();
  }

  @AfterAll
  static void stop() {
    running.close();
    simulator.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/groups",
        "/unclassified",
        "/rules",
        "/collections",
        "/alerts",
        "/search",
        "/rules?text=MDSO"
      })
  void showsEachPageAndLetsNobodyElseRunAnythingInIt(String path) throws Exception {
    HttpResponse<String> page = get(path);

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(page.body())
        .contains("<title>", "All times are UTC")
        .doesNotContain("style=\"", "onclick", "javascript:", "http://www", "https://cdn");
    assertThat(page.headers().map().keySet()).noneMatch(name -> name.startsWith("Camel"));
  }

  @Test
  void leadsFromTheGroupToTheCircuitAndItsEvidence() throws Exception {
    GroupRow group = groups().get(0);
    String page = get("/groups/" + group.id()).body();
    String circuit = first(page, "href=\"(/circuits[^\"]+)\"");

    String circuitPage = get(circuit).body();
    String file = first(circuitPage, "href=\"(/evidence[^\"]+file=verdict.json)\"");
    HttpResponse<String> verdict = get(file.replace("&amp;", "&"));

    assertThat(page).contains(group.defectCode(), "Acknowledge", "Mute", "Resolve");
    assertThat(circuitPage).contains("/groups/" + group.id(), "Where the time went");
    assertThat(verdict.statusCode()).isEqualTo(200);
    assertThat(verdict.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
    assertThat(verdict.body()).contains("\"format\"", "orchscope-verdict/1");
    assertThat(get(file.replace("&amp;", "&").replace("verdict.json", "../x")).statusCode())
        .isEqualTo(404);
  }

  @Test
  void drawsWhatMdsoDidOverTime() throws Exception {
    int drawn = 0;
    for (GroupRow group : groups()) {
      String page = get("/groups/" + group.id()).body();
      String circuit = get(first(page, "href=\"(/circuits[^\"]+)\"")).body();
      drawn += circuit.contains("<rect class=\"failed\"") ? 1 : 0;
    }

    assertThat(drawn).isGreaterThan(groups().size() / 2);
  }

  @Test
  void acknowledgesAndMutesAndResolvesAndWritesDownWhoDidIt() throws Exception {
    String id = groups().get(1).id();
    String page = "/groups/" + id;

    post(page + "/acknowledge", "token=" + token(page) + "&by=ada&note=a+%26+b&for=8h");
    assertThat(get(page).body()).contains("acknowledged", "<b>ada</b>", "a &amp; b");
    post(page + "/mute", "token=" + token(page) + "&by=bob&note=known&for=2d");
    assertThat(get(page).body()).contains("muted", "<b>bob</b>");
    HttpResponse<String> resolved =
        post(page + "/resolve", "token=" + token(page) + "&by=eve&note=");

    assertThat(resolved.statusCode()).isEqualTo(303);
    assertThat(get(page).body()).contains("resolved", "<b>eve</b>");
    assertThat(new AuditTrail(running.assembly().ledger(), Clock.systemUTC()).list(10))
        .extracting(entry -> entry.verb() + " " + entry.what())
        .contains("acknowledge group " + id, "mute group " + id, "resolve group " + id);
  }

  @Test
  void makesARuleOfAProposalAndMovesItsGroups() throws Exception {
    String page = get("/unclassified").body();
    String id = first(page, "action=\"/proposals/([0-9a-f]{8})/accept\"");
    String other = first(page.replace(id, ""), "action=\"/proposals/([0-9a-f]{8})/accept\"");
    String form = "token=" + token("/unclassified");

    HttpResponse<String> nameless = post("/proposals/" + id + "/accept", form + "&owner=noc");
    HttpResponse<String> wrong =
        post(
            "/proposals/" + id + "/accept",
            form + "&title=t&owner=noc&severity=minor&pattern=no+such+words");
    HttpResponse<String> broad =
        post(
            "/proposals/" + id + "/accept",
            form + "&title=t&owner=noc&severity=minor&pattern=MDSO");
    HttpResponse<String> broken =
        post("/proposals/" + id + "/accept", form + "&title=t&owner=noc&severity=minor&pattern=a(");
    HttpResponse<String> rejected = post("/proposals/" + other + "/reject", form + "&reason=noise");
    HttpResponse<String> accepted =
        post(
            "/proposals/" + id + "/accept",
            form + "&title=Found+here&owner=noc&severity=minor&pattern=MDSO&overlaps=yes");

    assertThat(nameless.statusCode()).isEqualTo(400);
    assertThat(wrong.statusCode()).isEqualTo(409);
    assertThat(wrong.body()).contains("does not match its example");
    assertThat(broad.statusCode()).isEqualTo(409);
    assertThat(broad.body())
        .contains("matches more than the errors of its kind", "of DE-", "Narrow it, or accept");
    assertThat(broken.statusCode()).isEqualTo(409);
    assertThat(broken.body()).contains("no regular expression");
    assertThat(accepted.statusCode()).isEqualTo(303);
    assertThat(rejected.statusCode()).isEqualTo(303);
    assertThat(get("/unclassified").body()).doesNotContain(id, other);
    assertThat(groups())
        .filteredOn(group -> group.title().equals("Found here"))
        .isNotEmpty()
        .allMatch(group -> group.defectCode().equals("DE-1911"));
    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(() -> assertThat(get("/rules").body()).contains("Found here"));
  }

  @Test
  void refusesAProposalWhenTheRulesFileHasAnEditThatIsNotActive() throws Exception {
    String page = get("/unclassified").body();
    String id = first(page, "action=\"/proposals/([0-9a-f]{8})/accept\"");
    Path file = folder.resolve("config").resolve(RulesReload.FILE);
    String active = Files.readString(file);
    String edited = active + "# An edit of which the application knows nothing yet.\n";
    Files.writeString(file, edited);

    HttpResponse<String> refused;
    String left;
    try {
      refused =
          post(
              "/proposals/" + id + "/accept",
              "token="
                  + token("/unclassified")
                  + "&title=Late&owner=noc&severity=minor&pattern=MDSO&overlaps=yes");
      left = Files.readString(file);
    } finally {
      Files.writeString(file, active);
    }

    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.body())
        .contains("it has changed since version", "accept the proposal again");
    assertThat(left).isEqualTo(edited);
    assertThat(get("/unclassified").body()).contains(id);
  }

  @Test
  void takesNoChangeThatDoesNotComeFromItself() throws Exception {
    GroupRow group = groups().get(2);
    String page = "/groups/" + group.id();
    String form = "token=" + token(page) + "&by=ada&note=x&for=8h";

    assertThat(post(page + "/mute", "by=ada&note=x&for=8h").statusCode()).isEqualTo(403);
    assertThat(post(page + "/mute", form.replace("token=", "token=0")).statusCode()).isEqualTo(403);
    assertThat(foreign(page + "/mute", form, "Origin", "https://evil.example.com")).isEqualTo(403);
    assertThat(foreign(page + "/mute", form, "Sec-Fetch-Site", "cross-site")).isEqualTo(403);
    assertThat(foreign(page + "/mute?origin=http://127.0.0.1:" + port, form, "Origin", "null"))
        .isEqualTo(403);
    assertThat(post(page + "/mute", form.replace("for=8h", "for=soon")).statusCode())
        .isEqualTo(400);
    assertThat(post(page + "/mute", form.replace("note=x", "note=")).statusCode()).isEqualTo(400);
    assertThat(post(page, form).statusCode()).isEqualTo(405);
    assertThat(find(group.id()).standing()).isEqualTo(group.standing());
  }

  @Test
  void answersToTheNamesOfThisMachineOnly() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket
          .getOutputStream()
          .write(
              "GET /?host=localhost HTTP/1.1\r\nHost: evil.example.com\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));

      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 421")
          .contains("localhost or 127.0.0.1")
          .doesNotContain("Orchscope</title>");
    }
  }

  @Test
  void findsCircuitsByTheirBeginningAndGroupsByTheirCode() throws Exception {
    GroupRow group = groups().get(0);
    String circuit = first(get("/groups/" + group.id()).body(), "href=\"/circuits/([^\"]+)\"");

    assertThat(get("/search?q=" + circuit).headers().firstValue("Location"))
        .contains("/circuits/" + circuit);
    HttpResponse<String> beginning = get("/search?q=" + circuit.substring(0, 9));
    assertThat(beginning.headers().firstValue("Location").orElse("") + beginning.body())
        .contains(circuit);
    assertThat(
            get("/search?q=" + circuit.toLowerCase(Locale.ROOT)).headers().firstValue("Location"))
        .contains("/circuits/" + circuit);
    assertThat(get("/search?q=" + group.defectCode().toLowerCase(Locale.ROOT)).body())
        .contains("/groups/" + group.id());
    assertThat(get("/search?q=%3Cscript%3Ealert(1)%3C/script%3E").body())
        .contains("&lt;script")
        .doesNotContain("<script>alert");
  }

  @Test
  void collectsWhenSomebodyAsksForIt() throws Exception {
    long before = simulator.requests().size();

    HttpResponse<String> begun =
        post("/collections", "token=" + token("/collections") + "&product=service_mapper&since=1h");

    assertThat(begun.statusCode()).isEqualTo(303);
    await().atMost(Duration.ofMinutes(2)).until(() -> simulator.requests().size() > before);
    assertThat(
            post("/collections", "token=" + token("/collections") + "&product=none&since=1h")
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void isNotOpenToOtherMachines() {
    assertThatThrownBy(
            () -> Running.start(folder, simulator, Map.of("console.listen", "0.0.0.0:" + port)))
        .isInstanceOf(InvalidFileException.class)
        .hasMessageContaining("console.listen")
        .hasMessageContaining("open to everybody")
        .hasMessageContaining("orchscope users add");
  }

  @Test
  void saysWhatIsMissing() throws Exception {
    assertThat(get("/nothing").statusCode()).isEqualTo(404);
    assertThat(get("/groups/0123456789abcdef").body()).contains("There is no such group");
    assertThat(get("/circuits?name=no%2Fsuch").statusCode()).isEqualTo(404);
    assertThat(get("/assets/../application.properties").statusCode()).isEqualTo(404);
    assertThat(get("/assets/style.css").headers().firstValue("Cache-Control"))
        .contains("max-age=3600");
    assertThat(get("/favicon.ico").headers().firstValue("Content-Type")).contains("image/svg+xml");
  }

  private static List<GroupRow> groups() {
    return new FailureGroups(running.assembly().ledger(), Clock.systemUTC()).list();
  }

  private static GroupRow find(String id) {
    return new FailureGroups(running.assembly().ledger(), Clock.systemUTC()).find(id).orElseThrow();
  }

  private static String token(String path) throws Exception {
    return first(get(path).body(), "name=\"token\" value=\"([0-9a-f]{64})\"");
  }

  private static String first(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(pattern).isTrue();
    return matcher.group(1);
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return send(request(path).GET().build());
  }

  private static HttpResponse<String> post(String path, String form) throws Exception {
    return send(form(path, form).build());
  }

  private static int foreign(String path, String form, String header, String value)
      throws Exception {
    return send(form(path, form).header(header, value).build()).statusCode();
  }

  private static HttpRequest.Builder form(String path, String form) {
    return request(path)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(form));
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  private static HttpResponse<String> send(HttpRequest request)
      throws IOException, InterruptedException {
    return CLIENT.send(request, BodyHandlers.ofString());
  }
}
