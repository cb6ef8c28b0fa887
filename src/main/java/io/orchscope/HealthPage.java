package io.orchscope;

import io.orchscope.alert.Notices;
import io.orchscope.evidence.ArchiveProbe;
import io.orchscope.ledger.Ledger;
import io.orchscope.ledger.Outbox;
import io.orchscope.ledger.Punctuality;
import io.orchscope.remote.RemoteSystems;
import io.orchscope.report.Health;
import io.orchscope.settings.Clocks;
import io.orchscope.settings.RejectedFiles;
import io.orchscope.settings.Settings;
import io.orchscope.step.Faults;
import io.orchscope.step.Pings;
import io.orchscope.step.PollWatch;
import io.orchscope.telemetry.MetricsPage;
import io.orchscope.telemetry.Signals;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code /observe/health/live} and {@code /observe/health/ready}, and what they ask. */
final class HealthPage {

  static final String LIVE = "/observe/health/live";
  static final String READY = "/observe/health/ready";

  /** What is owed for longer is not on its way any more. */
  private static final Duration OWED_TOO_LONG = Duration.ofHours(1);

  private final Punctuality punctuality;
  private final Health health = new Health();

  HealthPage(
      Configuration configuration,
      Ledger ledger,
      Outbox outbox,
      RemoteSystems systems,
      Clocks clocks) {
    Settings settings = configuration.settings();
    punctuality =
        new Punctuality(
            ledger,
            settings.flag("poll.by-schedule") ? configuration.products().all() : List.of(),
            settings.duration("poll.late-after"),
            configuration.rooms()::roomOfProduct,
            new Notices(settings.text("environment")),
            clocks);
    ArchiveProbe archive = new ArchiveProbe(Path.of(settings.text("evidence.root")));
    health.with("mdso", () -> systems.mdso().health().trouble());
    if (BeornAccess.of(settings).url().isPresent()) {
      health.with("beorn", () -> systems.beorn().health().trouble());
    }
    if (settings.text("alerts.channel").equals("webex")) {
      health.with("webex", () -> systems.webex().health().trouble());
    }
    health
        .with("ledger", ledger::trouble)
        .with("evidence", archive::trouble)
        .with("alerts", () -> alerts(outbox));
    if (settings.flag("poll.by-schedule")) {
      health.with("polls", this::polls);
    }
    if (configuration.followsUp()) {
      health.with("host-logs", new ArchiveProbe(Path.of(settings.text("logs.root")))::trouble);
    }
    Set<Path> logs = LogFiles.folders();
    if (!logs.isEmpty()) {
      health.with(
          "log-folder",
          () -> logs.stream().flatMap(it -> new ArchiveProbe(it).trouble().stream()).findFirst());
    }
    if (Watchdog.of(settings).isThere()) {
      health.degradedBy("watchdog", () -> systems.watchdog().health().trouble());
    }
  }

  /** Adds a check for each kind of file that may be edited while the application runs. */
  void degradedBy(RejectedFiles rejected) {
    for (RejectedFiles.Kind kind : RejectedFiles.Kind.values()) {
      health.degradedBy(kind.word(), () -> rejected.trouble(kind));
    }
  }

  /** What tells rooms of late polls. */
  PollWatch pollWatch(Signals signals) {
    return new PollWatch(punctuality, signals);
  }

  /**
   * Pings of the watchdog. Its own check only degrades health: pings that stop because a ping
   * failed would never start again.
   */
  Pings pings(Faults faults) {
    return new Pings(health, faults);
  }

  /** The checks. */
  Health health() {
    return health;
  }

  /** Answers at the page from now on. */
  void at(MetricsPage page) {
    page.answer(LIVE, () -> new MetricsPage.Answer(200, "{\"status\":\"UP\"}"));
    page.answer(READY, this::ready);
  }

  private MetricsPage.Answer ready() {
    Map<String, Optional<String>> found = health.look();
    return new MetricsPage.Answer(health.isUp(found) ? 200 : 503, health.json(found));
  }

  private static Optional<String> alerts(Outbox outbox) {
    double oldest = outbox.depth().oldestSeconds();
    return oldest < OWED_TOO_LONG.toSeconds()
        ? Optional.empty()
        : Optional.of("the oldest of the alerts that are owed is " + (long) oldest + " s old");
  }

  private Optional<String> polls() {
    String late =
        punctuality.late().stream()
            .map(each -> each.productType() + " (due " + each.dueAt() + ")")
            .collect(Collectors.joining(", "));
    return late.isEmpty() ? Optional.empty() : Optional.of("no complete poll of " + late);
  }
}
