package io.orchscope.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlMapTest {

  @TempDir private Path folder;

  private final Mistakes mistakes = new Mistakes();

  @Test
  void readsTextsListsAndMappings() throws IOException {
    YamlMap map =
        read(
            """
            name: Mapper
            one: alone
            some: [first, 2]
            inner: {word: yes}
            list:
              - word: first
              - word: second
            """);

    assertThat(map.keys()).containsExactly("name", "one", "some", "inner", "list");
    assertThat(map.text("name")).isEqualTo("Mapper");
    assertThat(map.texts("one")).containsExactly("alone");
    assertThat(map.texts("some")).containsExactly("first", "2");
    assertThat(map.map("inner").map(inner -> inner.text("word"))).contains("yes");
    assertThat(map.maps("list"))
        .extracting(entry -> entry.text("word"))
        .containsExactly("first", "second");
    assertThat(map.optionalText("absent")).isEqualTo(Optional.empty());
    assertThat(map.texts("absent")).isEmpty();
    assertThat(mistakes.found()).isEmpty();
  }

  @Test
  void saysLineAndColumnOfAnUnknownKeyAndWhatWasMeant() throws IOException {
    read("name: Mapper\nscedule: never").allowOnly("name", "schedule");

    assertThat(mistakes.found())
        .containsExactly(
            new Mistake(
                file(), "line 2, column 1", "unknown key 'scedule'", "Did you mean 'schedule'?"));
  }

  @Test
  void listsTheKnownKeysWhenNoneIsNear() throws IOException {
    read("colour: blue").allowOnly("name", "schedule");

    assertThat(mistakes.found())
        .extracting(Mistake::remedy)
        .containsExactly("Known here: name, schedule.");
  }

  @Test
  void takesDownWhatIsMissingEmptyOrOfTheWrongShape() throws IOException {
    YamlMap map = read("empty: ''\nlist: [a]\nword: b\nmap: {c: d}\nmixed: [[e]]\nlines: [f]");

    map.text("missing");
    map.text("empty");
    map.text("list");
    map.texts("map");
    map.maps("lines");
    map.texts("mixed");
    map.map("word");

    assertThat(mistakes.found())
        .extracting(mistake -> mistake.place() + ": " + mistake.reason())
        .containsExactly(
            "line 1, column 1: 'missing' is missing",
            "line 1, column 1: 'empty' is empty",
            "line 2, column 1: 'list' is not one text",
            "line 4, column 1: 'map' is not a list",
            "line 6, column 9: not a mapping",
            "line 5, column 9: not a text",
            "line 3, column 1: 'word' is not a mapping");
  }

  @Test
  void refusesAKeyThatStandsTwice() throws IOException {
    read("name: one\nname: two");

    assertThat(mistakes.found())
        .extracting(Mistake::place, Mistake::reason)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple("line 2, column 1", "key 'name' stands twice"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "- a list | line 1 | the file is not a mapping",
        "'' | line 1 | the file is not a mapping",
        "name: [open | line 1, column 12 | not YAML: ",
        "name: a: b | line 1, column 8 | not YAML: mapping values are not allowed here",
      })
  void refusesAFileThatIsNoMapping(String text, String place, String reason) throws IOException {
    Path path = Files.writeString(folder.resolve("file.yaml"), text);

    assertThat(refusal(path))
        .singleElement()
        .satisfies(
            mistake -> {
              assertThat(mistake.place()).isEqualTo(place);
              assertThat(mistake.reason()).startsWith(reason);
              assertThat(mistake.remedy()).isNotBlank();
            });
  }

  @Test
  void refusesAFileThatIsNotThere() {
    assertThat(refusal(folder.resolve("nowhere.yaml")))
        .extracting(Mistake::place, Mistake::reason)
        .containsExactly(org.assertj.core.api.Assertions.tuple("whole file", "it does not exist"));
  }

  @Test
  void refusesAFileThatIsNotText() throws IOException {
    Path latin = folder.resolve("latin.yaml");
    Files.write(latin, "name: Köln".getBytes(StandardCharsets.ISO_8859_1));
    Path binary = Files.writeString(folder.resolve("binary.yaml"), "name: \u0007");

    assertThat(refusal(latin)).extracting(Mistake::reason).containsExactly("it is not UTF-8");
    assertThat(refusal(binary))
        .singleElement()
        .extracting(Mistake::reason)
        .asString()
        .startsWith("not YAML: ");
  }

  private List<Mistake> refusal(Path path) {
    return catchThrowableOfType(InvalidFileException.class, () -> YamlMap.read(path, mistakes))
        .mistakes();
  }

  private YamlMap read(String text) throws IOException {
    return YamlMap.read(Files.writeString(folder.resolve("file.yaml"), text), mistakes);
  }

  private String file() {
    return folder.resolve("file.yaml").toString();
  }
}
