package io.orchscope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orchscope.ledger.ReportRuns;
import io.orchscope.report.ReportPlan;
import io.orchscope.report.ReportShelf;
import io.orchscope.report.ReportsFile;
import io.orchscope.settings.ProductsFile;
import io.orchscope.simulator.PostedMessage;
import io.orchscope.simulator.Simulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reports by their schedules, as the application makes and sends them. */
final class ReportingTest {

  private static final String REPORTS =
      """
      reports:
        - name: often
          products: [service_mapper]
          window: 1h
          schedule: 0/3 * * * * ?
          room: sim-room-service-mapper
        - name: quiet
          products: [network_service]
          window: 1h
          schedule: 0/1 * * * * ?
          when-empty: skip
      """;

  @TempDir private Path folder;

  @Test
  void makesEachReportOnceKeepsItsFilesAndTellsItsRoom() throws Exception {
    Running.configure(folder, "reports.yaml", REPORTS);
    Path kept = folder.resolve("reports");
    try (Simulator simulator = Running.world(Map.of("resources", "40", "failures", "60%"));
        Running running =
            Running.start(
                folder,
                simulator,
                Map.of(
                    "alerts.channel",
                    "webex",
                    "reports.look-every",
                    "200ms",
                    "reports.root",
                    kept.toString()))) {
      running.pollAndSettle();

      await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> pictures(simulator).size() >= 4 && sheets(simulator).size() >= 2);
      List<PostedMessage> sheets = sheets(simulator);
      PostedMessage report = sheets.get(0);
      assertThat(report.roomId()).isEqualTo("sim-room-service-mapper");
      assertThat(report.markdown()).contains("in 1 hour", "`service_mapper`");
      assertThat(pictures(simulator).get(0).parentId()).isNotNull();
      assertThat(new ReportShelf(kept).list(100))
          .extracting(ReportShelf.Kept::name)
          .anyMatch(name -> name.matches("often-.*\\.xlsx"))
          .anyMatch(name -> name.matches("often-.*-codes\\.png"))
          .anyMatch(name -> name.matches("often-.*\\.md"))
          .anyMatch(name -> name.matches("quiet-.*\\.xlsx"));
      assertThat(simulator.messages())
          .noneMatch(message -> String.valueOf(message.markdown()).contains("network_service"));
      assertThat(running.spans().ended())
          .extracting(span -> span.getName())
          .contains("make-report", "write-report", "keep-report", "owe-report");
    }
  }

  @Test
  void isOwedToItsRoomOnceOfSeveralProcesses() throws Exception {
    try (Simulator simulator = Running.world(Map.of());
        Running running = Running.start(folder, simulator, Map.of())) {
      ReportRuns runs = new ReportRuns(running.assembly().ledger());
      Instant last = runs.last("daily");
      Instant due = last.plusSeconds(60);

      boolean ours = runs.send("daily", last, due, "room-1", List.of(), "");
      boolean theirs = runs.send("daily", last, due, "room-1", List.of(), "");

      assertThat(ours).isTrue();
      assertThat(theirs).isFalse();
      assertThat(runs.last("daily")).isEqualTo(due);
    }
  }

  @Test
  void saysEveryMistakeOfTheFile() throws Exception {
    Path file = folder.resolve("reports.yaml");
    Files.writeString(
        file,
        """
        reports:
          - name: A report
            products: [service_maper]
            window: soon
            schedule: every day
            files: [sheet, poster]
            codes: [1000]
            only-new: perhaps
            when-empty: shout
            colour: red
        """);

    assertThatThrownBy(() -> ReportsFile.read(file, List.of("service_mapper")))
        .hasMessageContaining("'A report' is no name")
        .hasMessageContaining("Did you mean 'service_mapper'?")
        .hasMessageContaining("'soon' is no window")
        .hasMessageContaining("'every day' is not a Quartz cron expression")
        .hasMessageContaining("'poster' is no file")
        .hasMessageContaining("'shout' is not known")
        .hasMessageContaining("'1000' is no defect code")
        .hasMessageContaining("'perhaps' is neither yes nor no")
        .hasMessageContaining("colour");
  }

  /** Product, window, and what of it. Source: domain.md §4.7. */
  @ParameterizedTest
  @CsvSource({
    "service_mapper, PT15M, all",
    "service_mapper, PT8H, all",
    "service_mapper, P1D, all",
    "service_mapper, P7D, all",
    "network_service, PT8H, all",
    "network_service, P1D, all",
    "network_service, P7D, all",
    "network_service_update, P1D, all",
    "network_service_update, P7D, all",
    "disconnect_mapper, PT1H, all",
    "disconnect_mapper, P1D, all",
    "disconnect_mapper, P7D, all",
    "service_mapper, PT15M, codes",
    "network_service, P1D, codes",
    "service_mapper, PT15M, new"
  })
  void hasAReportInPlaceOfEachLauncherOfTheOldMonitor(String product, Duration window, String of) {
    List<ReportPlan> plans =
        ReportsFile.read(
            Path.of("config/reports.yaml"),
            ProductsFile.read(Path.of("config/products.yaml")).types());

    assertThat(plans)
        .filteredOn(plan -> plan.products().equals(List.of(product)))
        .filteredOn(plan -> plan.window().equals(window))
        .filteredOn(
            plan -> of.equals(plan.isOnlyNew() ? "new" : plan.codes().isEmpty() ? "all" : "codes"))
        .hasSize(1);
  }

  private static List<PostedMessage> sheets(Simulator simulator) {
    return withFile(simulator, ".xlsx");
  }

  private static List<PostedMessage> pictures(Simulator simulator) {
    return withFile(simulator, ".png");
  }

  private static List<PostedMessage> withFile(Simulator simulator, String ending) {
    return simulator.messages().stream()
        .filter(message -> message.files().stream().anyMatch(file -> file.endsWith(ending)))
        .toList();
  }
}
