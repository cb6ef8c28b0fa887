package io.orchscope.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code config/application.properties} and the code say the same. */
class ShippedSettingsTest {

  private static final Path FILE = Path.of("config/application.properties");

  /** What nobody can know for somebody else. */
  private static final List<String> EACH_THEIR_OWN = List.of("mdso.url", "mdso.username");

  @Test
  void theFileShowsEveryKeyButTheSecrets() throws IOException {
    List<String> known = Setting.all().stream().filter(this::mayBeShown).map(Setting::key).toList();

    assertThat(shipped().keySet()).containsExactlyInAnyOrderElementsOf(known);
  }

  @Test
  void theFileHoldsTheDefaults() throws IOException {
    Map<String, String> defaults =
        Setting.all().stream()
            .filter(this::mayBeShown)
            .filter(setting -> !EACH_THEIR_OWN.contains(setting.key()))
            .collect(Collectors.toMap(Setting::key, setting -> setting.fallback().orElse("none")));

    Map<String, String> shipped = new TreeMap<>(shipped());
    shipped.keySet().removeAll(EACH_THEIR_OWN);

    assertThat(shipped).containsExactlyInAnyOrderEntriesOf(defaults);
  }

  @Test
  void aCommentStandsAboveEveryKey() throws IOException {
    List<String> lines = Files.readAllLines(FILE);

    assertThat(lines.stream().filter(line -> line.matches("[a-z].*")))
        .allSatisfy(
            key ->
                assertThat(lines.get(lines.indexOf(key) - 1))
                    .startsWith("# ")
                    .doesNotContain("---"));
  }

  @Test
  void aCommentSaysWhereEachSecretComesFrom() throws IOException {
    String text = Files.readString(FILE);

    assertThat(Setting.all().stream().filter(setting -> !mayBeShown(setting)))
        .isNotEmpty()
        .allSatisfy(
            secret ->
                assertThat(text)
                    .contains(secret.environmentName())
                    .contains(secret.environmentName() + "_FILE"));
  }

  @Test
  void aCommentThatNamesADefaultNamesTheRightOne() throws IOException {
    List<String> lines = Files.readAllLines(FILE);
    Map<String, String> told = new TreeMap<>();
    for (String line : lines) {
      Optional<String> said = defaultIn(lines.get(Math.max(0, lines.indexOf(line) - 1)));
      if (line.matches("[a-z].*") && said.isPresent()) {
        told.put(line.replaceFirst(" =.*", ""), said.get());
      }
    }

    assertThat(told).hasSizeGreaterThan(20);
    assertThat(told).allSatisfy((key, said) -> assertThat(said).isEqualTo(fallback(key)));
  }

  private static Optional<String> defaultIn(String comment) {
    return comment.matches("#.* Default [^ ,]+(,.*|\\.)")
        ? Optional.of(comment.replaceFirst(".* Default ([^ ,]+?)(,.*|\\.)$", "$1"))
        : Optional.empty();
  }

  private static String fallback(String key) {
    return Setting.all().stream()
        .filter(setting -> setting.key().equals(key))
        .findFirst()
        .flatMap(Setting::fallback)
        .orElse("none");
  }

  private boolean mayBeShown(Setting setting) {
    return setting.kind() != Setting.Kind.SECRET;
  }

  private static Map<String, String> shipped() throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(FILE)) {
      properties.load(reader);
    }
    return properties.stringPropertyNames().stream()
        .collect(Collectors.toMap(key -> key, key -> properties.getProperty(key).strip()));
  }
}
