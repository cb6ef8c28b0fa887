package io.orchscope.settings;

import io.orchscope.circuit.DeviceLocation;
import io.orchscope.circuit.ErrorEntryRule;
import io.orchscope.circuit.Product;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.quartz.CronExpression;

/**
 * Reads {@code config/products.yaml}: every kind of resource that is watched, one entry each.
 *
 * <p>Errors: all mistakes of the file at once, as {@link InvalidFileException}.
 */
public final class ProductsFile {

  private final Mistakes mistakes = new Mistakes();
  private final Map<String, Product> byType = new LinkedHashMap<>();

  private ProductsFile() {}

  /** The products in the order of the file. */
  public static Products read(Path path) {
    return new ProductsFile().products(path);
  }

  private Products products(Path path) {
    YamlMap root = YamlMap.read(path, mistakes);
    root.allowOnly("resource-type-prefix", "products");
    String prefix = root.text("resource-type-prefix");
    List<YamlMap> entries = root.maps("products");
    if (entries.isEmpty()) {
      root.mistake("products", "no product is listed", "Add at least one entry under 'products:'.");
    }
    entries.forEach(entry -> add(entry, prefix));
    mistakes.throwIfAny();
    return new Products(byType);
  }

  private void add(YamlMap entry, String prefix) {
    entry.allowOnly(
        "type",
        "name",
        "resource-type",
        "circuit-id",
        "devices",
        "trace",
        "error-entry",
        "schedule");
    String type = entry.text("type");
    if (!type.matches("[a-z][a-z0-9_]*")) {
      entry.mistake(
          "type", "'" + type + "' is not a snake-case word", "Write it like 'service_mapper'.");
    }
    String name = entry.text("name");
    Product product =
        new Product(
            type,
            name,
            entry.optionalText("resource-type").orElse(prefix + "." + name),
            pointers(entry, "circuit-id"),
            entry.maps("devices").stream().map(this::location).toList(),
            yesOrNo(entry, "trace"),
            errorEntry(entry),
            schedule(entry));
    if (byType.put(type, product) != null) {
      entry.mistake("type", "product '" + type + "' stands twice", "Keep one of the two entries.");
    }
  }

  private DeviceLocation location(YamlMap device) {
    device.allowOnly("each", "tid", "address", "disconnect");
    String tid = device.text("tid");
    if (!tid.equals(DeviceLocation.KEY)) {
      pointer(device, "tid", tid);
    } else if (!device.has("each")) {
      device.mistake("tid", "'key' needs 'each'", "Say with 'each' whose members are devices.");
    }
    return new DeviceLocation(
        optionalPointer(device, "each"),
        tid,
        optionalPointer(device, "address"),
        optionalPointer(device, "disconnect"));
  }

  private List<String> pointers(YamlMap entry, String key) {
    List<String> pointers = new ArrayList<>(entry.texts(key));
    pointers.forEach(text -> pointer(entry, key, text));
    return List.copyOf(pointers);
  }

  private static Optional<String> optionalPointer(YamlMap map, String key) {
    Optional<String> text = map.optionalText(key);
    text.ifPresent(pointer -> pointer(map, key, pointer));
    return text;
  }

  private static void pointer(YamlMap map, String key, String text) {
    if (!text.startsWith("/")) {
      map.mistake(
          key,
          "'" + text + "' is not a JSON pointer",
          "Start it with '/', as in '/properties/circuit_id'.");
    }
  }

  private static boolean yesOrNo(YamlMap entry, String key) {
    String word = entry.text(key);
    if (!word.isEmpty() && !word.equals("yes") && !word.equals("no")) {
      entry.mistake(key, "'" + word + "' is neither yes nor no", "Write 'yes' or 'no'.");
    }
    return word.equals("yes");
  }

  private static ErrorEntryRule errorEntry(YamlMap entry) {
    String word = entry.optionalText("error-entry").orElse(ErrorEntryRule.FIRST_CATEGORIZED.word());
    for (ErrorEntryRule rule : ErrorEntryRule.values()) {
      if (rule.word().equals(word)) {
        return rule;
      }
    }
    String known =
        Arrays.stream(ErrorEntryRule.values())
            .map(ErrorEntryRule::word)
            .collect(Collectors.joining(", "));
    entry.mistake("error-entry", "unknown rule '" + word + "'", "Known rules: " + known + ".");
    return ErrorEntryRule.FIRST_CATEGORIZED;
  }

  private static String schedule(YamlMap entry) {
    String cron = entry.optionalText("schedule").orElse("");
    if (!cron.isEmpty()) {
      try {
        CronExpression.validateExpression(cron);
      } catch (java.text.ParseException malformed) {
        entry.mistake(
            "schedule",
            "'" + cron + "' is not a Quartz cron expression: " + malformed.getMessage(),
            "Give seconds, minutes, hours, day, month and weekday, as in '0 0/15 * * * ?'.");
      }
    }
    return cron;
  }
}
