package io.orchscope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orchscope.mdso.PollSummary;
import io.orchscope.settings.Secret;
import io.orchscope.simulator.Simulator;
import io.orchscope.telemetry.LogText;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens when somebody edits a route while the application works. */
final class RouteReloadTest {

  private static final Duration SOON = Duration.ofMinutes(2);
  private static final String REFUSED = "Route change rejected; the previous version stays active.";
  private static final String TAKEN = "Route change applied.";

  @TempDir private Path folder;
  private Path routes;

  @BeforeEach
  void copyRoutes() throws Exception {
    routes = Running.copyOfRoutes(folder);
  }

  @Test
  void takesAChangedRouteOverWithinSeconds() throws Exception {
    try (Simulator simulator = Running.world(Map.of("resources", "3"));
        Running running = start(simulator)) {
      running.pollAndSettle();

      replace("count-resources", "id: note-count", "id: note-count-anew");
      awaitLine(running, TAKEN, 1);
      PollSummary poll = running.pollAndSettle();

      assertThat(poll.isBalanced()).isTrue();
      assertThat(running.spans().named("note-count")).hasSize(1);
      assertThat(running.spans().named("note-count-anew")).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "is not YAML,        'method: ',                      'method: [',            not YAML",
    "knows no such step, '- bean:',                       '- baen:',              baen",
    "names no endpoint,  'uri: direct:call-mdso',         'uri: nosuch:call',     nosuch",
    "calls no route,     'uri: direct:call-mdso',         'uri: direct:nobody',   direct:nobody",
    "names no bean,      'ref: polls',                    'ref: pols',            pols",
    "names no method,    'method: \"count(',              'method: \"cuont(',     cuont",
    "is empty,           '',                              '',                     count-resources"
  })
  void refusesAChangeThatAndGoesOnWithTheOldRoute(
      String what, String old, String changed, String said) throws Exception {
    try (Simulator simulator = Running.world(Map.of("resources", "3"));
        Running running = start(simulator)) {
      Path file = routes.resolve("count-resources.camel.yaml");
      String good = Files.readString(file);

      write(file, old.isEmpty() ? "" : good.replace(old, changed));
      awaitLine(running, REFUSED, 1);
      PollSummary poll = running.pollAndSettle();
      write(file, good.replace("id: note-count", "id: note-count-anew"));
      awaitLine(running, TAKEN, 1);
      PollSummary next = running.pollAndSettle();

      assertThat(poll.incomplete()).isFalse();
      assertThat(poll.listed()).isEqualTo(3);
      assertThat(next.incomplete()).isFalse();
      assertThat(running.spans().named("note-count")).hasSize(1);
      assertThat(running.spans().named("note-count-anew")).hasSize(1);
      assertThat(running.log().lines())
          .anyMatch(
              line ->
                  line.contains(REFUSED)
                      && line.contains("count-resources.camel.yaml")
                      && line.contains(said));
    }
  }

  @Test
  void takesAChangeOfWhatHappensAtFailuresOverIntoEveryRoute() throws Exception {
    try (Simulator simulator = Running.world(Map.of("resources", "2"));
        Interposed mdso =
            Interposed.before(
                simulator.mdsoUrl(),
                asked ->
                    asked.query().contains("TraceLog")
                        ? java.util.Optional.of(Interposed.Answer.of(404))
                        : java.util.Optional.empty());
        Running running = start(simulator, Map.of("mdso.url", mdso.url()))) {

      replace("failures", "id: keep-dead-letter", "id: keep-dead-letter-anew");
      awaitLine(running, TAKEN, 1);
      PollSummary poll = running.pollAndSettle();

      assertThat(poll.isBalanced()).isTrue();
      assertThat(running.spans().named("keep-dead-letter-anew")).hasSize(2);
      assertThat(running.spans().named("keep-dead-letter")).isEmpty();
    }
  }

  @Test
  void masksTokensInTheLogAfterAChangedRouteAsBefore() throws Exception {
    try (Simulator simulator = Running.world(Map.of("resources", "2"));
        Running running = start(simulator)) {
      running.assembly().redaction().hideForNow(new Secret("opaque7Kq2"));
      String before = LogText.safe("the answer quotes opaque7Kq2");

      replace("count-resources", "id: note-count", "id: note-count-again");
      awaitLine(running, TAKEN, 1);

      assertThat(before).isEqualTo("the answer quotes ***");
      assertThat(LogText.safe("the answer quotes opaque7Kq2")).isEqualTo(before);
    }
  }

  @Test
  void takesAChangedScheduleRouteOverForEachProduct() throws Exception {
    String products = Files.readString(Path.of("config/products.yaml"));
    Running.configure(
        folder,
        "products.yaml",
        products
            .replaceFirst("schedule: .*", "schedule: '0/2 * * * * ?'")
            .replaceAll("(?m)^ +schedule: \".*\\n", ""));
    try (Simulator simulator = Running.world(Map.of("resources", "2"));
        Running running = start(simulator)) {
      running.awaitPoll(2);

      replace("schedule-poll", "id: name-product", "id: name-product-anew");
      awaitLine(running, TAKEN, 1);

      await().atMost(SOON).until(() -> running.spans().hasSeen("name-product-anew"));
      assertThat(running.log().lines()).noneMatch(line -> line.startsWith("ERROR"));
    }
  }

  @Test
  void ignoresTheFilesOfEditorsAtStartAndAtEachChange() throws Exception {
    try (Simulator simulator = Running.world(Map.of("resources", "3"))) {
      leaveFilesOfEditors("count-resources");
      try (Running running = start(simulator)) {
        leaveFilesOfEditors("read-page");
        replace("count-resources", "id: note-count", "id: note-count-anew");
        awaitLine(running, TAKEN, 1);
        PollSummary poll = running.pollAndSettle();

        assertThat(Inspection.ofRoutes(running.assembly().folders(), configuration(running)))
            .isEmpty();
        assertThat(poll.isBalanced()).isTrue();
        assertThat(running.spans().named("note-count-anew")).hasSize(1);
        assertThat(errors(running)).isEmpty();
      }
    }
  }

  @Test
  void takesAFileThatIsSavedInSeveralWritesAsOneChange() throws Exception {
    try (Simulator simulator = Running.world(Map.of("resources", "3"));
        Running running = start(simulator)) {
      Path file = routes.resolve("count-resources.camel.yaml");
      String text = Files.readString(file).replace("id: note-count", "id: note-count-anew");

      try (Writer slowly = Files.newBufferedWriter(file)) {
        for (String part : text.split("(?<=\n)", 4)) {
          slowly.write(part);
          slowly.flush();
          Instant next = Instant.now().plusMillis(600);
          await().until(() -> Instant.now().isAfter(next));
        }
      }
      awaitLine(running, TAKEN, 1);
      running.pollAndSettle();

      assertThat(running.spans().named("note-count-anew")).hasSize(1);
      assertThat(linesWith(running, TAKEN)).isEqualTo(1);
      assertThat(errors(running)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\uFEFF", "\r"})
  void takesAFileWithTheMarksOfAnotherSystem(String mark) throws Exception {
    try (Simulator simulator = Running.world(Map.of("resources", "3"));
        Running running = start(simulator)) {
      Path file = routes.resolve("count-resources.camel.yaml");
      String text = Files.readString(file).replace("id: note-count", "id: note-count-anew");

      write(file, mark.equals("\r") ? text.replace("\n", "\r\n") : mark + text);
      awaitLine(running, TAKEN, 1);
      running.pollAndSettle();

      assertThat(running.spans().named("note-count-anew")).hasSize(1);
      assertThat(errors(running)).isEmpty();
    }
  }

  @Test
  void takesARenamedFileWithARenamedRoute() throws Exception {
    try (Simulator simulator = Running.world(Map.of("resources", "3"));
        Running running = start(simulator)) {
      Path old = routes.resolve("count-resources.camel.yaml");
      String text = Files.readString(old).replace("id: count-resources\n", "id: count-them\n");

      write(routes.resolve("count-them.camel.yaml"), text);
      Files.delete(old);
      awaitLine(running, TAKEN, 1);
      PollSummary poll = running.pollAndSettle();

      assertThat(running.assembly().context().getRoute("count-resources")).isNull();
      assertThat(running.assembly().context().getRoute("count-them")).isNotNull();
      assertThat(poll.isBalanced()).isTrue();
      assertThat(poll.listed()).isEqualTo(3);
      assertThat(errors(running)).isEmpty();
    }
  }

  @Test
  void keepsARouteWhoseFileIsDeletedWhileOthersCallIt() throws Exception {
    try (Simulator simulator = Running.world(Map.of("resources", "3"));
        Running running = start(simulator)) {
      Path file = routes.resolve("count-resources.camel.yaml");
      String text = Files.readString(file);

      Files.delete(file);
      awaitLine(running, REFUSED, 1);
      PollSummary poll = running.pollAndSettle();
      write(file, text);
      awaitLine(running, "The route files are those of the active version again.", 1);

      assertThat(poll.isBalanced()).isTrue();
      assertThat(poll.listed()).isEqualTo(3);
      assertThat(running.assembly().rejectedFiles().current()).isEmpty();
    }
  }

  @Test
  void removesARouteWhoseFileIsDeletedAndThatNoRouteCalls() throws Exception {
    String spare =
        """
        - route:
            id: spare
            from:
              uri: direct:spare
              steps:
                - to:
                    uri: log:spare
        """;
    Path file = Files.writeString(routes.resolve("spare.camel.yaml"), spare);
    try (Simulator simulator = Running.world(Map.of("resources", "3"));
        Running running = start(simulator)) {
      boolean wasThere = running.assembly().context().getRoute("spare") != null;

      Files.delete(file);
      awaitLine(running, TAKEN, 1);

      assertThat(wasThere).isTrue();
      assertThat(running.assembly().context().getRoute("spare")).isNull();
    }
  }

  @Test
  void checksTheFilesOfARunningApplicationWithoutMistakes() throws Exception {
    try (Simulator simulator = Running.world(Map.of("resources", "3"));
        Running running = start(simulator)) {
      assertThat(Inspection.ofRoutes(running.assembly().folders(), configuration(running)))
          .isEmpty();
      assertThat(running.page().get("/").statusCode()).isEqualTo(200);
      assertThat(HealthPageTest.ready(running)).startsWith("{\"status\":\"UP\"");
    }
  }

  @Test
  void showsARejectionEverywhereAndThenItsEnd() throws Exception {
    try (Simulator simulator = Running.world(Map.of("resources", "3"));
        Running running = start(simulator)) {
      Path file = routes.resolve("count-resources.camel.yaml");
      String good = Files.readString(file);
      Shown before = Shown.of(running);

      write(file, good.replace("- bean:", "- baen:"));
      awaitLine(running, REFUSED, 1);
      Shown rejected = Shown.of(running);
      write(file, good.replace("id: note-count", "id: note-count-anew"));
      awaitLine(running, TAKEN, 1);
      Shown after = Shown.of(running);

      assertThat(before)
          .isEqualTo(new Shown("good All is well", List.of(), 200, "UP", "UP", 0, List.of(), 0));
      assertThat(rejected.tile()).isEqualTo("degraded Degraded");
      assertThat(rejected.banners()).hasSize(7).containsOnly("Route change rejected");
      assertThat(rejected.readyStatus()).isEqualTo(200);
      assertThat(rejected.health()).isEqualTo("DEGRADED");
      assertThat(rejected.check())
          .startsWith("DEGRADED a change is rejected, the previous")
          .contains("there is no step 'baen'");
      assertThat(rejected.gauge()).isEqualTo(1);
      assertThat(rejected.api()).containsExactly("routes there is no step 'baen'");
      assertThat(rejected.gaugeOfRules()).isZero();
      assertThat(after).isEqualTo(before);
    }
  }

  /**
   * What people and programs see of a rejection.
   *
   * @param banners their titles, on all pages
   */
  private record Shown(
      String tile,
      List<String> banners,
      int readyStatus,
      String health,
      String check,
      long gauge,
      List<String> api,
      long gaugeOfRules) {

    private static final Pattern BANNER =
        Pattern.compile("<div class=\"alarm\" role=\"status\"><b>([^<]+)</b>");
    private static final Pattern TILE =
        Pattern.compile("<a class=\"tile (\\w+)\" href=\"#health\"><b>([^<]+)</b>");

    static Shown of(Running running) throws Exception {
      List<String> banners = new ArrayList<>();
      for (String path :
          List.of("/", "/groups", "/rules", "/collections", "/alerts", "/reports", "/search")) {
        BANNER
            .matcher(running.page().get(path).body())
            .results()
            .forEach(found -> banners.add(found.group(1)));
      }
      JsonNode ready = new ObjectMapper().readTree(HealthPageTest.ready(running));
      List<String> checks = new ArrayList<>();
      for (JsonNode check : ready.path("checks")) {
        if (check.path("name").asText().equals("routes")) {
          checks.add(
              (check.path("status").asText() + " " + check.path("reason").asText("")).strip());
        }
      }
      List<String> api = new ArrayList<>();
      for (JsonNode each :
          new ObjectMapper()
              .readTree(running.page().get("/api/v1/overview").body())
              .path("rejected")) {
        api.add(
            each.path("kind").asText()
                + " "
                + each.path("mistakes").path(0).path("reason").asText());
      }
      MetricsText metrics = MetricsText.of(running);
      return new Shown(
          TILE.matcher(running.page().get("/").body())
              .results()
              .map(found -> found.group(1) + " " + found.group(2))
              .collect(Collectors.joining()),
          banners,
          HealthPageTest.status(running),
          ready.path("status").asText(),
          String.join(",", checks),
          metrics.sum("mdso_files_rejected", "kind=\"routes\""),
          api,
          metrics.sum("mdso_files_rejected", "kind=\"rules\""));
    }
  }

  private Running start(Simulator simulator) throws Exception {
    return start(simulator, Map.of());
  }

  private Running start(Simulator simulator, Map<String, String> more) throws Exception {
    Map<String, String> settings = new HashMap<>(Running.inProduction());
    settings.put("routes.reload", "yes");
    settings.putAll(more);
    return Running.start(folder, routes, simulator, settings);
  }

  private static Configuration configuration(Running running) {
    return running.assembly().configuration();
  }

  /** As Emacs, vi, nano, JetBrains and macOS leave them. */
  private void leaveFilesOfEditors(String route) throws Exception {
    String name = route + ".camel.yaml";
    Files.createSymbolicLink(routes.resolve(".#" + name), Path.of("someone@desk.example.com.1"));
    Files.write(routes.resolve("._" + name), new byte[] {0, 5, 22, 7, -1, -2});
    Files.writeString(routes.resolve("." + name), "- route: [");
    Files.writeString(routes.resolve("." + name + ".swp"), "b0VIM");
    Files.writeString(routes.resolve(name + "~"), "- route: [");
    Files.writeString(routes.resolve("#" + name + "#"), "- route: [");
    Files.writeString(routes.resolve(name + ".tmp"), "- route: [");
    Files.writeString(routes.resolve(name + ".bak"), "- route: [");
    Files.createDirectory(routes.resolve(route + "-old.camel.yaml"));
  }

  private static List<String> errors(Running running) {
    return running.log().lines().stream().filter(line -> line.startsWith("ERROR")).toList();
  }

  private static long linesWith(Running running, String sentence) {
    return running.log().lines().stream().filter(line -> line.contains(sentence)).count();
  }

  private void replace(String route, String old, String changed) throws Exception {
    Path file = routes.resolve(route + ".camel.yaml");
    String text = Files.readString(file);
    assertThat(text).contains(old);
    write(file, text.replace(old, changed));
  }

  /** As an editor does: beside it, then in its place. */
  private static void write(Path file, String text) throws Exception {
    Path beside = Files.writeString(file.resolveSibling(file.getFileName() + ".tmp"), text);
    Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void awaitLine(Running running, String sentence, int times) {
    await().atMost(SOON).until(() -> linesWith(running, sentence) >= times);
  }
}
