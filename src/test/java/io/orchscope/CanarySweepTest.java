package io.orchscope;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchscope.cli.TypedCommand;
import io.orchscope.otlp.OtlpReceiver;
import io.orchscope.otlp.Signal;
import io.orchscope.simulator.Simulator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Secrets of every form in all that other systems send, searched in all that the program writes and
 * sends.
 *
 * <pre>
 * MDSO  token, reasons, traces, error bodies, log archive ─┐              ┌─ ledger, evidence, logs
 * Beorn error bodies                                       ├─ orchscope ──┼─ page, API, downloads
 * Webex error bodies                                       ┘              ├─ Webex, OTLP, metrics
 *                                                                         └─ reports, commands
 * </pre>
 */
final class CanarySweepTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int MOST_PAGES = 400;
  private static final Pattern LINK = Pattern.compile("(?:href|src|hx-get)=\"(/[^\"]*)\"");

  private static final String REPORTS =
      """
      reports:
        - name: often
          products: [service_mapper]
          window: 1h
          schedule: 0/3 * * * * ?
          room: sim-room-service-mapper
      """;

  @TempDir private Path folder;

  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicInteger reads = new AtomicInteger();
  private final AtomicInteger logIns = new AtomicInteger();
  private final AtomicInteger messages = new AtomicInteger();
  private final Map<String, String> tokens = new ConcurrentHashMap<>();
  private final Set<String> ended = ConcurrentHashMap.newKeySet();

  @Test
  void findsNoSecretOfAnotherSystemInAnythingWrittenOrSent() throws Exception {
    Canaries canaries = new Canaries(Path.of("src/test/resources/secret/placed-forms.txt"));
    Map<String, String> words =
        Map.of(
            "resources",
            "100",
            "failures",
            "80%",
            "log-hosts",
            "2",
            "log-bytes",
            "20000",
            "log-archive",
            "yes");
    Running.configure(folder, "reports.yaml", REPORTS);
    try (Simulator simulator = Running.world(words);
        OtlpReceiver receiver = OtlpReceiver.start();
        Interposed mdso =
            Interposed.before(
                simulator.mdsoUrl(), asked -> ofMdso(asked, simulator.mdsoUrl(), canaries));
        Interposed beorn = Interposed.before(simulator.beornUrl(), asked -> ofBeorn(canaries));
        Interposed webex =
            Interposed.before(
                URI.create(simulator.webexUrl().toString().replace("/v1", "")),
                asked -> ofWebex(asked, canaries));
        Exporting exporting = Exporting.with(folder, oftenTo(receiver))) {
      Map<String, String> settings = settings(simulator, mdso, beorn, webex);
      try (Running running = Running.start(folder, simulator, settings)) {
        running.pollAndSettle();
        assertThat(running.assembly().awaitFollowUps(LIMIT)).isTrue();
        running.assembly().awaitAlerts(LIMIT);
        await().atMost(LIMIT).until(() -> hasFile(".xlsx"));
        receiver.awaitCount(Signal.LOGS, 1, LIMIT);
        receiver.awaitCount(Signal.METRICS, 1, LIMIT);
        receiver.awaitCount(Signal.TRACES, 1, LIMIT);

        for (String place : List.of("trace", "reason", "host log", "mdso error", "beorn error")) {
          assertThat(canaries.formsAt(place)).as(place).isEqualTo(canaries.forms());
        }
        searchKept(running, canaries);
        searchShown(running, canaries);
      }
      assertThat(ended).isNotEmpty();
      searchCommands(settings, canaries);
      searchFiles(canaries);
      webex.asked().forEach(asked -> canaries.search("to Webex", asked.toString()));
      beorn.asked().forEach(asked -> canaries.search("to Beorn", asked.query() + asked.headers()));
      receiver.spans().forEach(span -> canaries.search("OTLP span", span.toString()));
      receiver.metrics().forEach(metric -> canaries.search("OTLP metric", metric.toString()));
      receiver.logs().forEach(log -> canaries.search("OTLP log", log.toString()));

      assertThat(canaries.found()).isEmpty();
    }
  }

  private Map<String, String> settings(
      Simulator simulator, Interposed mdso, Interposed beorn, Interposed webex) throws IOException {
    Map<String, String> settings = new HashMap<>(Running.inProduction());
    LogHostSettings.add(settings, simulator, folder.resolve("hosts"));
    Files.writeString(
        Path.of(settings.get("logs.hosts-file")),
        "  - name: archive\n    archive: yes\n",
        StandardOpenOption.APPEND);
    settings.put("logs.root", folder.resolve("host-logs").toString());
    settings.put("error-tests.file", folder.resolve("hosts/none.yaml").toString());
    settings.put("reports.root", folder.resolve("reports").toString());
    settings.put("reports.look-every", "200ms");
    settings.put("mdso.url", mdso.url());
    settings.put("beorn.url", beorn.url());
    settings.put("webex.url", webex.url() + "/v1");
    return settings;
  }

  private static Map<String, String> oftenTo(OtlpReceiver receiver) {
    return Map.of(
        "otel.exporter.otlp.endpoint", receiver.endpoint(),
        "otel.bsp.schedule.delay", "100",
        "otel.blrp.schedule.delay", "100",
        "otel.metric.export.interval", "500");
  }

  private boolean hasFile(String end) throws IOException {
    Path reports = folder.resolve("reports");
    if (!Files.exists(reports)) {
      return false;
    }
    try (Stream<Path> files = Files.walk(reports)) {
      return files.anyMatch(file -> file.toString().endsWith(end));
    }
  }

  private void searchKept(Running running, Canaries canaries) throws Exception {
    canaries.search("log", running.log().text());
    running
        .log()
        .events()
        .forEach(event -> canaries.search("log fields", String.valueOf(event.getKeyValuePairs())));
    running.spans().settled().forEach(span -> canaries.search("span", span.toString()));
    running.alerts().forEach(text -> canaries.search("alert", text));
    canaries.search("metrics", MetricsText.of(running).toString());
    searchFiles(canaries);
  }

  private void searchFiles(Canaries canaries) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        canaries.search(folder.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
  }

  /** Follows all links of the page, downloads among them, and reads the interface for programs. */
  private void searchShown(Running running, Canaries canaries) throws Exception {
    PageClient page = running.page();
    Deque<String> open = new ArrayDeque<>(List.of("/", "/collections", "/reports", "/api/v1"));
    for (String path :
        List.of("/overview", "/groups", "/alerts", "/audit", "/dead-letters", "/proposals")) {
      open.add("/api/v1" + path);
    }
    running
        .decided()
        .forEach(
            it -> {
              String name = URLEncoder.encode(it.resource().circuit().value(), UTF_8);
              open.add("/circuits?name=" + name);
              open.add("/api/v1/circuit?name=" + name);
            });
    Set<String> seen = new LinkedHashSet<>(open);
    int archives = 0;
    while (!open.isEmpty() && seen.size() < MOST_PAGES) {
      String path = open.remove();
      HttpResponse<byte[]> answer =
          page.http()
              .send(
                  HttpRequest.newBuilder(page.base().resolve(path)).build(),
                  HttpResponse.BodyHandlers.ofByteArray());
      canaries.search("GET " + path, answer.body());
      canaries.search("headers of " + path, answer.headers().map().toString());
      archives +=
          new String(answer.body(), 0, Math.min(2, answer.body().length)).equals("PK") ? 1 : 0;
      Matcher link = LINK.matcher(new String(answer.body(), UTF_8));
      while (link.find()) {
        String next = link.group(1).replace("&amp;", "&");
        if (seen.add(next)) {
          open.addFirst(next);
        }
      }
    }
    System.out.printf("page: %d addresses, %d of them archives%n", seen.size(), archives);
  }

  private void searchCommands(Map<String, String> settings, Canaries canaries) throws Exception {
    Path properties = folder.resolve("config/application.properties");
    String text = Files.readString(properties);
    settings.put("ledger.file", folder.resolve("ledger.db").toString());
    settings.put("evidence.root", folder.resolve("evidence").toString());
    for (Map.Entry<String, String> key : settings.entrySet()) {
      text = text.replaceFirst("(?m)^" + Pattern.quote(key.getKey()) + " =.*", "");
      text += "\n" + key.getKey() + " = " + key.getValue();
    }
    Files.writeString(properties, text + "\n");
    String circuit = circuit();
    List<String> commands =
        List.of(
            "circuit " + circuit + " --json",
            "circuit " + circuit,
            "explain " + circuit,
            "explain " + circuit + " --json",
            "groups list",
            "dead-letters list",
            "dead-letters list --json",
            "evidence list --json",
            "evidence export " + circuit + " --out " + folder.resolve("exported.zip"),
            "report --window 1h --out " + folder.resolve("exported"),
            "rules stats",
            "rules propose --json");
    for (String command : commands) {
      String output = output(command.split(" ", -1));
      System.out.printf(
          "%s: %d characters%n", command.replaceAll("/\\S+", "FILE"), output.length());
      canaries.search(command, output);
    }
  }

  private String circuit() throws IOException {
    try (Stream<Path> found = Files.list(folder.resolve("evidence/service_mapper"))) {
      return found
          .map(path -> String.valueOf(path.getFileName()))
          .sorted()
          .findFirst()
          .orElseThrow();
    }
  }

  /** What a command writes to both of its streams, its log lines included. */
  private String output(String... words) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = System.out;
    PrintStream err = System.err;
    try (PrintStream both = new PrintStream(bytes, true, UTF_8)) {
      System.setOut(both);
      System.setErr(both);
      String config = "--config=" + folder.resolve("config");
      String printed =
          TypedCommand.of(
              "", Stream.concat(Stream.of(words), Stream.of(config)).toArray(String[]::new));
      return printed + bytes.toString(UTF_8);
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  private static Optional<Interposed.Answer> ofBeorn(Canaries canaries) {
    return Optional.of(
        Interposed.Answer.of(
            canaries.formsAt("beorn error") % 2 == 0 ? 502 : 404, error(canaries, "beorn error")));
  }

  /** Every third message is refused, and the answer quotes a secret. */
  private Optional<Interposed.Answer> ofWebex(Interposed.Asked asked, Canaries canaries) {
    return asked.isFor("POST", "/messages") && messages.getAndIncrement() % 3 == 0
        ? Optional.of(Interposed.Answer.of(400, error(canaries, "webex error")))
        : Optional.empty();
  }

  private static String error(Canaries canaries, String place) {
    return JSON.createObjectNode().put("message", canaries.text(place)).toString();
  }

  private Optional<Interposed.Answer> ofMdso(Interposed.Asked asked, URI mdso, Canaries canaries) {
    boolean isLogIn = asked.isFor("POST", "/tokens");
    if (isLogIn && logIns.getAndIncrement() == 0) {
      return Optional.of(Interposed.Answer.of(503, error(canaries, "mdso error")));
    }
    int read = asked.query().contains("TraceLog") ? reads.incrementAndGet() : 1;
    if (read % 3 == 0) {
      int status = List.of(400, 500, 403, 502, 422).get(read / 3 % 5);
      return Optional.of(Interposed.Answer.of(status, error(canaries, "mdso error")));
    }
    try {
      HttpResponse<byte[]> answer = ask(asked, mdso);
      byte[] body = answer.body();
      String text = new String(body, UTF_8);
      if (isLogIn) {
        body = disguised(text, canaries);
      } else if (text.startsWith("PK")) {
        body = planted(body, canaries);
      } else if (text.startsWith("{") && asked.path().contains("/resources")) {
        body = planted(JSON.readTree(text), canaries);
      }
      byte[] content = body;
      return Optional.of(
          answer.statusCode() == 204
              ? Interposed.Answer.of(204)
              : new Interposed.Answer(
                  answer.statusCode(), Map.of(), "", Optional.of(out -> out.write(content))));
    } catch (IOException broken) {
      return Optional.empty();
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Asks MDSO itself, with its own token in place of the one that the program knows. */
  private HttpResponse<byte[]> ask(Interposed.Asked asked, URI mdso)
      throws IOException, InterruptedException {
    String path = asked.path();
    for (Map.Entry<String, String> token : tokens.entrySet()) {
      if (path.endsWith("/" + token.getKey())) {
        path = path.replace(token.getKey(), token.getValue());
        ended.add(token.getKey());
      }
    }
    String query = asked.query().isEmpty() ? "" : "?" + asked.query();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(mdso + path + query))
            .method(asked.method(), HttpRequest.BodyPublishers.ofString(asked.body()));
    Optional.ofNullable(asked.headers().get("content-type"))
        .ifPresent(type -> request.header("Content-Type", type));
    String authorization = asked.headers().getOrDefault("authorization", "");
    String known = authorization.replaceFirst("^Bearer ", "");
    if (!authorization.isEmpty()) {
      request.header("Authorization", "Bearer " + tokens.getOrDefault(known, known));
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private byte[] disguised(String answer, Canaries canaries) throws IOException {
    ObjectNode body = (ObjectNode) JSON.readTree(answer);
    String token = canaries.secret() + "/+=%" + canaries.secret() + "==";
    tokens.put(token, body.path("token").asText());
    return body.put("token", token).toString().getBytes(UTF_8);
  }

  private static byte[] planted(JsonNode body, Canaries canaries) {
    for (JsonNode node : body.findParents("state")) {
      ObjectNode entry = (ObjectNode) node;
      entry.put("message", canaries.text("trace"));
      if (!node.path("categorized_error").asText("").isEmpty()) {
        entry.put("categorized_error", canaries.text("trace"));
      }
    }
    for (JsonNode node : body.findParents("reason")) {
      ((ObjectNode) node).put("reason", canaries.text("reason"));
    }
    return body.toString().getBytes(UTF_8);
  }

  /** The archive of logs, with a secret in every third line. */
  private static byte[] planted(byte[] archive, Canaries canaries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipInputStream from = new ZipInputStream(new ByteArrayInputStream(archive));
        ZipOutputStream to = new ZipOutputStream(bytes)) {
      for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
        to.putNextEntry(new ZipEntry(entry.getName()));
        int number = 0;
        for (String line : new String(from.readAllBytes(), UTF_8).split("\n", -1)) {
          String more = number++ % 3 == 0 ? " " + canaries.text("host log") : "";
          to.write((line + more + "\n").getBytes(UTF_8));
        }
        to.closeEntry();
      }
    }
    return bytes.toByteArray();
  }
}
