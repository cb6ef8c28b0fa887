package io.orchscope.defect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table that the product ships, against the shapes of error that MDSO is known to write. */
class ShippedRulesTest {

  private static final Path SHAPES = Path.of("src/test/resources/defect/shapes.tsv");
  private static final DefectRules RULES = RulesFile.read(Path.of("config/defect-rules.yaml"));

  /** Known to the launchers of connectivity and commit checks. Source: domain.md §4.3. */
  private static final Set<String> CONNECTIVITY =
      Set.of(
          "DE-1000", "DE-1001", "DE-1003", "DE-1005", "DE-1011", "DE-1014", "DE-1023", "DE-1024",
          "DE-1025", "DE-1028", "DE-1054", "DE-1055", "DE-1056", "DE-1059");

  private static final Set<String> COMMIT = Set.of("DE-1110", "DE-1119", "DE-1144");

  /** One line of shapes.tsv: a number of domain.md §4.5, who failed, its words, their code. */
  record Shape(int number, String resource, String text, String code) {

    static Shape of(String line) {
      String[] columns = line.split("\t", -1);
      return new Shape(Integer.parseInt(columns[0]), columns[1], columns[2], columns[3]);
    }

    String normalised() {
      return text.substring(0, Math.min(500, text.length())) + " - " + resource;
    }
  }

  @Test
  void hasAtLeastFiftyFiveRules() {
    assertThat(RULES.rules()).hasSizeGreaterThanOrEqualTo(55);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void winsEachExampleAndMissesEachNearMiss(DefectRule rule) {
    List<String> winners =
        rule.examples().stream().map(text -> RULES.classify(text).codeOrUnclassified()).toList();
    List<String> wronglyFound =
        rule.nearMisses().stream().filter(text -> rule.pattern().matcher(text).find()).toList();

    assertThat(winners).isNotEmpty().containsOnly(rule.code().toString());
    assertThat(rule.nearMisses()).isNotEmpty();
    assertThat(wronglyFound).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void boundsEachWildcard(DefectRule rule) {
    String pattern = rule.pattern().pattern();

    assertThat(pattern).doesNotContain(".*", ".+").doesNotContainPattern("[+*}]\\)[+*{]");
  }

  @ParameterizedTest
  @MethodSource("rules")
  void usesOnlyTheCategoriesThatMdsoUses(DefectRule rule) {
    assertThat(rule.category())
        .isIn(
            "Connectivity Error",
            "System Error",
            "Incorrect Data",
            "Missing Data",
            "Process Error",
            "Automation Unsupported");
  }

  @ParameterizedTest
  @MethodSource("rules")
  void showsExamplesAsNormalisedText(DefectRule rule) {
    assertThat(Stream.concat(rule.examples().stream(), rule.nearMisses().stream()))
        .allSatisfy(
            text ->
                assertThat(text).doesNotContain("\"", "^", "\n").matches(".{1,500} - [A-Za-z]+"));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void classifiesEachKnownShape(Shape shape) {
    Classification classification = RULES.classify(shape.normalised());

    assertThat(classification.codeOrUnclassified()).isEqualTo(shape.code());
  }

  @Test
  void knowsAllFiftySevenShapes() {
    Set<Integer> numbers =
        shapes().map(Shape::number).collect(Collectors.toCollection(TreeSet::new));

    assertThat(numbers).isEqualTo(Set.copyOf(IntStream.rangeClosed(1, 57).boxed().toList()));
  }

  @Test
  void keepsTheCodesThatConnectivityAndCommitChecksAreRunFor() {
    Set<String> connectivity =
        codes(RULES.rules().stream().filter(r -> r.category().equals("Connectivity Error")));
    Set<String> all = codes(RULES.rules().stream());

    assertThat(connectivity).isEqualTo(CONNECTIVITY);
    assertThat(all).containsAll(COMMIT).contains("DE-1041");
  }

  @Test
  void tellsADeviceThatWasNeverOnboardedFromOneThatDoesNotAnswer() {
    String text =
        "MDSO | Connectivity Error - Unreachable Live Device: device: ABCDTXAB1ZW"
            + " communication state: %s equipment status: LIVE - servicedevicecvalidator";

    String absent = RULES.classify(text.formatted("NOT-AVAILABLE")).codeOrUnclassified();
    String unknown = RULES.classify(text.formatted("NOT-ONBOARD")).codeOrUnclassified();

    assertThat(absent).isEqualTo("DE-1000");
    assertThat(unknown).isEqualTo("DE-1023");
  }

  @Test
  void classifiesAnErrorThatALegacyPatternCouldNotMatchAgain() {
    String text =
        "MDSO | System Error - RA Post: command: get-interface.json code: 504"
            + " response: what? (timeout*) $5 - serviceMapper";

    Classification classification = RULES.classify(text);

    assertThat(classification.codeOrUnclassified()).isEqualTo("DE-1066");
  }

  @Test
  void leavesNewWordingUnclassified() {
    String text = "Granite | Missing Data - Optics: device: ABCDTXAB1ZW - circuitdetailscollector";

    Classification classification = RULES.classify(text);

    assertThat(classification.codeOrUnclassified()).isEqualTo("UNCLASSIFIED");
  }

  static Stream<DefectRule> rules() {
    return RULES.rules().stream();
  }

  static Stream<Shape> shapes() {
    try {
      return Files.readAllLines(SHAPES).stream().map(Shape::of);
    } catch (IOException unreadable) {
      throw new IllegalStateException("shapes.tsv cannot be read.", unreadable);
    }
  }

  private static Set<String> codes(Stream<DefectRule> rules) {
    return rules.map(rule -> rule.code().toString()).collect(Collectors.toSet());
  }
}
