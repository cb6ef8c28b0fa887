package io.orchscope;

import io.orchscope.alert.Links;
import io.orchscope.api.Api;
import io.orchscope.api.Circuits;
import io.orchscope.api.Collecting;
import io.orchscope.api.Groups;
import io.orchscope.api.Overviews;
import io.orchscope.api.Reports;
import io.orchscope.api.Rules;
import io.orchscope.circuit.Product;
import io.orchscope.console.AlertsPage;
import io.orchscope.console.Audit;
import io.orchscope.console.Change;
import io.orchscope.console.CircuitPage;
import io.orchscope.console.CollectionStart;
import io.orchscope.console.CollectionsPage;
import io.orchscope.console.EvidencePage;
import io.orchscope.console.FailedLogIns;
import io.orchscope.console.FormPage;
import io.orchscope.console.GroupChange;
import io.orchscope.console.GroupPage;
import io.orchscope.console.GroupsPage;
import io.orchscope.console.HostLogs;
import io.orchscope.console.LetterChange;
import io.orchscope.console.LogPage;
import io.orchscope.console.OverviewPage;
import io.orchscope.console.ProposalChange;
import io.orchscope.console.ReportStart;
import io.orchscope.console.ReportsPage;
import io.orchscope.console.RulesPage;
import io.orchscope.console.Runbooks;
import io.orchscope.console.SearchPage;
import io.orchscope.console.Site;
import io.orchscope.console.UnclassifiedPage;
import io.orchscope.console.Views;
import io.orchscope.defect.DefectClassifier;
import io.orchscope.evidence.EvidenceSearch;
import io.orchscope.evidence.KeptLogs;
import io.orchscope.evidence.Verdict;
import io.orchscope.ledger.AuditTrail;
import io.orchscope.ledger.Ledger;
import io.orchscope.ledger.RejectedProposals;
import io.orchscope.mdso.PollSummary;
import io.orchscope.report.Health;
import io.orchscope.report.ReportPlan;
import io.orchscope.report.ReportShelf;
import io.orchscope.settings.RejectedFiles;
import io.orchscope.settings.Settings;
import io.orchscope.telemetry.OrchestrationIds;
import io.orchscope.telemetry.Signals;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.quartz.CronExpression;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operators' page, put together from the settings. */
record ConsoleRoom(Configuration configuration, Parts parts) {

  private static final Logger log = LoggerFactory.getLogger("audit");

  /** What the page looks at, and what it sets going. */
  record Parts(
      Path config,
      Ledger ledger,
      DefectClassifier classifier,
      Health health,
      Supplier<List<PollSummary>> underWay,
      CollectionStart.Polls polls,
      Consumer<ReportPlan> reports,
      Supplier<List<RejectedFiles.Rejection>> rejected,
      Signals signals,
      Clock clock,
      Clock steady) {}

  /** All pages. */
  Site site() {
    Settings settings = configuration.settings();
    Ledger ledger = parts.ledger();
    Views views = new Views(settings.text("environment"), parts.clock(), parts.rejected());
    EvidenceSearch evidence = new EvidenceSearch(Path.of(settings.text("evidence.root")));
    ProposalDesk desk = desk(evidence);
    KeptLogs logs = new KeptLogs(logsRoot());
    CircuitPage circuit = circuit(views, evidence, logs);
    OverviewPage overview = new OverviewPage(views, overview(ledger));
    Changes changes = changes(desk);
    ConsoleAccess access = ConsoleAccess.of(settings);
    return new Site(
            views, access.gatekeeper(parts.steady(), failedLogIns(ledger)), access.isOverTls())
        .serves(api(overview, evidence, desk, changes))
        .shows("/", overview)
        .shows("/groups", new GroupsPage(views, ledger, configuration.products()))
        .shows(
            "/groups/*",
            new GroupPage(views, ledger, parts.classifier()::rules, new Runbooks(links())))
        .shows("/circuits", circuit)
        .shows("/circuits/*", circuit)
        .shows("/evidence", new EvidencePage(views, evidence))
        .shows("/logs", new LogPage(views, logs))
        .shows("/unclassified", new UnclassifiedPage(views, ledger, desk::proposals))
        .shows("/rules", new RulesPage(views, ledger, parts.classifier()::rules))
        .shows("/alerts", new AlertsPage(views, ledger, configuration.rooms()::titleOf))
        .shows("/search", new SearchPage(views, ledger))
        .shows(
            "/collections",
            new CollectionsPage(
                views,
                new CollectionsPage.Facts(ledger, configuration.products(), parts.underWay())))
        .shows(
            "/reports", new ReportsPage(views, configuration.reports(), this::nextReport, shelf()))
        .changes("/reports", new FormPage(views, changes.reports))
        .changes("/collections", new FormPage(views, changes.collect))
        .changes("/proposals/*/*", new FormPage(views, changes.proposals))
        .changes("/groups/*/*", new FormPage(views, changes.groups))
        .changes("/dead-letters/*", new FormPage(views, changes.letters));
  }

  private CircuitPage circuit(Views views, EvidenceSearch evidence, KeptLogs logs) {
    return new CircuitPage(
        views,
        new CircuitPage.Facts(
            parts.ledger(),
            evidence,
            new HostLogs.Facts(parts.ledger(), logs),
            parts.classifier()::rules,
            this::steps,
            links(),
            configuration.rooms()::titleOf));
  }

  private Links links() {
    Settings settings = configuration.settings();
    return new Links("", settings.text("links.trace"), settings.text("links.runbook"));
  }

  /** Id of the trace as which an orchestration is exported. */
  private Optional<String> steps(Verdict.Source trace) {
    return configuration.settings().text("telemetry.orchestrations").equals("off")
        ? Optional.empty()
        : Optional.of(
            OrchestrationIds.of(trace.traceId(), trace.originationId(), trace.traceLogId())
                .traceId());
  }

  private Changes changes(ProposalDesk desk) {
    Ledger ledger = parts.ledger();
    Audit audit = audit(ledger);
    return new Changes(
        new CollectionStart(configuration.products(), ledger, parts.polls(), audit),
        new ProposalChange(desk::proposals, desk, audit),
        new GroupChange(ledger, parts.clock(), audit),
        new LetterChange(ledger, parts.clock(), parts.polls(), audit),
        new ReportStart(configuration.reports(), parts.reports(), audit));
  }

  private record Changes(
      Change collect, Change proposals, Change groups, Change letters, Change reports) {}

  private Path logsRoot() {
    return Path.of(configuration.settings().text("logs.root"));
  }

  private ReportShelf shelf() {
    return ReportDesk.shelf(configuration.settings());
  }

  private Api api(
      OverviewPage overview, EvidenceSearch evidence, ProposalDesk desk, Changes changes) {
    Ledger ledger = parts.ledger();
    return new Api(
        new Overviews(ledger, parts.clock(), overview, parts.rejected()),
        new Groups(ledger, parts.clock(), changes.groups),
        new Circuits(ledger, evidence, new KeptLogs(logsRoot()), this::steps),
        new Rules(ledger, parts.classifier()::rules, desk::proposals, changes.proposals),
        new Collecting(ledger, parts.clock(), parts.underWay(), changes.collect, changes.letters),
        new Reports(configuration.reports(), this::nextReport, shelf(), changes.reports));
  }

  private ProposalDesk desk(EvidenceSearch evidence) {
    return new ProposalDesk(
        evidence,
        parts.classifier(),
        new RejectedProposals(parts.ledger(), parts.clock()),
        new Acceptance(parts.config(), configuration.settings(), parts.ledger()),
        parts.clock());
  }

  private OverviewPage.Facts overview(Ledger ledger) {
    return new OverviewPage.Facts(ledger, configuration.products(), parts.health(), this::nextPoll);
  }

  private Consumer<FailedLogIns> failedLogIns(Ledger ledger) {
    AuditTrail trail = new AuditTrail(ledger, parts.clock());
    return failed -> {
      log.warn(
          "Log-ins failed. address={} names=\"{}\" failures={} turned_away={}",
          failed.address(),
          failed.names(),
          failed.failed(),
          failed.turnedAway());
      parts.signals().logInsFailed(failed.failed(), failed.turnedAway());
      trail.note(
          failed.names().isEmpty() ? "unknown" : failed.names(),
          "fail-log-in",
          "address " + failed.address(),
          failed.failed() + " failed, " + failed.turnedAway() + " turned away");
    };
  }

  private Audit audit(Ledger ledger) {
    AuditTrail trail = new AuditTrail(ledger, parts.clock());
    return (visitor, verb, what, note) -> {
      trail.note(visitor.name(), verb, what, note);
      log.info(
          "Somebody changed something. who={} verb={} what=\"{}\"", visitor.name(), verb, what);
    };
  }

  private Optional<Instant> nextPoll(Product product) {
    return configuration.settings().flag("poll.by-schedule")
        ? next(product.schedule())
        : Optional.empty();
  }

  private Optional<Instant> nextReport(ReportPlan plan) {
    return next(plan.schedule());
  }

  private Optional<Instant> next(String expression) {
    if (expression.isEmpty()) {
      return Optional.empty();
    }
    try {
      CronExpression schedule = new CronExpression(expression);
      schedule.setTimeZone(TimeZone.getTimeZone("UTC"));
      return Optional.ofNullable(schedule.getNextValidTimeAfter(Date.from(parts.clock().instant())))
          .map(Date::toInstant);
    } catch (ParseException impossible) {
      throw new IllegalStateException("A schedule was not checked.", impossible);
    }
  }
}
