package io.orchscope.console;

import java.util.List;
import java.util.Locale;

/**
 * A small row of bars, as a path of SVG.
 *
 * @param numbers that it is drawn from
 * @param width in user units, one for each number
 */
public record Sparkline(
    List<Long> numbers, String path, int width, int height, long most, long sum) {

  private static final int HEIGHT = 24;
  private static final int STEP = 5;
  private static final int BAR = 4;

  static Sparkline of(List<Long> numbers) {
    long most = numbers.stream().mapToLong(Long::longValue).max().orElse(0);
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < numbers.size(); i++) {
      long number = numbers.get(i);
      if (number > 0) {
        // Even one failure is to be seen beside a thousand.
        double height = Math.max(1.5, (double) HEIGHT * number / most);
        path.append(
            String.format(
                Locale.ROOT, "M%d %dv-%.1fh%dv%.1fz", i * STEP, HEIGHT, height, BAR, height));
      }
    }
    return new Sparkline(
        List.copyOf(numbers),
        path.toString(),
        numbers.size() * STEP,
        HEIGHT,
        most,
        numbers.stream().mapToLong(Long::longValue).sum());
  }

  /** What it shows, for those who do not see it. */
  public String label() {
    return sum == 0 ? "none" : Words.number(sum) + " in all, at most " + Words.number(most);
  }
}
