package io.orchscope.console;

import io.orchscope.report.ReportPlan;
import io.orchscope.report.ReportShelf;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reports that are made, and those that can be. */
public final class ReportsPage implements Page {

  private static final int ROWS = 200;

  private final Views views;
  private final List<ReportPlan> plans;
  private final ReportShelf shelf;

  /** What the page shows. */
  public record Model(List<ReportPlan> plans, List<ReportShelf.Kept> files, String said) {}

  public ReportsPage(Views views, List<ReportPlan> plans, ReportShelf shelf) {
    this.views = views;
    this.plans = List.copyOf(plans);
    this.shelf = shelf;
  }

  @Override
  public Reply answer(Request request, Visitor visitor) {
    if (!request.word("file").isEmpty()) {
      return file(shelf, request.word("file"))
          .orElseGet(() -> views.refusal(404, "There is no such file", "It may be gone.", visitor));
    }
    Model model = new Model(plans, shelf.list(ROWS), request.word("said"));
    return views.page("reports", views.frame("Reports", "reports", visitor), model);
  }

  /** A file of a report; pictures to look at, workbooks to keep. */
  public static Optional<Reply> file(ReportShelf shelf, String name) {
    return shelf.read(name).map(bytes -> reply(name, bytes));
  }

  private static Reply reply(String name, byte[] bytes) {
    if (name.endsWith(".png")) {
      return new Reply(200, "image/png", Map.of(), bytes);
    }
    if (name.endsWith(".xlsx")) {
      return new Reply(
              200,
              "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
              Map.of(),
              bytes)
          .with("Content-Disposition", "attachment; filename=\"" + name + "\"");
    }
    return new Reply(200, "text/plain; charset=utf-8", Map.of(), bytes);
  }
}
