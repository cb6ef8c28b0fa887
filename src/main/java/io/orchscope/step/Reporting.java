package io.orchscope.step;

import io.orchscope.alert.Links;
import io.orchscope.alert.ReportMessages;
import io.orchscope.ledger.Complaint;
import io.orchscope.ledger.LedgerException;
import io.orchscope.ledger.ReportFigures;
import io.orchscope.ledger.ReportRuns;
import io.orchscope.report.FontsMissingException;
import io.orchscope.report.Report;
import io.orchscope.report.ReportCharts;
import io.orchscope.report.ReportPlan;
import io.orchscope.report.ReportPlan.FileKind;
import io.orchscope.report.ReportSheet;
import io.orchscope.report.ReportShelf;
import io.orchscope.report.Window;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.quartz.CronExpression;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the routes of reports ask: which are due, what they say, and who is told. */
public final class Reporting {

  private static final Logger log = LoggerFactory.getLogger(Reporting.class);

  /** A report that was not made for longer than so many turns is made for the last of them. */
  private static final int TURNS = 100_000;

  private final List<ReportPlan> plans;
  private final ReportFigures figures;
  private final ReportRuns runs;
  private final ReportShelf shelf;
  private final Where where;
  private final Clock clock;
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();
  private final Complaint complaint = new Complaint(log, "Nobody can tell which reports are due");

  /**
   * Where reports go.
   *
   * @param rooms a plan's room
   */
  public record Where(String environment, Function<ReportPlan, String> rooms, Links links) {}

  /**
   * A report that is to be made.
   *
   * @param last the moment for which it was made before
   * @param due the moment by its schedule
   */
  public record Order(ReportPlan plan, Instant last, Instant due) {}

  /** A report with its files. */
  public record Made(Order order, Report report, Map<FileKind, byte[]> files) {}

  /** Shape: the plans that have a schedule are looked at. */
  public Reporting(
      List<ReportPlan> plans,
      ReportFigures figures,
      ReportRuns runs,
      ReportShelf shelf,
      Where where,
      Clock clock) {
    this.plans = plans.stream().filter(plan -> !plan.schedule().isEmpty()).toList();
    this.figures = figures;
    this.runs = runs;
    this.shelf = shelf;
    this.where = where;
    this.clock = clock;
  }

  /** Those whose time has come; of turns that were missed only the last is made up for. */
  public List<Order> due() {
    List<Order> orders = new ArrayList<>();
    try {
      for (ReportPlan plan : plans) {
        if (!underWay.contains(plan.name())) {
          Instant last = runs.last(plan.name());
          latest(plan, last, clock.instant())
              .map(due -> new Order(plan, last, due))
              .ifPresent(orders::add);
        }
      }
      complaint.isOver();
    } catch (LedgerException unusable) {
      complaint.about(unusable);
    }
    orders.forEach(order -> underWay.add(order.plan().name()));
    return orders;
  }

  /** What it says, and the files that belong to it. Errors: {@link LedgerException}. */
  public Made make(Order order) {
    Window window = order.plan().windowAt(order.due());
    Report report = figures.of(order.plan(), where.environment(), window);
    return new Made(order, report, files(report));
  }

  /** The same, its files kept. */
  public Made keep(Made made) {
    made.files()
        .forEach(
            (kind, bytes) ->
                shelf.keep(made.report().fileName() + ReportMessages.ending(kind), bytes));
    shelf.keep(
        made.report().fileName() + ".md",
        messages(made).markdown().getBytes(StandardCharsets.UTF_8));
    return made;
  }

  /** Owes it to its room, unless another process has. */
  public Made send(Made made) {
    ReportPlan plan = made.order().plan();
    boolean isTold = !made.report().isEmpty() || !plan.isSilentWhenEmpty();
    boolean isOurs =
        runs.send(
            plan.name(),
            made.order().last(),
            made.order().due(),
            where.rooms().apply(plan),
            isTold ? messages(made).drafts() : List.of(),
            Sender.current());
    log.info(
        "A report was made. report={} failures={} told={}",
        plan.name(),
        made.report().sums().failures(),
        isOurs && isTold);
    return made;
  }

  /** Makes a report of the time up to now, keeps it, and tells nobody. */
  public void makeNow(ReportPlan plan) {
    Instant end = soon(clock.instant());
    keep(make(new Order(plan, end, end)));
  }

  /** The next full minute, so that nothing is left out that has been found already. */
  public static Instant soon(Instant now) {
    return now.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
  }

  /** Owes it to its room since somebody asked for it. */
  public void sendAnyway(Made made) {
    runs.send(where.rooms().apply(made.order().plan()), messages(made).drafts(), Sender.current());
  }

  /** Takes note that a report is no longer under way, however it ended. */
  public void left(String name) {
    underWay.remove(name);
  }

  private ReportMessages messages(Made made) {
    return new ReportMessages(made.report(), made.files(), where.links());
  }

  private static Map<FileKind, byte[]> files(Report report) {
    Map<FileKind, byte[]> files = new EnumMap<>(FileKind.class);
    for (FileKind kind : report.plan().files()) {
      try {
        files.put(
            kind,
            switch (kind) {
              case SHEET -> new ReportSheet(report).xlsx();
              case CHART -> new ReportCharts(report).bars();
              case HISTORY -> new ReportCharts(report).history();
            });
      } catch (FontsMissingException unable) {
        log.warn("A report goes without its picture: {}", unable.getMessage());
      }
    }
    return files;
  }

  private static Optional<Instant> latest(ReportPlan plan, Instant last, Instant now) {
    try {
      CronExpression schedule = new CronExpression(plan.schedule());
      schedule.setTimeZone(TimeZone.getTimeZone("UTC"));
      Optional<Instant> found = Optional.empty();
      Date next = schedule.getNextValidTimeAfter(Date.from(last));
      for (int i = 0; i < TURNS && next != null && !next.toInstant().isAfter(now); i++) {
        found = Optional.of(next.toInstant());
        next = schedule.getNextValidTimeAfter(next);
      }
      return found;
    } catch (ParseException impossible) {
      throw new IllegalStateException("A schedule was not checked.", impossible);
    }
  }
}
