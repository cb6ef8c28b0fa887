package io.orchscope.legacy;

import io.orchscope.defect.DefectRule;
import io.orchscope.match.OrderedPatterns;
import io.orchscope.match.PythonPattern;
import io.orchscope.match.RefusedPatternException;
import io.orchscope.match.StalledPatternException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The old monitor, with its mistakes: rows are tried by their codes as texts, a row without a
 * pattern is found in every error, and counts do not care who came first. Source: domain.md §4.2
 * and §4.6.
 */
public final class LegacyMonitor {

  /** What it calls an error that no row knows. */
  public static final String NEW_ERROR = "New Error Discovered";

  private final List<Row> rows = new ArrayList<>();
  private final List<String> refused = new ArrayList<>();
  private OrderedPatterns patterns = OrderedPatterns.of(List.of());

  private record Row(String code, String pattern, Pattern compiled) {}

  /**
   * A row of its table of counts.
   *
   * @param errors that its pattern is found in, whichever row has won them
   */
  public record Count(String code, String pattern, long errors) {}

  private LegacyMonitor() {}

  /** With a table as it stands in its file. */
  public static LegacyMonitor of(LegacyTable table) {
    LegacyMonitor monitor = new LegacyMonitor();
    table.rows().forEach(row -> monitor.add(row.code(), row.pattern(), row.place()));
    return monitor.sorted();
  }

  /** With rules of ours. */
  public static LegacyMonitor of(List<DefectRule> rules) {
    LegacyMonitor monitor = new LegacyMonitor();
    rules.forEach(rule -> monitor.add(rule.code().toString(), rule.written(), rule.place()));
    return monitor.sorted();
  }

  private void add(String code, String pattern, String place) {
    try {
      rows.add(new Row(code, pattern, PythonPattern.compile(pattern, PythonPattern.Dialect.BOTH)));
    } catch (RefusedPatternException unusable) {
      refused.add(code + " (" + place + "): " + unusable.getMessage());
    }
  }

  private LegacyMonitor sorted() {
    rows.sort(Comparator.comparing(Row::code));
    patterns = OrderedPatterns.of(rows.stream().map(Row::compiled).toList());
    return this;
  }

  /** Rows that could not be tried, with the reason; the old monitor would have stopped at them. */
  public List<String> refused() {
    return List.copyOf(refused);
  }

  /** The code of the first row that is found, or {@link #NEW_ERROR}. */
  public String classify(String normalised) {
    return patterns.find(normalised).found().map(it -> rows.get(it.row()).code).orElse(NEW_ERROR);
  }

  /**
   * In how many errors each row is found; those that are found in none are missing.
   *
   * @param errors normalised texts, and how often each came
   */
  public List<Count> counts(Map<String, Long> errors) {
    Map<Row, Long> sums = new LinkedHashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      int row = i;
      errors.forEach(
          (text, times) -> {
            if (isFound(row, text)) {
              sums.merge(rows.get(row), times, Long::sum);
            }
          });
    }
    return sums.entrySet().stream()
        .map(sum -> new Count(sum.getKey().code, sum.getKey().pattern, sum.getValue()))
        .toList();
  }

  /** What takes longer than anybody waits for is not found; the old monitor would wait. */
  private boolean isFound(int row, String text) {
    try {
      return patterns.isFound(row, text);
    } catch (StalledPatternException tooCostly) {
      return false;
    }
  }
}
