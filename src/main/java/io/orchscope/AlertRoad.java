package io.orchscope;

import io.orchscope.alert.AlertTimes;
import io.orchscope.alert.GroupMessages;
import io.orchscope.alert.Links;
import io.orchscope.alert.Notices;
import io.orchscope.ledger.Balance;
import io.orchscope.ledger.BlindSpots;
import io.orchscope.ledger.DeadLetterSums;
import io.orchscope.ledger.Ledger;
import io.orchscope.ledger.Outbox;
import io.orchscope.ledger.OutboxDepth;
import io.orchscope.remote.RemoteSystems;
import io.orchscope.settings.Clocks;
import io.orchscope.settings.Settings;
import io.orchscope.step.Alerting;
import io.orchscope.telemetry.MetricsPage;
import io.orchscope.telemetry.Signals;
import java.util.Optional;
import java.util.function.Supplier;

/** What lies between a decision and its room, put together from the settings. */
record AlertRoad(
    Configuration configuration, Ledger ledger, Clocks clocks, AlertTimes times, Outbox outbox) {

  AlertRoad(Configuration configuration, Ledger ledger, Signals signals, Clocks clocks) {
    this(configuration, ledger, clocks, times(configuration.settings()));
    OutboxDepth depth = new OutboxDepth(outbox);
    signals.ledger().outbox(depth::alerts, depth::oldestAge);
    signals.ledger().deadLetters(new DeadLetterSums(ledger));
    signals.ledger().balance(Balance.gauge(ledger));
  }

  private AlertRoad(Configuration configuration, Ledger ledger, Clocks clocks, AlertTimes times) {
    this(
        configuration,
        ledger,
        clocks,
        times,
        new Outbox(
            ledger,
            times,
            words(configuration.settings()),
            configuration.rooms()::titleOf,
            clocks.wall()));
  }

  Alerting alerting(Alerting.Notice notice) {
    Settings settings = configuration.settings();
    return new Alerting(
        configuration.rooms(),
        settings.text("environment"),
        settings.secret("webex.token"),
        outbox,
        notice);
  }

  /** What tells rooms of circuits about which nothing can be said. */
  BlindSpots blindSpots(Supplier<Optional<String>> troubleOfMdso) {
    return new BlindSpots(
        ledger,
        configuration.rooms()::roomOfProduct,
        new Notices(configuration.settings().text("environment")),
        troubleOfMdso);
  }

  /** What looks whether all is well, and the page that says so. */
  HealthPage health(RemoteSystems systems, Optional<MetricsPage> page) {
    HealthPage health = new HealthPage(configuration, ledger, outbox, systems, clocks);
    page.ifPresent(health::at);
    return health;
  }

  private static GroupMessages words(Settings settings) {
    Links links =
        new Links(
            ConsoleAccess.linkToGroup(settings),
            settings.text("links.trace"),
            settings.text("links.runbook"));
    return new GroupMessages(links, settings.text("alerts.channel").equals("webex"));
  }

  private static AlertTimes times(Settings settings) {
    return new AlertTimes(
        settings.duration("alerts.group-wait"),
        settings.duration("alerts.group-interval"),
        settings.duration("alerts.repeat-interval"),
        settings.duration("alerts.digest-interval"),
        settings.duration("alerts.longest-age"),
        settings.count("alerts.messages-per-minute"));
  }
}
