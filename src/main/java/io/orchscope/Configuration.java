package io.orchscope;

import io.orchscope.alert.Rooms;
import io.orchscope.alert.RoomsFile;
import io.orchscope.defect.DefectRules;
import io.orchscope.defect.RuleLint;
import io.orchscope.defect.RulesFile;
import io.orchscope.errortest.ErrorTestPlan;
import io.orchscope.errortest.ErrorTests;
import io.orchscope.errortest.ErrorTestsFile;
import io.orchscope.hostlog.LogHostsFile;
import io.orchscope.hostlog.LogPlaces;
import io.orchscope.report.ReportPlan;
import io.orchscope.report.ReportsFile;
import io.orchscope.settings.InvalidFileException;
import io.orchscope.settings.Mistake;
import io.orchscope.settings.Mistakes;
import io.orchscope.settings.Products;
import io.orchscope.settings.ProductsFile;
import io.orchscope.settings.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Everything that {@code config/} says, read and checked. */
public record Configuration(
    Settings settings,
    Products products,
    DefectRules rules,
    Rooms rooms,
    List<ReportPlan> reports,
    LogPlaces logPlaces,
    ErrorTests errorTests) {

  /**
   * Reads all files.
   *
   * <p>Errors: {@link InvalidFileException} with the mistakes of all of them, so that an operator
   * corrects them in one go.
   *
   * @param overrides settings that a command sets, above file and environment
   */
  public static Configuration read(
      Path folder, Map<String, String> environment, Map<String, String> overrides) {
    Mistakes mistakes = new Mistakes();
    Optional<Settings> settings =
        attempt(
            mistakes,
            () -> Settings.load(folder.resolve("application.properties"), environment, overrides));
    Optional<Products> products =
        attempt(mistakes, () -> ProductsFile.read(folder.resolve("products.yaml")));
    Optional<DefectRules> rules =
        attempt(mistakes, () -> RulesFile.read(folder.resolve(RulesReload.FILE)));
    List<String> types = products.map(Products::types).orElse(List.of());
    Optional<Rooms> rooms =
        products.flatMap(
            known -> attempt(mistakes, () -> RoomsFile.read(folder.resolve("rooms.yaml"), types)));
    Optional<List<ReportPlan>> reports =
        products.flatMap(
            known ->
                attempt(mistakes, () -> ReportsFile.read(folder.resolve("reports.yaml"), types)));
    Optional<LogPlaces> logPlaces =
        settings.flatMap(known -> attempt(mistakes, () -> logPlaces(folder, known)));
    Optional<ErrorTests> errorTests =
        products.isEmpty()
            ? Optional.empty()
            : settings.flatMap(known -> attempt(mistakes, () -> errorTests(folder, known, types)));
    mistakes.throwIfAny();
    return new Configuration(
        settings.orElseThrow(),
        products.orElseThrow(),
        rules.orElseThrow(),
        rooms.orElseThrow(),
        reports.orElseThrow(),
        logPlaces.orElseThrow(),
        errorTests.orElseThrow());
  }

  private static LogPlaces logPlaces(Path folder, Settings settings) {
    return LogHostsFile.read(
        folder.resolve(settings.text("logs.hosts-file")),
        settings.secret("logs.key-passphrase"),
        agentSocket());
  }

  private static ErrorTests errorTests(Path folder, Settings settings, List<String> types) {
    return ErrorTestsFile.read(folder.resolve(settings.text("error-tests.file")), types);
  }

  /** Where the ssh-agent answers, if there is one. */
  static Optional<Path> agentSocket() {
    return Optional.ofNullable(System.getenv("SSH_AUTH_SOCK"))
        .filter(socket -> !socket.isBlank())
        .map(Path::of);
  }

  /** What works, but costs or lacks something: rules that can be slow or skipped, mounts away. */
  public List<Mistake> warnings(Path folder) {
    String file = folder.resolve(RulesReload.FILE).toString().replace('\\', '/');
    List<Mistake> warnings = new ArrayList<>(RuleLint.of(file, rules));
    warnings.addAll(logPlaces.warnings(folder.resolve(settings.text("logs.hosts-file"))));
    return warnings;
  }

  /** Every setting but the secrets, and what is derived from them, for the routes. */
  Map<String, String> placeholders() {
    Map<String, String> all = new LinkedHashMap<>(settings.placeholders());
    all.putAll(CircuitQueue.of(settings).placeholders());
    all.putAll(Watchdog.of(settings).placeholders());
    all.putAll(BeornAccess.of(settings).placeholders());
    // A command that polls once and ends sends no reports.
    boolean looks = settings.flag("reports.by-schedule") && settings.flag("poll.by-schedule");
    all.put("reports.look", String.valueOf(looks));
    all.put("follow-up.look", String.valueOf(followsUp()));
    return all;
  }

  /** Whether anything is done for circuits after they were decided. */
  boolean followsUp() {
    return !logPlaces.isEmpty() || !testsToMake().plans().isEmpty();
  }

  /** Those that can be made: what devices said to a commit stands in logs that hosts have. */
  ErrorTests testsToMake() {
    return new ErrorTests(
        errorTests.plans().stream()
            .filter(ErrorTestPlan::enabled)
            .filter(plan -> plan.kind() != ErrorTestPlan.Kind.COMMIT_ERRORS || !logPlaces.isEmpty())
            .toList());
  }

  private static <T> Optional<T> attempt(Mistakes mistakes, Supplier<T> reading) {
    try {
      return Optional.of(reading.get());
    } catch (InvalidFileException wrong) {
      mistakes.addAll(wrong.mistakes());
      return Optional.empty();
    }
  }
}
