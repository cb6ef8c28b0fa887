package io.orchscope.api;

import static io.orchscope.api.Operation.change;
import static io.orchscope.api.Operation.look;
import static io.orchscope.api.Parameter.field;
import static io.orchscope.api.Parameter.limit;
import static io.orchscope.api.Parameter.text;

import io.orchscope.console.Change;
import io.orchscope.console.Reply;
import io.orchscope.console.ReportsPage;
import io.orchscope.report.ReportPlan;
import io.orchscope.report.ReportShelf;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reports that are made, and those that can be. */
public final class Reports implements Answers {

  private final List<ReportPlan> plans;
  private final Function<ReportPlan, Optional<Instant>> next;
  private final ReportShelf shelf;
  private final Change start;

  /** A report that can be made; {@code schedule} is empty for one on request only. */
  record Plan(
      String name,
      List<String> products,
      List<String> codes,
      boolean onlyNew,
      String window,
      String schedule,
      Optional<Instant> next) {}

  /** Files are the newest first. */
  record Shelf(List<Plan> reports, List<ReportShelf.Kept> files) {}

  /** Shape: {@code next} says when a report is made by itself, if it is. */
  public Reports(
      List<ReportPlan> plans,
      Function<ReportPlan, Optional<Instant>> next,
      ReportShelf shelf,
      Change start) {
    this.plans = List.copyOf(plans);
    this.next = next;
    this.shelf = shelf;
    this.start = start;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        look(
            "/reports",
            "Reports that can be made, and files of those that were.",
            Shelf.class,
            given ->
                new Shelf(
                    plans.stream().map(this::plan).toList(), shelf.list(given.whole("limit"))),
            limit()),
        look(
            "/reports/file",
            "A file of a report: a workbook, a picture, or words.",
            Reply.class,
            given ->
                ReportsPage.file(shelf, given.text("name"))
                    .orElseThrow(() -> Problem.missing("file", "It may be gone.")),
            text("name", "Its name.").required()),
        change(
            "/reports",
            "Makes a report now, and tells no room.",
            200,
            new Carried(start),
            field("name", true, "Of the report.")));
  }

  private Plan plan(ReportPlan plan) {
    return new Plan(
        plan.name(),
        plan.products(),
        plan.codes(),
        plan.isOnlyNew(),
        plan.window().toString(),
        plan.schedule(),
        next.apply(plan));
  }
}
