package io.orchscope.report;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * A report that somebody wants.
 *
 * @param name {@code service-mapper-daily}; also the name of its files
 * @param products types; none for all
 * @param codes defect codes that it is about; none for all
 * @param isOnlyNew whether it is about kinds of failures alone that were new in the window, or came
 *     back in it
 * @param window how long a time it is about
 * @param isWhole whether the window ends with the last whole day, or hour where it is shorter
 * @param schedule Quartz cron expression, UTC; empty for on request only
 * @param room Webex's id of it; none for that of the first product, or the default room
 * @param code whose history is drawn; none for that of all failures
 * @param isSilentWhenEmpty whether nobody is told that nothing failed
 * @param files what is made beside the words
 */
public record ReportPlan(
    String name,
    List<String> products,
    List<String> codes,
    boolean isOnlyNew,
    Duration window,
    boolean isWhole,
    String schedule,
    Optional<String> room,
    Optional<String> code,
    boolean isSilentWhenEmpty,
    List<FileKind> files) {

  private static final Duration DAY = Duration.ofDays(1);

  /** What a report can come with. */
  public enum FileKind {
    /** A workbook: every failure, counts by code. */
    SHEET,
    /** Bars, one for each code. */
    CHART,
    /** A line over time. */
    HISTORY;

    /** As it stands in the file of reports. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  public ReportPlan {
    products = List.copyOf(products);
    codes = List.copyOf(codes);
    files = List.copyOf(files);
  }

  /** The time that a report is about which is made at a moment. */
  public Window windowAt(Instant moment) {
    ChronoUnit unit = window.compareTo(DAY) >= 0 ? ChronoUnit.DAYS : ChronoUnit.HOURS;
    return new Window(moment.truncatedTo(isWhole ? unit : ChronoUnit.MINUTES), window);
  }
}
