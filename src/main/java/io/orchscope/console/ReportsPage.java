package io.orchscope.console;

import io.orchscope.report.ReportPlan;
import io.orchscope.report.ReportShelf;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reports that are made, and those that can be. */
public final class ReportsPage implements Page {

  private static final int ROWS = 200;

  private final Views views;
  private static final Pattern PART =
      Pattern.compile("(.+?)(-codes\\.png|-history\\.png|\\.xlsx|\\.md)");

  private final List<ReportPlan> plans;
  private final Function<ReportPlan, Optional<Instant>> next;
  private final ReportShelf shelf;

  /** A report that can be made, and when it is made by itself. */
  public record Line(ReportPlan plan, Optional<Instant> next) {

    /** {@code service mapper}, or {@code all products}, and which of their failures. */
    public String subject() {
      String products =
          plan.products().isEmpty()
              ? "all products"
              : plan.products().stream().map(Words::product).collect(Collectors.joining(", "));
      String codes = plan.codes().isEmpty() ? "" : ", " + String.join(" ", plan.codes());
      return products + codes + (plan.isOnlyNew() ? ", what is new" : "");
    }
  }

  /** A report that was made, with its files. */
  public record Made(String name, Instant madeAt, List<Part> parts) {}

  /** A file of a report; {@code workbook}. */
  public record Part(String title, ReportShelf.Kept file) {}

  /** What the page shows. */
  public record Model(List<Line> lines, List<Made> made, String said) {}

  /** Shape: {@code next} says when a report is made by itself, if it is. */
  public ReportsPage(
      Views views,
      List<ReportPlan> plans,
      Function<ReportPlan, Optional<Instant>> next,
      ReportShelf shelf) {
    this.views = views;
    this.plans = List.copyOf(plans);
    this.next = next;
    this.shelf = shelf;
  }

  @Override
  public Reply answer(Request request, Visitor visitor) {
    if (!request.word("file").isEmpty()) {
      return file(shelf, request.word("file"))
          .orElseGet(() -> views.refusal(404, "There is no such file", "It may be gone.", visitor));
    }
    Model model =
        new Model(
            plans.stream().map(plan -> new Line(plan, next.apply(plan))).toList(),
            made(shelf.list(ROWS)),
            request.word("said"));
    return views.page("reports", views.frame("Reports", "reports", visitor), model);
  }

  /** The newest first, as the files are. */
  private static List<Made> made(List<ReportShelf.Kept> files) {
    Map<String, List<Part>> parts = new LinkedHashMap<>();
    for (ReportShelf.Kept file : files) {
      Matcher part = PART.matcher(file.name());
      if (part.matches()) {
        parts
            .computeIfAbsent(part.group(1), name -> new ArrayList<>())
            .add(new Part(title(part.group(2)), file));
      }
    }
    return parts.entrySet().stream()
        .map(it -> new Made(it.getKey(), it.getValue().get(0).file().madeAt(), it.getValue()))
        .toList();
  }

  private static String title(String ending) {
    return switch (ending) {
      case "-codes.png" -> "errors by code";
      case "-history.png" -> "over time";
      case ".xlsx" -> "workbook";
      default -> "words";
    };
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
