package io.orchscope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orchscope.mdso.PollSummary;
import io.orchscope.simulator.Simulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What happens when somebody edits a route while the application works. */
final class RouteReloadTest {

  private static final Duration SOON = Duration.ofMinutes(2);
  private static final String REFUSED = "A changed route was refused; the old one goes on.";
  private static final String TAKEN = "Changed routes were taken over.";

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
        Running running =
            Running.start(
                folder,
                routes,
                simulator,
                Map.of("mdso.url", mdso.url(), "routes.reload", "yes"))) {

      replace("failures", "id: keep-dead-letter", "id: keep-dead-letter-anew");
      awaitLine(running, TAKEN, 1);
      PollSummary poll = running.pollAndSettle();

      assertThat(poll.isBalanced()).isTrue();
      assertThat(running.spans().named("keep-dead-letter-anew")).hasSize(2);
      assertThat(running.spans().named("keep-dead-letter")).isEmpty();
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

  private Running start(Simulator simulator) throws Exception {
    return Running.start(folder, routes, simulator, Map.of("routes.reload", "yes"));
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
    await()
        .atMost(SOON)
        .until(
            () ->
                running.log().lines().stream().filter(line -> line.contains(sentence)).count()
                    >= times);
  }
}
