package io.orchscope.defect;

import io.orchscope.match.PythonPattern;
import io.orchscope.match.RefusedPatternException;
import io.orchscope.settings.InvalidFileException;
import io.orchscope.settings.Mistakes;
import io.orchscope.settings.YamlMap;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The operators' table of rules, {@code config/defect-rules.yaml}. */
public final class RulesFile {

  private static final int FINGERPRINT_DIGITS = 8;

  private static final String[] KEYS = {
    "code",
    "title",
    "category",
    "severity",
    "owner",
    "runbook",
    "pattern",
    "unproved",
    "examples",
    "near-misses"
  };

  private RulesFile() {}

  /**
   * The rules in a file, proved by their own examples and near-misses.
   *
   * <p>Errors: {@link InvalidFileException} with everything that is wrong with the file.
   */
  public static DefectRules read(Path path) {
    Mistakes mistakes = new Mistakes();
    byte[] content = YamlMap.content(path);
    YamlMap file = YamlMap.of(path, content, mistakes);
    file.allowOnly("version", "order", "rules");
    Comparator<DefectCode> order = order(file);
    String version = file.text("version") + "-" + fingerprint(content);
    List<PlacedRule> placed = placedRules(file);
    RulesProof proof = new RulesProof(placed, order);
    proof.takeMistakesDown();
    mistakes.throwIfAny();
    return proof.rules(version);
  }

  /** In which order rules are tried: by the numbers of their codes, or as texts, as of old. */
  private static Comparator<DefectCode> order(YamlMap file) {
    String word = file.optionalText("order").orElse("number");
    if (!word.equals("number") && !word.equals("text")) {
      file.mistake("order", "unknown order '" + word + "'", "Write number or text.");
    }
    return word.equals("text") ? DefectCode.BY_TEXT : Comparator.naturalOrder();
  }

  private static List<PlacedRule> placedRules(YamlMap file) {
    List<YamlMap> maps = file.maps("rules");
    if (maps.isEmpty()) {
      file.mistake("rules", "there are no rules", "Add some, as in the file shipped.");
    }
    List<PlacedRule> placed = new ArrayList<>();
    Map<DefectCode, String> places = new HashMap<>();
    for (YamlMap map : maps) {
      placedRule(map, places).ifPresent(placed::add);
    }
    return placed;
  }

  /** A rule as far as it can be read; none when it cannot be tried or its code is taken. */
  private static Optional<PlacedRule> placedRule(YamlMap map, Map<DefectCode, String> places) {
    map.allowOnly(KEYS);
    Optional<DefectCode> code = code(map).filter(read -> standsOnce(read, map, places));
    String title = map.text("title");
    String category = map.text("category");
    Severity severity = severity(map);
    String owner = map.text("owner");
    Optional<String> runbook = map.optionalText("runbook");
    Optional<Pattern> pattern = pattern(map);
    Optional<String> unproved = map.optionalText("unproved");
    List<String> examples = examples(map, unproved.isPresent());
    List<String> nearMisses = map.texts("near-misses");
    if (code.isEmpty() || pattern.isEmpty()) {
      return Optional.empty();
    }
    DefectRule rule =
        new DefectRule(
            code.get(),
            title,
            category,
            severity,
            owner,
            runbook,
            pattern.get(),
            map.text("pattern"),
            unproved,
            examples,
            nearMisses,
            map.place());
    return Optional.of(new PlacedRule(rule, map));
  }

  private static Optional<DefectCode> code(YamlMap map) {
    String text = map.text("code");
    if (text.isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(DefectCode.of(text));
    } catch (IllegalArgumentException malformed) {
      map.mistake(
          "code",
          "'" + text + "' is not a defect code",
          "Write DE- and four to nine digits, as in DE-1041.");
      return Optional.empty();
    }
  }

  private static boolean standsOnce(DefectCode code, YamlMap map, Map<DefectCode, String> places) {
    String first = places.putIfAbsent(code, map.place());
    if (first != null) {
      map.mistake(
          "code",
          code + " stands twice, first at " + first,
          "Give one of the two a code that is free.");
    }
    return first == null;
  }

  /** The severity; any when it cannot be read, as the table is refused then. */
  private static Severity severity(YamlMap map) {
    String text = map.text("severity");
    Optional<Severity> known =
        Stream.of(Severity.values()).filter(severity -> severity.word().equals(text)).findFirst();
    if (known.isEmpty() && !text.isBlank()) {
      String words =
          Stream.of(Severity.values()).map(Severity::word).collect(Collectors.joining(", "));
      map.mistake(
          "severity", "unknown severity '" + text + "'", "Write one of these: " + words + ".");
    }
    return known.orElse(Severity.MAJOR);
  }

  private static Optional<Pattern> pattern(YamlMap map) {
    String text = map.text("pattern");
    if (text.isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(PythonPattern.compile(text, PythonPattern.Dialect.BOTH));
    } catch (RefusedPatternException refused) {
      String where = refused.column() <= 0 ? "" : " near character " + refused.column();
      map.mistake(
          "pattern", "not a regular expression: " + refused.getMessage() + where, refused.remedy());
      return Optional.empty();
    }
  }

  private static List<String> examples(YamlMap map, boolean mayBeNone) {
    List<String> examples =
        map.texts("examples").stream().filter(example -> !example.isBlank()).toList();
    if (examples.isEmpty() && !mayBeNone) {
      map.mistake(
          "examples", "there is no example", "Add a normalised text that this rule must win.");
    }
    return examples;
  }

  /** Whether a version is that of a table with this content. */
  public static boolean isVersionOf(String version, byte[] content) {
    return version.endsWith("-" + fingerprint(content));
  }

  private static String fingerprint(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(digest).substring(0, FINGERPRINT_DIGITS);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java knows SHA-256.", impossible);
    }
  }
}
