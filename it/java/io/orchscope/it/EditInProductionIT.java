package io.orchscope.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orchscope.FreePort;
import io.orchscope.simulator.Simulator;
import io.orchscope.simulator.SimulatorOptions;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Edits of route and rule files while the packaged program polls, with page, page of metrics and
 * Webex on: page, API, health and log show the outcome of each, and no circuit is lost.
 */
final class EditInProductionIT {

  /** In seconds; on a machine with other work as long as a start of the program, if longer. */
  private static final Duration LIMIT = Duration.ofSeconds(Integer.getInteger("edit.seconds", 5));

  private static final Duration START = Duration.ofSeconds(120);
  private static final int CIRCUITS = 60;
  private static final int ARRIVE = 4;
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String APPLIED = " change applied.";
  private static final String REJECTED = " change rejected; the previous version stays active.";
  private static final String ACTIVE_AGAIN = "those of the active version again.";
  private static final String COUNT = "routes/count-resources.camel.yaml";
  private static final String RULES = "config/defect-rules.yaml";

  @TempDir private Path folder;
  private final List<String> slow = new ArrayList<>();
  private Simulator simulator = world();
  private Path home = Path.of("");
  private URI page = URI.create("http://127.0.0.1");
  private URI health = page;
  private int edits;
  private int changes;
  private int arrived;
  private long slowest;
  private Duration limit = LIMIT;

  /** Something that people do to a file. */
  @FunctionalInterface
  private interface Edit {
    void make() throws Exception;
  }

  @BeforeEach
  void begin() {
    home = folder.resolve("home");
  }

  @AfterEach
  void end() {
    simulator.close();
  }

  @Test
  void showsTheOutcomeOfEveryEditAndLosesNoCircuit() throws Exception {
    Program program = Program.in(home, settings());
    poll();
    try (Program.Begun run = program.begin(List.of("run"))) {
      await().atMost(START).until(() -> says(() -> get(page.resolve("/")).statusCode() == 200));
      await().atMost(START).until(() -> simulator.messages().size() > 0);
      Instant begun = Instant.now();
      Program.Ended check = program.run(List.of("check"), START.toSeconds());
      Duration start = Duration.between(begun, Instant.now());
      limit = start.compareTo(LIMIT) > 0 ? start : LIMIT;
      editRoutes(run);
      editRules(run);
      saveSlowly(run);
      leaveFilesOfEditors(run);
      halfWrittenFiles(run);
      breakAndDelete(run, program);
      editFailuresAndSchedules(run);
      int expected = CIRCUITS + arrived;
      await().atMost(START).until(() -> LedgerAudit.of(home, List.of()).decided() == expected);
      await().atMost(START).until(() -> imbalance() == 0);
      long imbalance = imbalance();
      run.terminate();
      Program.Ended ended = run.end(START.toSeconds());
      LedgerAudit audit = LedgerAudit.of(home, simulator.messages());

      System.out.printf(
          "Edits in production: %d made, the slowest outcome was seen after %.1f s (limit %.1f s); circuits %d,"
              + " decided %d, imbalance %d%n",
          edits, slowest / 1000.0, limit.toMillis() / 1000.0, expected, audit.decided(), imbalance);
      assertThat(check.exitCode()).as(check.err()).isZero();
      assertThat(edits).isEqualTo(20);
      assertThat(slow).isEmpty();
      assertThat(audit.decided()).isEqualTo(expected);
      assertThat(imbalance).isZero();
      assertThat(ended.err().lines().filter(line -> line.contains(" ERROR ")))
          .allMatch(line -> line.contains(REJECTED));
    }
  }

  private void editRoutes(Program.Begun run) {
    applied(run, "route", () -> replace(COUNT, changed(COUNT)));
    String good = text(COUNT);
    rejected(
        run, "routes", "not YAML", () -> replace(COUNT, good.replace("method: ", "method: [")));
    activeAgain(run, () -> replace(COUNT, good));
  }

  private void editRules(Program.Begun run) {
    applied(run, "rule", () -> replace(RULES, changed(RULES)));
    String good = text(RULES);
    rejected(
        run,
        "rules",
        "unknown severity",
        () -> replace(RULES, good.replaceFirst("severity: \\w+", "severity: catastrophic")));
    applied(run, "rule", () -> replace(RULES, versioned(good)));
  }

  private void saveSlowly(Program.Begun run) {
    applied(run, "route", () -> writeSlowly(COUNT, changed(COUNT)));
    applied(run, "rule", () -> writeSlowly(RULES, changed(RULES)));
  }

  private void leaveFilesOfEditors(Program.Begun run) {
    String[] names = {".#%s", "._%s", ".%s", ".%s.swp", "%s~", "#%s#", "%s.tmp", "%s.bak"};
    ignored(
        run,
        () -> {
          for (String name : names) {
            Path file =
                home.resolve("routes").resolve(name.formatted("count-resources.camel.yaml"));
            if (name.startsWith(".#")) {
              Files.createSymbolicLink(file, Path.of("someone@desk.example.com.1"));
            } else {
              Files.writeString(file, "- route: [");
            }
          }
        });
    ignored(
        run,
        () -> {
          for (String name : names) {
            Files.writeString(
                home.resolve("config").resolve(name.formatted("defect-rules.yaml")), "rules: [");
          }
        });
  }

  private void halfWrittenFiles(Program.Begun run) {
    String route = changed(COUNT);
    rejected(run, "routes", "the file is empty", () -> write(COUNT, ""));
    applied(run, "route", () -> write(COUNT, route));
    String rules = changed(RULES);
    rejected(
        run,
        "rules",
        "not YAML",
        () -> write(RULES, rules.substring(0, rules.indexOf("pattern: '") + 12)));
    applied(run, "rule", () -> write(RULES, rules));
  }

  private void breakAndDelete(Program.Begun run, Program program) throws Exception {
    String good = changed(COUNT);
    rejected(
        run,
        "routes",
        "direct:nowhere",
        () -> write(COUNT, good.replace("uri: direct:call-mdso", "uri: direct:nowhere")));
    Program.Ended doctor = program.run(List.of("doctor"), START.toSeconds());
    assertThat(doctor.out())
        .contains("WRONG files      rejected, a running Orchscope keeps the previous version");
    rejected(run, "routes", "no route begins with that", () -> Files.delete(home.resolve(COUNT)));
    applied(run, "route", () -> write(COUNT, good));
  }

  private void editFailuresAndSchedules(Program.Begun run) {
    String failures = "routes/failures.camel.yaml";
    applied(
        run,
        "route",
        () -> replace(failures, text(failures).replace("id: give-up", "id: give-up-now")));
    applied(run, "route", () -> replace(COUNT, "\uFEFF" + changed(COUNT).replace("\n", "\r\n")));
    assertThat(text(COUNT)).contains("\r\n");
    applied(
        run,
        "route",
        () -> {
          String schedule = "routes/schedule-poll.camel.yaml";
          replace(schedule, text(schedule).replace("id: name-product", "id: name-the-product"));
        });
  }

  private void applied(Program.Begun run, String kind, Edit edit) {
    long before = lines(run, kind + APPLIED);
    outcome(
        kind + " applied",
        edit,
        () ->
            lines(run, kind + APPLIED) > before
                && shownOnPage().isEmpty()
                && shownByApi("").isEmpty()
                && shownByHealth().isEmpty());
  }

  private void activeAgain(Program.Begun run, Edit edit) {
    outcome(
        "active again",
        edit,
        () ->
            run.said().contains(ACTIVE_AGAIN)
                && shownOnPage().isEmpty()
                && shownByApi("").isEmpty()
                && shownByHealth().isEmpty());
  }

  private void rejected(Program.Begun run, String kind, String reason, Edit edit) {
    outcome(
        kind + " rejected: " + reason,
        edit,
        () ->
            run.said().lines().anyMatch(line -> line.contains(REJECTED) && line.contains(reason))
                && shownOnPage().contains(kind)
                && shownByApi(reason).contains(kind)
                && shownByHealth().contains(kind));
  }

  /** Nothing is said about it, as the next edits show as well. */
  private void ignored(Program.Begun run, Edit edit) {
    String before = run.said().lines().filter(it -> it.contains(" change ")).toList().toString();
    Instant settled = Instant.now().plus(Duration.ofSeconds(3));
    outcome(
        "ignored",
        edit,
        () ->
            Instant.now().isAfter(settled)
                && run.said()
                    .lines()
                    .filter(it -> it.contains(" change "))
                    .toList()
                    .toString()
                    .equals(before)
                && shownOnPage().isEmpty()
                && shownByApi("").isEmpty()
                && shownByHealth().isEmpty());
  }

  private void outcome(String what, Edit edit, Callable<Boolean> seen) {
    edits++;
    simulator.arrive(ARRIVE);
    arrived += ARRIVE;
    try {
      edit.make();
    } catch (Exception impossible) {
      throw new AssertionError(what, impossible);
    }
    Instant made = Instant.now();
    await(what).atMost(START).pollInterval(Duration.ofMillis(100)).until(() -> says(seen));
    Duration took = Duration.between(made, Instant.now());
    slowest = Math.max(slowest, took.toMillis());
    if (took.compareTo(limit) > 0) {
      slow.add(what + " " + took);
    }
  }

  /** The banners of a page that is about something else. */
  private Set<String> shownOnPage() throws Exception {
    String shown = get(page.resolve("/search")).body();
    Set<String> kinds = new TreeSet<>();
    if (shown.contains("<b>Route change rejected</b>")) {
      kinds.add("routes");
    }
    if (shown.contains("<b>Rule change rejected</b>")) {
      kinds.add("rules");
    }
    return kinds;
  }

  private Set<String> shownByApi(String reason) throws Exception {
    Set<String> kinds = new TreeSet<>();
    for (JsonNode each : json(page.resolve("/api/v1/overview")).path("rejected")) {
      if (each.path("mistakes").toString().contains(reason)) {
        kinds.add(each.path("kind").asText());
      }
    }
    return kinds;
  }

  /** The checks that are degraded; the page answers 200 all the while. */
  private Set<String> shownByHealth() throws Exception {
    HttpResponse<String> ready = get(health.resolve("/observe/health/ready"));
    assertThat(ready.statusCode()).as(ready.body()).isEqualTo(200);
    Set<String> kinds = new TreeSet<>();
    for (JsonNode check : new ObjectMapper().readTree(ready.body()).path("checks")) {
      if (check.path("status").asText().equals("DEGRADED")) {
        kinds.add(check.path("name").asText());
      }
    }
    return kinds;
  }

  private long imbalance() throws Exception {
    JsonNode balance = json(page.resolve("/api/v1/overview")).path("balance");
    return balance.path("undecided").asLong()
        + balance.path("silent").asLong()
        + balance.path("stranded").asLong();
  }

  private static JsonNode json(URI address) throws Exception {
    return new ObjectMapper().readTree(get(address).body());
  }

  private static HttpResponse<String> get(URI address) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(20)).build(),
        BodyHandlers.ofString());
  }

  private static boolean says(Callable<Boolean> seen) throws Exception {
    try {
      return seen.call();
    } catch (IOException notYet) {
      return false;
    }
  }

  private static long lines(Program.Begun run, String sentence) {
    return run.said()
        .toLowerCase(java.util.Locale.ROOT)
        .lines()
        .filter(line -> line.contains(sentence))
        .count();
  }

  /** The file with another id or version, whatever earlier edits made of it. */
  private String changed(String file) {
    String text = text(file).replace("\uFEFF", "").replace("\r\n", "\n");
    return file.equals(RULES)
        ? versioned(text)
        : text.replaceFirst("id: note-count[-0-9]*", "id: note-count-" + ++changes);
  }

  private String versioned(String rules) {
    return rules.replaceFirst("version: .*", "version: edit-" + ++changes);
  }

  private String text(String file) {
    try {
      return Files.readString(home.resolve(file));
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(home.resolve(file), text);
  }

  /** Beside the file, then in its place. */
  private void replace(String file, String text) throws IOException {
    Path beside = Files.writeString(home.resolve(file + ".tmp"), text);
    Files.move(beside, home.resolve(file), StandardCopyOption.REPLACE_EXISTING);
  }

  /** Truncates the file and writes it in several parts, as over a slow network. */
  private void writeSlowly(String file, String text) throws IOException {
    int part = text.length() / 5;
    try (Writer writer = Files.newBufferedWriter(home.resolve(file))) {
      for (int from = 0; from < text.length(); from += part) {
        writer.write(text, from, Math.min(part, text.length() - from));
        writer.flush();
        Instant next = Instant.now().plusMillis(400);
        await().pollInterval(Duration.ofMillis(50)).until(() -> Instant.now().isAfter(next));
      }
    }
  }

  private static Simulator world() {
    return Simulator.start(
        SimulatorOptions.parse(
            Map.of(
                "products", "ServiceMapper",
                "resources", String.valueOf(CIRCUITS),
                "failures", "60%",
                "latency", "20ms")));
  }

  private Map<String, String> settings() throws IOException {
    Map<String, String> settings = new HashMap<>(GivenSettings.of(simulator));
    page = URI.create("http://127.0.0.1:" + FreePort.next());
    health = URI.create("http://127.0.0.1:" + FreePort.next());
    settings.put("console.listen", page.getAuthority());
    settings.put("observe.listen", health.getAuthority());
    settings.put("routes.reload", "yes");
    settings.put("rules.reload", "yes");
    return settings;
  }

  /** Service mappers alone, every three seconds. */
  private void poll() throws IOException {
    Path products = home.resolve("config/products.yaml");
    String text = Files.readString(products);
    Files.writeString(
        products,
        text.replaceFirst("schedule: .*", "schedule: \"0/3 * * * * ?\"")
            .replaceAll("(?m)^ +schedule: \"0 .*\\n", ""));
  }
}
