package io.orchscope.report;

import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.TimeZone;
import java.util.stream.LongStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A report as pictures.
 *
 * <p>Shape: PNG, 1,000 pixels wide. Errors: {@link FontsMissingException} where Java finds no font
 * to write with.
 */
public final class ReportCharts {

  private static final int WIDTH = 1_000;
  private static final int HEIGHT = 520;
  private static final int BARS = 20;
  private static final double LOWEST_TOP = 5;
  private static final double ROOM_ABOVE = 1.08;

  private static final Color NOW = new Color(0xC2410C);
  private static final Color BEFORE = new Color(0xA8A29E);
  private static final Color INK = new Color(0x1C1917);
  private static final Color LINES = new Color(0xE7E5E4);

  private final Report report;

  /** Charts of a report. */
  public ReportCharts(Report report) {
    this.report = report;
    // There is no screen, and none is looked for.
    System.setProperty("java.awt.headless", "true");
  }

  /** A bar for each code that named something, beside the one of the window before. */
  public byte[] bars() {
    List<Report.CodeLine> lines =
        report.codes().stream().filter(line -> line.failures() > 0).limit(BARS).toList();
    return drawn(
        () -> {
          CategoryChart chart =
              new CategoryChartBuilder()
                  .width(WIDTH)
                  .height(HEIGHT)
                  .title(report.subject() + " errors, " + report.window().span())
                  .yAxisTitle("failures")
                  .build();
          style(chart.getStyler());
          chart.getStyler().setXAxisLabelRotation(lines.size() > 8 ? 45 : 0);
          chart.getStyler().setAvailableSpaceFill(0.8);
          List<String> codes = lines.stream().map(ReportCharts::label).toList();
          chart.getStyler().setYAxisMax(top(lines.stream().mapToLong(ReportCharts::most)));
          bars(chart, "this time", codes, lines.stream().map(it -> it.failures()).toList(), NOW);
          bars(chart, "before", codes, lines.stream().map(it -> it.before()).toList(), BEFORE);
          return BitmapEncoder.getBitmapBytes(chart, BitmapFormat.PNG);
        });
  }

  /** A line over the window and one over the window before. */
  public byte[] history() {
    Window window = report.window();
    int points = window.points();
    List<Date> times = new ArrayList<>();
    for (int i = 0; i < points; i++) {
      Instant end = window.until().minus(window.point().multipliedBy(points - 1L - i));
      times.add(Date.from(end.minus(window.point())));
    }
    return drawn(
        () -> {
          XYChart chart =
              new XYChartBuilder()
                  .width(WIDTH)
                  .height(HEIGHT)
                  .title(
                      report.plan().code().map(code -> code + " of ").orElse("Failures of ")
                          + report.subject()
                          + ", "
                          + window.span())
                  .yAxisTitle("failures")
                  .build();
          style(chart.getStyler());
          chart.getStyler().setDatePattern(window.point().toDays() > 0 ? "d MMM" : "d MMM HH:mm");
          chart.getStyler().setTimezone(TimeZone.getTimeZone("UTC"));
          chart.getStyler().setYAxisMax(top(report.history().stream().mapToLong(Long::longValue)));
          line(chart, "before", times, report.history().subList(0, points), BEFORE);
          line(chart, "this time", times, report.history().subList(points, 2 * points), NOW);
          return BitmapEncoder.getBitmapBytes(chart, BitmapFormat.PNG);
        });
  }

  private static String label(Report.CodeLine line) {
    return line.code().startsWith("DE-") ? line.code() : "no rule";
  }

  private static long most(Report.CodeLine line) {
    return Math.max(line.failures(), line.before());
  }

  /** Some room above the highest, and whole numbers on the axis. */
  private static double top(LongStream numbers) {
    return Math.max(LOWEST_TOP, numbers.max().orElse(0) * ROOM_ABOVE);
  }

  private static void bars(
      CategoryChart chart, String name, List<String> codes, List<Long> numbers, Color color) {
    chart
        .addSeries(
            name,
            codes.isEmpty() ? List.of("none") : codes,
            numbers.isEmpty() ? List.of(0L) : numbers)
        .setFillColor(color);
  }

  private static void line(
      XYChart chart, String name, List<Date> times, List<Long> numbers, Color color) {
    var series = chart.addSeries(name, times, numbers);
    series.setLineColor(color);
    series.setMarkerColor(color);
    series.setMarker(numbers.size() > 60 ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE);
  }

  private static void style(AxesChartStyler styler) {
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    styler.setPlotGridLinesColor(LINES);
    styler.setPlotGridVerticalLinesVisible(false);
    styler.setChartFontColor(INK);
    styler.setLegendPosition(LegendPosition.OutsideS);
    styler.setLegendLayout(LegendLayout.Horizontal);
    styler.setLegendBorderColor(Color.WHITE);
    styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 18));
    styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    styler.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    styler.setYAxisMin(0.0);
    styler.setYAxisDecimalPattern("#,###");
  }

  private interface Drawing {
    byte[] draw() throws IOException;
  }

  /** Java says in several ways that a machine has no fonts. */
  private static byte[] drawn(Drawing drawing) {
    try {
      return drawing.draw();
    } catch (IOException impossible) {
      throw new IllegalStateException("Memory takes everything.", impossible);
    } catch (LinkageError | InternalError missing) {
      throw new FontsMissingException(missing);
    } catch (RuntimeException missing) {
      if (String.valueOf(missing.getMessage()).contains("ontconfig")) {
        throw new FontsMissingException(missing);
      }
      throw missing;
    }
  }
}
