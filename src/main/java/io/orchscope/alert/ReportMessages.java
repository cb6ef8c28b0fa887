package io.orchscope.alert;

import io.orchscope.alert.HostileText.Place;
import io.orchscope.report.Report;
import io.orchscope.report.ReportPlan.FileKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A report as messages: what matters in words, with the workbook; pictures in the thread. */
public final class ReportMessages {

  private static final int CODES = 8;
  private static final int NEWS = 8;
  private static final int BYTES = 200;

  /** Webex takes more, but nobody wants it on a phone. */
  private static final int LARGEST = 10_000_000;

  private final Report report;
  private final Map<FileKind, byte[]> files;
  private final Links links;

  /**
   * Messages of a report.
   *
   * @param files those that were made
   */
  public ReportMessages(Report report, Map<FileKind, byte[]> files, Links links) {
    this.report = report;
    this.files = files;
    this.links = links;
  }

  /** The first stands in the room, the others in its thread. */
  public List<Draft> drafts() {
    List<Draft> drafts = new ArrayList<>();
    RoomMessage words = RoomMessage.of(markdown(), "REPORT " + report.plan().name());
    drafts.add(new Draft(Draft.Kind.ROOT, attached(words, FileKind.SHEET), List.of()));
    picture(drafts, FileKind.CHART, "Errors by code, beside the " + unit() + " before.");
    picture(drafts, FileKind.HISTORY, "Failures over time, beside the " + unit() + " before.");
    return drafts;
  }

  /** All of it as Markdown, below the size that Webex takes. */
  public String markdown() {
    Report.Sums sums = report.sums();
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "**%,d failures of %,d circuits in %s**: %s (environment %s)%n%nBefore: %,d%s. %s, UTC.%n",
            sums.failures(),
            sums.circuits(),
            report.window().words(),
            code(report.subject()),
            code(report.environment()),
            sums.before(),
            change(sums.failures(), sums.before()),
            report.window().span()));
    if (!report.isEmpty()) {
      text.append("\n").append(codes()).append("\n").append(news());
    }
    return text.toString().replace(System.lineSeparator(), "\n").strip();
  }

  private String codes() {
    List<Report.CodeLine> named =
        report.codes().stream().filter(line -> line.failures() > 0).toList();
    String lines =
        named.stream()
            .limit(CODES)
            .map(
                line ->
                    String.format(
                        Locale.ROOT,
                        "- %,d %s %s%s",
                        line.failures(),
                        code(line.code()),
                        prose(line.title()),
                        before(line)))
            .collect(Collectors.joining("\n"));
    return lines + more(named.size(), CODES, "codes") + "\n";
  }

  private static String before(Report.CodeLine line) {
    return line.before() == 0
        ? ""
        : String.format(
            Locale.ROOT, ", before %,d%s", line.before(), change(line.failures(), line.before()));
  }

  private String news() {
    if (report.news().isEmpty()) {
      return "Nothing new.\n";
    }
    String lines =
        report.news().stream().limit(NEWS).map(this::kind).collect(Collectors.joining("\n"));
    return "**New or back again:**\n\n" + lines + more(report.news().size(), NEWS, "kinds") + "\n";
  }

  private String kind(Report.Kind kind) {
    String title = prose(kind.title());
    String linked =
        links.ofGroup(kind.groupId()).map(url -> "[" + title + "](" + url + ")").orElse(title);
    return String.format(
        Locale.ROOT,
        "- %s %s, %,d%s",
        code(kind.code()),
        linked,
        kind.failures(),
        kind.isBack() ? ", was resolved before" : "");
  }

  private static String more(int all, int shown, String what) {
    return all > shown ? "\n- and " + (all - shown) + " " + what + " more, in the workbook" : "";
  }

  private void picture(List<Draft> drafts, FileKind kind, String words) {
    if (files.containsKey(kind)) {
      RoomMessage message = RoomMessage.of(words, "REPORT " + report.plan().name());
      drafts.add(new Draft(Draft.Kind.REPLY, attached(message, kind), List.of()));
    }
  }

  private RoomMessage attached(RoomMessage message, FileKind kind) {
    byte[] bytes = files.get(kind);
    return bytes == null || bytes.length > LARGEST
        ? message
        : message.withFile(RoomMessage.File.of(report.fileName() + ending(kind), bytes));
  }

  /** How a file of a report ends. */
  public static String ending(FileKind kind) {
    return switch (kind) {
      case SHEET -> ".xlsx";
      case CHART -> "-codes.png";
      case HISTORY -> "-history.png";
    };
  }

  private String unit() {
    return report.window().words().replaceFirst("^1 ", "");
  }

  private static String change(long now, long before) {
    if (before == 0 || now == before) {
      return "";
    }
    return String.format(Locale.ROOT, " (%+d %%)", Math.round(100.0 * (now - before) / before));
  }

  private static String code(String text) {
    return HostileText.shown(text, Place.CODE, BYTES);
  }

  private static String prose(String text) {
    return HostileText.shown(text, Place.PROSE, BYTES);
  }
}
