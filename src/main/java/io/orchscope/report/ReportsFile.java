package io.orchscope.report;

import io.orchscope.report.ReportPlan.FileKind;
import io.orchscope.settings.Durations;
import io.orchscope.settings.Mistakes;
import io.orchscope.settings.Nearest;
import io.orchscope.settings.YamlMap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.quartz.CronExpression;

/** The reading of {@code config/reports.yaml}, which says what is wrong with it all at once. */
public final class ReportsFile {

  private static final Duration LONGEST = Duration.ofDays(366);

  private final Collection<String> productTypes;
  private final Map<String, ReportPlan> byName = new LinkedHashMap<>();

  private ReportsFile(Collection<String> productTypes) {
    this.productTypes = productTypes;
  }

  /**
   * The reports that a file describes; none where there is no file.
   *
   * <p>Errors: {@link io.orchscope.settings.InvalidFileException} with every mistake.
   *
   * @param productTypes every type of {@code config/products.yaml}
   */
  public static List<ReportPlan> read(Path path, Collection<String> productTypes) {
    if (!Files.exists(path)) {
      return List.of();
    }
    Mistakes mistakes = new Mistakes();
    ReportsFile file = new ReportsFile(productTypes);
    YamlMap root = YamlMap.read(path, mistakes);
    root.allowOnly("reports");
    root.maps("reports").forEach(file::add);
    mistakes.throwIfAny();
    return List.copyOf(file.byName.values());
  }

  private void add(YamlMap entry) {
    entry.allowOnly(
        "name",
        "products",
        "codes",
        "only-new",
        "window",
        "whole",
        "schedule",
        "room",
        "code",
        "when-empty",
        "files");
    String name = entry.text("name");
    if (!name.matches("[a-z0-9][a-z0-9-]{0,60}")) {
      entry.mistake("name", "'" + name + "' is no name", "Write it like 'service-mapper-daily'.");
    }
    ReportPlan plan =
        new ReportPlan(
            name,
            products(entry),
            codes(entry),
            flag(entry, "only-new"),
            window(entry),
            flag(entry, "whole"),
            schedule(entry),
            entry.optionalText("room"),
            entry.optionalText("code"),
            isSilent(entry),
            files(entry));
    if (byName.put(name, plan) != null) {
      entry.mistake("name", "'" + name + "' stands twice", "Give one of them another name.");
    }
  }

  private List<String> products(YamlMap entry) {
    List<String> products = entry.has("products") ? entry.texts("products") : List.of();
    for (String product : products) {
      if (!productTypes.contains(product)) {
        entry.mistake(
            "products",
            "'" + product + "' is no product of products.yaml",
            Nearest.to(product, productTypes)
                .map(near -> "Did you mean '" + near + "'?")
                .orElse("Leave the key out for all products."));
      }
    }
    return products;
  }

  private static List<String> codes(YamlMap entry) {
    List<String> codes = entry.has("codes") ? entry.texts("codes") : List.of();
    for (String code : codes) {
      if (!code.matches("DE-[0-9]{4,9}|UNCLASSIFIED")) {
        entry.mistake(
            "codes", "'" + code + "' is no defect code", "Write DE-1000, or UNCLASSIFIED.");
      }
    }
    return codes;
  }

  private static Duration window(YamlMap entry) {
    String window = entry.text("window");
    if (Durations.isDuration(window)) {
      Duration length = Durations.parse(window);
      if (length.toMinutes() >= 1 && length.compareTo(LONGEST) <= 0) {
        return length;
      }
    }
    entry.mistake("window", "'" + window + "' is no window", "Write 15m, 8h, 1d or 7d.");
    return LONGEST;
  }

  private static String schedule(YamlMap entry) {
    String schedule = entry.optionalText("schedule").orElse("");
    if (!schedule.isEmpty() && !CronExpression.isValidExpression(schedule)) {
      entry.mistake(
          "schedule",
          "'" + schedule + "' is not a Quartz cron expression",
          "Write second, minute, hour, day, month and weekday, as in 0 0 6 ? * MON.");
    }
    return schedule;
  }

  private static boolean flag(YamlMap entry, String key) {
    String word = entry.optionalText(key).orElse("no");
    if (!word.matches("yes|no|true|false")) {
      entry.mistake(key, "'" + word + "' is neither yes nor no", "Write yes or no.");
    }
    return word.matches("yes|true");
  }

  private static boolean isSilent(YamlMap entry) {
    String word = entry.optionalText("when-empty").orElse("tell");
    if (!word.equals("tell") && !word.equals("skip")) {
      entry.mistake("when-empty", "'" + word + "' is not known", "Write tell or skip.");
    }
    return word.equals("skip");
  }

  private static List<FileKind> files(YamlMap entry) {
    if (!entry.has("files")) {
      return List.of(FileKind.values());
    }
    return entry.texts("files").stream()
        .flatMap(
            word -> {
              Optional<FileKind> kind =
                  Stream.of(FileKind.values()).filter(it -> it.word().equals(word)).findFirst();
              if (kind.isEmpty()) {
                entry.mistake(
                    "files", "'" + word + "' is no file", "Write sheet, chart or history.");
              }
              return kind.stream();
            })
        .toList();
  }
}
