package io.orchscope.errortest;

import io.orchscope.errortest.ErrorTestPlan.Kind;
import io.orchscope.settings.Mistakes;
import io.orchscope.settings.Nearest;
import io.orchscope.settings.YamlMap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The reading of {@code config/error-tests.yaml}, which says what is wrong with it all at once. */
public final class ErrorTestsFile {

  private static final String ALL = "all";
  private static final String TELL_NOTHING = "tell-nothing";

  private final Collection<String> productTypes;
  private final Map<String, ErrorTestPlan> byName = new LinkedHashMap<>();

  private ErrorTestsFile(Collection<String> productTypes) {
    this.productTypes = productTypes;
  }

  /**
   * The tests that a file describes; none where there is no file.
   *
   * <p>Errors: {@link io.orchscope.settings.InvalidFileException} with every mistake.
   *
   * @param productTypes every type of {@code config/products.yaml}
   */
  public static ErrorTests read(Path path, Collection<String> productTypes) {
    if (!Files.exists(path)) {
      return new ErrorTests(List.of());
    }
    Mistakes mistakes = new Mistakes();
    ErrorTestsFile file = new ErrorTestsFile(productTypes);
    YamlMap root = YamlMap.read(path, mistakes);
    root.allowOnly("tests");
    root.maps("tests").forEach(file::add);
    mistakes.throwIfAny();
    return new ErrorTests(List.copyOf(file.byName.values()));
  }

  private void add(YamlMap entry) {
    entry.allowOnly("name", "test", "products", "codes", "enabled", TELL_NOTHING);
    String name = entry.text("name");
    if (!name.isBlank() && !name.matches("[a-z0-9][a-z0-9-]{0,60}")) {
      entry.mistake(
          "name", "'" + name + "' is no name", "Write it like 'service-mapper-connectivity'.");
    }
    Kind kind = kind(entry);
    ErrorTestPlan plan =
        new ErrorTestPlan(
            name,
            kind,
            products(entry),
            codes(entry),
            flag(entry, "enabled", "yes"),
            flag(entry, TELL_NOTHING, "no"));
    if (plan.tellsNothing() && kind != Kind.COMMIT_ERRORS) {
      entry.mistake(
          TELL_NOTHING,
          "a test '" + kind.word() + "' has no finding of nothing",
          "Leave the key out; it belongs to commit-errors.");
    }
    if (byName.put(name, plan) != null) {
      entry.mistake("name", "'" + name + "' stands twice", "Give one of them another name.");
    }
  }

  private static Kind kind(YamlMap entry) {
    String word = entry.text("test");
    Optional<Kind> kind =
        Stream.of(Kind.values()).filter(known -> known.word().equals(word)).findFirst();
    if (kind.isEmpty() && !word.isBlank()) {
      List<String> known = Stream.of(Kind.values()).map(Kind::word).toList();
      entry.mistake(
          "test",
          "there is no test '" + word + "'",
          Nearest.to(word, known)
              .map(near -> "Did you mean '" + near + "'?")
              .orElse("Write one of " + String.join(", ", known) + "."));
    }
    return kind.orElse(Kind.CONNECTIVITY);
  }

  private List<String> products(YamlMap entry) {
    List<String> products = listed(entry, "products");
    for (String product : products) {
      if (!productTypes.contains(product)) {
        entry.mistake(
            "products",
            "'" + product + "' is no product of products.yaml",
            Nearest.to(product, productTypes)
                .map(near -> "Did you mean '" + near + "'?")
                .orElse("Write all for all products."));
      }
    }
    return products;
  }

  private static List<String> codes(YamlMap entry) {
    List<String> codes = listed(entry, "codes");
    for (String code : codes) {
      if (!code.matches("DE-[0-9]{4,9}|UNCLASSIFIED")) {
        entry.mistake(
            "codes",
            "'" + code + "' is no defect code",
            "Write codes such as DE-1000, UNCLASSIFIED for errors that no rule knows, or all.");
      }
    }
    return codes;
  }

  /** What a list says, or nothing for the word all; something has to be said. */
  private static List<String> listed(YamlMap entry, String key) {
    List<String> listed = entry.texts(key);
    if (!entry.has(key) || listed.isEmpty()) {
      entry.mistake(
          key,
          "'" + key + "' is missing or empty",
          "Write '" + key + ": all', or a list such as [" + example(key) + "].");
    }
    if (!listed.contains(ALL)) {
      return listed;
    }
    if (listed.size() > 1) {
      entry.mistake(key, "'all' stands beside others", "Write all alone, or leave it out.");
    }
    return List.of();
  }

  private static String example(String key) {
    return key.equals("codes") ? "DE-1000" : "service_mapper";
  }

  private static boolean flag(YamlMap entry, String key, String fallback) {
    String word = entry.optionalText(key).orElse(fallback);
    if (!word.matches("yes|no|true|false")) {
      entry.mistake(key, "'" + word + "' is neither yes nor no", "Write yes or no.");
    }
    return word.matches("yes|true");
  }
}
