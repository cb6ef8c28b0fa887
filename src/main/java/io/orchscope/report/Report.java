package io.orchscope.report;

import java.time.Instant;
import java.util.List;

/**
 * What failed in a window.
 *
 * @param codes by how many failures they named, the most first; also those that named some in the
 *     window before and none in this one
 * @param news kinds of failures that were never seen before the window, or came back in it
 * @param history failures at each point of the window before and then of this one
 * @param rows every failure, the oldest first, as many as a sheet holds
 */
public record Report(
    ReportPlan plan,
    String environment,
    Window window,
    Sums sums,
    List<CodeLine> codes,
    List<Kind> news,
    List<Long> history,
    List<Row> rows) {

  /** More rows are no use to people, and too many for a message. */
  public static final int MOST_ROWS = 20_000;

  private static final int CODES_SPELT_OUT = 3;

  /** Failures and circuits in the window, and failures in the one before. */
  public record Sums(long failures, long circuits, long before) {}

  /** What a code has named; {@code pattern} is empty for {@code UNCLASSIFIED}. */
  public record CodeLine(
      String code, String title, String pattern, long failures, long circuits, long before) {}

  /** A kind of failure; {@code isBack} when it was resolved before. */
  public record Kind(
      String groupId, String code, String product, String title, long failures, boolean isBack) {}

  /**
   * A failure.
   *
   * @param error its words, as far as they are kept
   */
  public record Row(
      Instant foundAt,
      String resourceId,
      String circuit,
      String product,
      String orchState,
      String code,
      String title,
      String error,
      boolean isOver) {}

  public Report {
    codes = List.copyOf(codes);
    news = List.copyOf(news);
    history = List.copyOf(history);
    rows = List.copyOf(rows);
  }

  /** Whether nothing failed. */
  public boolean isEmpty() {
    return sums.failures() == 0;
  }

  /** The products in a line, {@code all products} for all, and which of their failures. */
  public String subject() {
    String products =
        plan.products().isEmpty() ? "all products" : String.join(", ", plan.products());
    String codes =
        plan.codes().isEmpty()
            ? ""
            : plan.codes().size() > CODES_SPELT_OUT
                ? ", " + plan.codes().size() + " codes"
                : ", " + String.join(" ", plan.codes());
    return products + codes + (plan.isOnlyNew() ? ", what is new" : "");
  }

  /** Below which its files are known. */
  public String fileName() {
    return plan.name() + "-" + window.until().toString().replaceAll("[:]|\\.[0-9]+", "");
  }
}
