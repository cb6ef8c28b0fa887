package io.orchscope;

import io.orchscope.console.CollectionStart;
import io.orchscope.defect.DefectClassifier;
import io.orchscope.defect.Examiner;
import io.orchscope.ledger.Claims;
import io.orchscope.ledger.Decisions;
import io.orchscope.ledger.ExportedOrchestrations;
import io.orchscope.ledger.Ledger;
import io.orchscope.ledger.LedgerPlace;
import io.orchscope.ledger.Outbox;
import io.orchscope.ledger.PollEnds;
import io.orchscope.ledger.Settlements;
import io.orchscope.mdso.PollTally;
import io.orchscope.mdso.Polls;
import io.orchscope.mdso.Sessions;
import io.orchscope.remote.RemoteSystems;
import io.orchscope.report.Audience;
import io.orchscope.settings.Clocks;
import io.orchscope.settings.Redaction;
import io.orchscope.settings.RejectedFiles;
import io.orchscope.settings.Settings;
import io.orchscope.step.Alerting;
import io.orchscope.step.CircuitSteps;
import io.orchscope.step.Classifying;
import io.orchscope.step.DeadLetters;
import io.orchscope.step.DeliveredTwice;
import io.orchscope.step.Faults;
import io.orchscope.step.HandOver;
import io.orchscope.step.KeepEvidence;
import io.orchscope.step.KeepToken;
import io.orchscope.step.MdsoCalls;
import io.orchscope.step.Orchestrations;
import io.orchscope.step.PollReports;
import io.orchscope.step.Purging;
import io.orchscope.step.RemoteCalls;
import io.orchscope.step.Reporting;
import io.orchscope.step.Schedules;
import io.orchscope.telemetry.LocalTraces;
import io.orchscope.telemetry.Signals;
import io.orchscope.trace.NormalisedError;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Predicate;
import org.apache.camel.Processor;

/** Every object that a route may call, under the name that the route uses. */
final class Wiring implements AutoCloseable {

  private final Configuration configuration;
  private final Settings settings;
  private final Clock clock;
  private final Clocks clocks;
  private final Redaction redaction = new Redaction();
  private final Orchestrations orchestrations;
  private final Ledger ledger;
  private final Polls polls;
  private final Sessions sessions;
  private final RemoteSystems systems;
  private final RemoteCalls calls;
  private final AlertRoad alertRoad;
  private final Map<String, Object> beans = new LinkedHashMap<>();
  private final LazyArchive archive;
  private final DefectClassifier classifier;
  private final ReplyLimits replyLimits;
  private final HealthPage health;
  private final Reporting reporting;
  private final FollowUpRoom followUps;
  private final RejectedFiles rejectedFiles;
  private final Signals signals;

  Wiring(Configuration configuration, Audience audience, Observation observation, Clocks clocks) {
    this.configuration = configuration;
    this.settings = configuration.settings();
    this.clocks = clocks;
    this.clock = clocks.wall();
    this.rejectedFiles = new RejectedFiles(clock);
    settings.secrets().forEach(redaction::hide);
    Watchdog.of(settings).hide(redaction);
    archive = new LazyArchive(settings, clock);
    systems = new RemoteSystems(settings, clocks);
    replyLimits = ReplyLimits.of(settings);
    ledger = new Ledger(LedgerPlace.of(settings), clocks);
    Optional<Settlements> settlements = CircuitQueue.of(settings).settlements(ledger);
    beans.put("deliveredTwice", new DeliveredTwice(settlements));
    polls = MdsoAccess.polls(configuration, ledger, clocks, settlements.map(PollTally.class::cast));
    sessions = MdsoAccess.sessions(settings, redaction, polls, clocks);
    classifier =
        new DefectClassifier(configuration.rules(), error -> NormalisedError.of(error).text());
    orchestrations =
        new Orchestrations(
            observation::replays,
            new ExportedOrchestrations(ledger, clock),
            classifier,
            LocalTraces.Choice.of(settings.text("telemetry.local-traces")),
            settings.text("telemetry.orchestrations").equals("linked"));
    signals = observation.signals();
    calls = new RemoteCalls(signals, systems);
    Faults faults = bindNeighbours(signals);
    alertRoad = new AlertRoad(configuration, ledger, signals, clocks);
    health = alertRoad.health(systems, observation.page());
    health.degradedBy(rejectedFiles);
    signals.rejectedFiles(rejectedFiles::gauge);
    beans.put("pollWatch", health.pollWatch(signals));
    beans.put("pings", health.pings(faults));
    beans.put("schedules", new Schedules(clocks));
    reporting =
        new ReportDesk(configuration, ledger, clock)
            .reporting(classifier::rules, ReportDesk.shelf(settings));
    followUps =
        new FollowUpRoom(configuration, ledger, signals.followUps(), systems, clocks, beans);
    bindCircuits(faults, signals, audience);
  }

  /** Name to object. */
  Map<String, Object> beans() {
    return beans;
  }

  Redaction redaction() {
    return redaction;
  }

  RemoteCalls remoteCalls() {
    return calls;
  }

  Orchestrations orchestrations() {
    return orchestrations;
  }

  DefectClassifier classifier() {
    return classifier;
  }

  Polls polls() {
    return polls;
  }

  /** The operators' page; what is to be polled at once goes to the taker. */
  ConsoleRoom console(Path config, CollectionStart.Polls asked) {
    return new ConsoleRoom(
        configuration,
        new ConsoleRoom.Parts(
            config,
            ledger,
            classifier,
            health.health(),
            polls::underWay,
            asked,
            reporting::makeNow,
            rejectedFiles::current,
            signals,
            clock,
            clocks.steady()));
  }

  RejectedFiles rejectedFiles() {
    return rejectedFiles;
  }

  FollowUpRoom followUps() {
    return followUps;
  }

  Sessions sessions() {
    return sessions;
  }

  Ledger ledger() {
    return ledger;
  }

  Outbox outbox() {
    return alertRoad.outbox();
  }

  private Faults bindNeighbours(Signals signals) {
    Faults faults = MdsoAccess.faults(settings, systems, sessions, redaction, clock);
    beans.put("replyLimits", new RemoteClient(systems.unknown(), replyLimits));
    beans.put("mdso", new RemoteClient(systems.mdso(), replyLimits));
    beans.put("beorn", new RemoteClient(systems.beorn(), replyLimits));
    beans.put("webex", new RemoteClient(systems.webex(), replyLimits));
    beans.put("watchdog", new RemoteClient(systems.watchdog(), replyLimits));
    beans.put("signals", signals);
    beans.put("mdsoGate", systems.mdso().gate());
    beans.put("beornGate", systems.beorn().gate());
    beans.put("webexGate", systems.webex().gate());
    beans.put("sessions", sessions);
    beans.put("keepToken", new KeepToken(sessions, systems.mdso(), signals));
    beans.put("faults", faults);
    beans.put("noteFault", faults);
    MdsoCalls questions = new MdsoCalls(sessions, systems.mdso(), polls);
    beans.put("mdsoMustWait", (Predicate) questions::mustWait);
    beans.put("setToken", (Processor) questions::setToken);
    beans.put("acceptAnswer", (Processor) questions::accept);
    beans.putAll(PlainBeans.of(settings));
    return faults;
  }

  private void bindCircuits(Faults faults, Signals signals, Audience audience) {
    Examiner examiner =
        new Examiner(
            configuration.products(),
            classifier,
            Examiner.Keep.valueOf(settings.text("evidence.keep").toUpperCase(Locale.ROOT)),
            clock);
    Decisions decisions = new Decisions(ledger, alertRoad.times(), polls, audience);
    Alerting alerting =
        alertRoad.alerting(new Alerting.Notice(signals, audience, systems.webex(), clocks));
    beans.put("polls", polls);
    beans.put("claims", new Claims(ledger, polls));
    beans.put("pollReports", pollReports(signals, audience));
    beans.put("notePoll", MdsoAccess.notePoll(settings));
    bindSteps(
        new CircuitSteps(
            examiner,
            decisions,
            alerting,
            signals,
            followUps::isOwed,
            new CircuitSteps.Market(settings.text("mdso.market-path"), replyLimits.replies())));
    beans.put("classifying", new Classifying(examiner, signals));
    beans.put("reporting", reporting);
    beans.put("purging", new Purging(settings, ledger, archive, followUps::prune, clock));
    beans.put("keepEvidence", new KeepEvidence(archive, signals));
    beans.put("orchestrations", orchestrations);
    beans.put(
        "deadLetters",
        new DeadLetters(faults, decisions, alertRoad.outbox(), alerting, signals, clock));
    beans.put("alerting", alerting);
  }

  private void bindSteps(CircuitSteps steps) {
    beans.put("nameResource", new HandOver(polls));
    beans.put("beginExamination", (Processor) steps::begin);
    beans.put("traceIsSought", (Predicate) steps::traceIsSought);
    beans.put("nameTrace", (Processor) steps::nameTrace);
    beans.put("parseTrace", (Processor) steps::parseTrace);
    beans.put("findErrors", (Processor) steps::findErrors);
    beans.put("deservesEvidence", (Predicate) steps::deservesEvidence);
    beans.put("recordDecision", (Processor) steps::record);
  }

  private PollReports pollReports(Signals signals, Audience audience) {
    return new PollReports(
        polls,
        signals,
        audience,
        new PollEnds(ledger, clock),
        alertRoad.blindSpots(() -> systems.mdso().health().trouble()));
  }

  @Override
  public void close() {
    followUps.close();
    archive.close();
    // Before the ledger: what nobody takes is noted there.
    orchestrations.close();
    ledger.close();
  }
}
