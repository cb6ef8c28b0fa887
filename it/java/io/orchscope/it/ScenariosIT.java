package io.orchscope.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.simulator.Simulator;
import io.orchscope.simulator.SimulatorOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every folder of {@code it/scenarios} holds; how to add one is told in it/README.md. */
final class ScenariosIT {

  private static final Path SCENARIOS = Path.of("it", "scenarios");
  private static final long SECONDS = 300;

  /** Left behind until the next run, for whoever wants to look into a failure. */
  private static final Path HOMES = Path.of("target", "it", "scenarios").toAbsolutePath();

  @TestFactory
  Stream<DynamicTest> everyScenarioHolds() {
    String wanted = System.getProperty("scenario", "");
    List<Scenario> scenarios =
        Scenario.in(SCENARIOS).stream().filter(it -> it.name().contains(wanted)).toList();

    assertThat(scenarios).as("folders in %s with '%s' in the name", SCENARIOS, wanted).isNotEmpty();
    return scenarios.stream()
        .map(it -> DynamicTest.dynamicTest(it.name(), it.folder().toUri(), () -> holds(it)));
  }

  private static void holds(Scenario scenario) {
    assertThat(scenario.mistakes()).as("files of " + scenario.name()).isEmpty();
    Map<String, String> options = scenario.simulatorOptions();
    try (Simulator simulator = Simulator.start(SimulatorOptions.parse(options))) {
      scenario.resources().forEach(simulator::put);
      scenario.traces().forEach(simulator::putTrace);

      Path home = HOMES.resolve(scenario.name());
      Result result = run(scenario, simulator, home);

      List<String> differences = new ArrayList<>(result.differences(scenario));
      differences.addAll(result.leaks(simulator.credentials()));
      if (!differences.isEmpty()) {
        throw new AssertionError(
            "%s is not as expected:%n  %s%n%nFiles: %s%n%s"
                .formatted(
                    scenario.name(), String.join("\n  ", differences), home, result.story()));
      }
    }
  }

  private static Result run(Scenario scenario, Simulator simulator, Path home) {
    Map<String, String> settings = settings(simulator);
    settings.putAll(scenario.settings());
    Program program = Program.in(home, settings);
    List<Program.Ended> ended =
        scenario.commands().stream().map(words -> program.run(words, SECONDS)).toList();
    return new Result(
        ended,
        KeptVerdicts.byCircuit(home.resolve("var").resolve("evidence")),
        simulator.messages(),
        Traffic.of(simulator, retryAfter(scenario.simulatorOptions())),
        program.logFiles());
  }

  /** What every scenario starts from; its own settings come on top. */
  private static Map<String, String> settings(Simulator simulator) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("environment", "it");
    settings.put("mdso.url", simulator.mdsoUrl().toString());
    settings.put("mdso.username", simulator.credentials().username());
    settings.put("mdso.password", simulator.credentials().password());
    settings.put("mdso.tenant", simulator.credentials().tenant());
    settings.put("webex.url", simulator.webexUrl().toString());
    settings.put("webex.token", simulator.credentials().webexBotToken());
    settings.put("alerts.channel", "webex");
    settings.put("alerts.look-every", "100ms");
    settings.put("alerts.messages-per-minute", "1000");
    // Written resources carry fixed times, which no day should make too old.
    settings.put("poll.look-back", "36500d");
    settings.put("ledger.keep-for", "0");
    settings.put("evidence.fsync", "no");
    // Which success is kept to compare with is a matter of chance.
    settings.put("evidence.keep", "failures");
    settings.put("routes.reload", "no");
    return settings;
  }

  private static Map<String, Duration> retryAfter(Map<String, String> options) {
    return Map.of(
        "mdso", seconds(options.getOrDefault("retry-after", "1")),
        "webex", seconds(options.getOrDefault("webex-retry-after", "1")));
  }

  private static Duration seconds(String count) {
    return Duration.ofSeconds(Long.parseLong(count));
  }
}
