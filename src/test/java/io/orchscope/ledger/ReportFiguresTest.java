package io.orchscope.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.alert.Links;
import io.orchscope.alert.ReportMessages;
import io.orchscope.circuit.OrchState;
import io.orchscope.defect.DefectRules;
import io.orchscope.defect.Fingerprint;
import io.orchscope.defect.RulesFile;
import io.orchscope.report.FontsMissingException;
import io.orchscope.report.Report;
import io.orchscope.report.ReportCharts;
import io.orchscope.report.ReportPlan;
import io.orchscope.report.ReportPlan.FileKind;
import io.orchscope.report.ReportSheet;
import io.orchscope.report.Window;
import io.orchscope.settings.Products;
import io.orchscope.settings.ProductsFile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reports of two weeks of failures, of which every one is known. */
final class ReportFiguresTest {

  private static final Instant MONDAY = Instant.parse("2026-11-23T00:00:00Z");
  private static final int FAILURES = 900;
  private static final List<String> CODES = List.of("DE-1000", "DE-1001", "DE-1003", "DE-1901");

  private static final List<String> HOSTILE =
      List.of(
          "=cmd|' /C calc'!A0",
          "<script>alert(1)</script>",
          "\"><img src=x onerror=alert(1)>",
          "a\r\nSet-Cookie: x=1",
          "\u001b[31mred\u0000\uffff",
          "@SUM(1+1)*cmd|'x'!A0",
          "<@all> [x](https://evil.example.com) **x**",
          "x".repeat(100_000));

  @TempDir private static Path folder;

  private static final Products PRODUCTS = ProductsFile.read(Path.of("config/products.yaml"));
  private static final DefectRules RULES = RulesFile.read(Path.of("config/defect-rules.yaml"));

  /** A clock that stands where it is put. */
  private static final class Standing extends Clock {

    private Instant now = MONDAY.minus(Duration.ofDays(14));

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  private record Seeded(Instant at, String circuit, String code, String error) {}

  private static final Standing CLOCK = new Standing();
  private static final List<Seeded> SEEDED = new ArrayList<>();
  private static final Map<String, String> ERRORS = new HashMap<>();
  private static Ledger ledger;

  @BeforeAll
  static void seed() {
    ledger = new Ledger(LedgerPlace.file(folder.resolve("ledger.db")), CLOCK);
    Random random = new Random(7);
    List<Instant> times =
        random
            .longs(FAILURES, 0, Duration.ofDays(14).toMillis())
            .sorted()
            .mapToObj(millis -> MONDAY.minus(Duration.ofDays(14)).plusMillis(millis))
            .collect(Collectors.toCollection(ArrayList::new));
    // On the very edges of windows.
    times.add(MONDAY.minus(Duration.ofDays(7)));
    times.add(MONDAY.minusMillis(1));
    times.sort(null);
    for (int i = 0; i < times.size(); i++) {
      CLOCK.now = times.get(i);
      String circuit = "80.L1XX.%06d..TEST".formatted(random.nextInt(300));
      String code = CODES.get(random.nextInt(CODES.size()));
      String error = i % 50 == 0 ? HOSTILE.get(i / 50 % HOSTILE.size()) : "error of " + code;
      String poll = Rooms.lists(ledger, PRODUCTS, circuit, OrchState.FAILED, i + 1L).pollId();
      String key = "k" + i;
      Rooms.fails(
          ledger,
          PRODUCTS,
          poll,
          Rooms.Failure.of(key, circuit, times.get(i)).code(code).error(error),
          Optional.empty());
      SEEDED.add(new Seeded(times.get(i), circuit, code, error));
      ERRORS.put(key, error);
    }
    CLOCK.now = MONDAY;
  }

  @AfterAll
  static void close() {
    ledger.close();
  }

  @ParameterizedTest
  @CsvSource({"PT15M", "PT1H", "PT8H", "P1D", "P7D"})
  void countsWhatWasFoundInItsWindow(Duration length) throws Exception {
    Window window = new Window(MONDAY, length);
    Report report = report(plan(length), window);

    Map<String, Long> expected = byCode(window);
    assertThat(report.sums().failures()).isEqualTo(within(window).size());
    assertThat(report.sums().before()).isEqualTo(within(window.before()).size());
    assertThat(report.sums().circuits())
        .isEqualTo(within(window).stream().map(Seeded::circuit).distinct().count());
    assertThat(codes(report)).isEqualTo(expected);
    assertThat(report.history()).hasSize(2 * window.points());
    assertThat(sum(report.history().subList(window.points(), 2 * window.points())))
        .isEqualTo(within(window).size());
    assertThat(sum(report.history().subList(0, window.points())))
        .isEqualTo(within(window.before()).size());

    try (XSSFWorkbook book =
        new XSSFWorkbook(new ByteArrayInputStream(new ReportSheet(report).xlsx()))) {
      assertThat(column(book.getSheet("count"), 0)).first().isEqualTo("Date");
      assertThat(header(book.getSheet("count")))
          .startsWith("Date", "Defect_number", "Categorized_error", "Count");
      Map<String, Long> counted = new TreeMap<>();
      for (Row row : book.getSheet("count")) {
        if (row.getRowNum() > 0 && row.getCell(3).getNumericCellValue() > 0) {
          counted.put(
              row.getCell(1).getStringCellValue(), (long) row.getCell(3).getNumericCellValue());
        }
      }
      assertThat(counted).isEqualTo(expected);
      assertThat(header(book.getSheet("errors")))
          .startsWith("createdAt", "id", "circuit_id", "orchState");
      assertThat(book.getSheet("errors").getLastRowNum()).isEqualTo(within(window).size());
      assertThat(cells(book)).noneMatch(cell -> cell.getCellType() == CellType.FORMULA);
    }
    draw(report, length);
  }

  @Test
  void tellsWhatIsNewFromWhatIsKnown() {
    Report all = report(plan(Duration.ofDays(14)), new Window(MONDAY, Duration.ofDays(14)));
    Report last = report(plan(Duration.ofHours(1)), new Window(MONDAY, Duration.ofHours(1)));

    assertThat(all.news()).hasSizeGreaterThan(CODES.size());
    assertThat(last.news()).hasSizeLessThan(all.news().size());
  }

  @Test
  void keepsHostileTextsTexts() throws Exception {
    Report report = report(plan(Duration.ofDays(14)), new Window(MONDAY, Duration.ofDays(14)));

    try (XSSFWorkbook book =
        new XSSFWorkbook(new ByteArrayInputStream(new ReportSheet(report).xlsx()))) {
      Set<String> errors = new HashSet<>(column(book.getSheet("errors"), 5));
      assertThat(errors)
          .contains(HOSTILE.get(0), HOSTILE.get(1), HOSTILE.get(2), HOSTILE.get(5), HOSTILE.get(6))
          .anyMatch(text -> text.length() == 32_767);
    }
    String words = new ReportMessages(report, Map.of(), Links.NONE).markdown();
    assertThat(words).doesNotContain("<@all>", "[x](https", "\u001b").hasSizeLessThan(7_439);
  }

  @Test
  void knowsOnlyTheProductsThatItIsAskedFor() {
    ReportPlan others =
        new ReportPlan(
            "others",
            List.of("network_service"),
            List.of(),
            false,
            Duration.ofDays(7),
            false,
            "",
            Optional.empty(),
            Optional.empty(),
            false,
            List.of());

    assertThat(report(others, new Window(MONDAY, Duration.ofDays(7))).isEmpty()).isTrue();
  }

  @Test
  void knowsOnlyTheCodesThatItIsAskedFor() {
    Window window = new Window(MONDAY, Duration.ofDays(7));
    List<String> asked = List.of("DE-1000", "DE-1901");

    Report report = report(plan(window.length(), asked, false), window);

    Map<String, Long> expected = byCode(window);
    expected.keySet().retainAll(asked);
    assertThat(codes(report)).isEqualTo(expected);
    assertThat(report.sums().failures()).isEqualTo(sum(List.copyOf(expected.values())));
    assertThat(report.rows()).allMatch(row -> asked.contains(row.code()));
    assertThat(report.subject()).isEqualTo("service_mapper, DE-1000 DE-1901");
  }

  @Test
  void knowsOnlyWhatIsNewWhereThatIsAskedFor() {
    Window window = new Window(MONDAY, Duration.ofDays(7));
    Set<String> before =
        SEEDED.stream()
            .filter(it -> it.at.isBefore(window.from()))
            .map(it -> it.code + Fingerprint.of(it.error).value())
            .collect(Collectors.toSet());
    long expected =
        within(window).stream()
            .filter(it -> !before.contains(it.code + Fingerprint.of(it.error).value()))
            .count();

    Report report = report(plan(window.length(), List.of(), true), window);

    assertThat(expected).isPositive();
    assertThat(report.sums().failures()).isEqualTo(expected);
    assertThat(report.rows()).hasSize((int) expected);
    assertThat(report.subject()).isEqualTo("service_mapper, what is new");
  }

  private static void draw(Report report, Duration length) throws Exception {
    List<byte[]> pictures;
    try {
      pictures = List.of(new ReportCharts(report).bars(), new ReportCharts(report).history());
    } catch (FontsMissingException none) {
      System.out.println(none.getMessage());
      return;
    }
    for (int i = 0; i < pictures.size(); i++) {
      BufferedImage picture = ImageIO.read(new ByteArrayInputStream(pictures.get(i)));
      assertThat(picture.getWidth()).isEqualTo(1_000);
      assertThat(colors(picture)).as("something is drawn").hasSizeGreaterThan(10);
      String keep = System.getProperty("pictures.folder", "");
      if (!keep.isEmpty()) {
        Files.createDirectories(Path.of(keep));
        Files.write(Path.of(keep, length + "-" + i + ".png"), pictures.get(i));
      }
    }
  }

  private static Set<Integer> colors(BufferedImage picture) {
    Set<Integer> colors = new HashSet<>();
    for (int x = 0; x < picture.getWidth(); x += 3) {
      for (int y = 0; y < picture.getHeight(); y++) {
        colors.add(picture.getRGB(x, y));
      }
    }
    return colors;
  }

  private static Report report(ReportPlan plan, Window window) {
    return new ReportFigures(
            ledger,
            code ->
                RULES.rules().stream().filter(it -> it.code().toString().equals(code)).findFirst(),
            (circuit, key) -> Optional.ofNullable(ERRORS.get(key)))
        .of(plan, "lab", window);
  }

  private static ReportPlan plan(Duration window) {
    return plan(window, List.of(), false);
  }

  private static ReportPlan plan(Duration window, List<String> codes, boolean isOnlyNew) {
    return new ReportPlan(
        "test",
        List.of("service_mapper"),
        codes,
        isOnlyNew,
        window,
        false,
        "",
        Optional.empty(),
        Optional.empty(),
        false,
        List.of(FileKind.values()));
  }

  private static List<Seeded> within(Window window) {
    return SEEDED.stream()
        .filter(it -> !it.at.isBefore(window.from()) && it.at.isBefore(window.until()))
        .toList();
  }

  private static Map<String, Long> byCode(Window window) {
    return within(window).stream()
        .collect(Collectors.groupingBy(Seeded::code, TreeMap::new, Collectors.counting()));
  }

  private static Map<String, Long> codes(Report report) {
    return report.codes().stream()
        .filter(line -> line.failures() > 0)
        .collect(
            Collectors.toMap(
                Report.CodeLine::code, Report.CodeLine::failures, Long::sum, TreeMap::new));
  }

  private static long sum(List<Long> numbers) {
    return numbers.stream().mapToLong(Long::longValue).sum();
  }

  private static List<String> header(Sheet sheet) {
    List<String> titles = new ArrayList<>();
    sheet.getRow(0).forEach(cell -> titles.add(cell.getStringCellValue()));
    return titles;
  }

  private static List<String> column(Sheet sheet, int column) {
    List<String> texts = new ArrayList<>();
    sheet.forEach(row -> texts.add(row.getCell(column).getStringCellValue()));
    return texts;
  }

  private static List<Cell> cells(XSSFWorkbook book) {
    List<Cell> cells = new ArrayList<>();
    book.forEach(sheet -> sheet.forEach(row -> row.forEach(cells::add)));
    return cells;
  }
}
