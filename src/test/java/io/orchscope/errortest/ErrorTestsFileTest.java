package io.orchscope.errortest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.orchscope.errortest.ErrorTestPlan.Kind;
import io.orchscope.settings.InvalidFileException;
import io.orchscope.settings.Mistake;
import io.orchscope.settings.ProductsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a file of tests may say, and what is said about one that says something else. */
final class ErrorTestsFileTest {

  private static final List<String> PRODUCTS = List.of("service_mapper", "network_service");

  private static final String SOUND =
      """
      tests:
        - name: connectivity
          test: connectivity
          products: [service_mapper]
          codes: [DE-1000, UNCLASSIFIED]
        - name: commits
          test: commit-errors
          products: all
          codes: all
          enabled: no
          tell-nothing: yes
      """;

  @TempDir private Path folder;

  @Test
  void saysWhichTestsAreMade() throws IOException {
    assertThat(read(SOUND).plans())
        .containsExactly(
            new ErrorTestPlan(
                "connectivity",
                Kind.CONNECTIVITY,
                List.of("service_mapper"),
                List.of("DE-1000", "UNCLASSIFIED"),
                true,
                false),
            new ErrorTestPlan("commits", Kind.COMMIT_ERRORS, List.of(), List.of(), false, true));
    assertThat(ErrorTestsFile.read(folder.resolve("none.yaml"), PRODUCTS).plans()).isEmpty();
  }

  @Test
  void saysWhichAreDueInTheOrderOfTheFile() throws IOException {
    ErrorTests tests = read(SOUND.replace("enabled: no", "enabled: yes"));

    assertThat(names(tests, "service_mapper", "DE-1000"))
        .containsExactly("connectivity", "commits");
    assertThat(names(tests, "service_mapper", "DE-1001")).containsExactly("commits");
    assertThat(names(tests, "network_service", "UNCLASSIFIED")).containsExactly("commits");
    assertThat(names(read(SOUND), "network_service", "DE-1000")).isEmpty();
  }

  @Test
  void shipsTheThreeTestsOfTheOldMonitor() {
    List<String> products = ProductsFile.read(Path.of("config/products.yaml")).types();

    ErrorTests shipped = ErrorTestsFile.read(Path.of("config/error-tests.yaml"), products);

    assertThat(shipped.plans())
        .extracting(ErrorTestPlan::name)
        .contains("service-mapper-connectivity");
    // Nobody tries devices out unasked.
    assertThat(names(shipped, "service_mapper", "DE-1059")).isEmpty();
    assertThat(names(shipped, "network_service", "DE-1144"))
        .containsExactly("network-service-commit-errors");
    assertThat(names(shipped, "service_mapper", "UNCLASSIFIED"))
        .containsExactly("service-mapper-after-deployment");
    assertThat(names(shipped, "network_service", "DE-1000")).isEmpty();
    assertThat(shipped.plans().get(0).codes()).hasSize(14);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "tests: | test: | line 1, column 1 | unknown key 'test' | Did you mean 'tests'?",
        "name: commits | name: My tests | line 6, column 5 | 'My tests' is no name"
            + " | Write it like 'service-mapper-connectivity'.",
        "name: commits | name: connectivity | line 6, column 5 | 'connectivity' stands twice"
            + " | Give one of them another name.",
        "test: connectivity | test: conectivity | line 3, column 5"
            + " | there is no test 'conectivity' | Did you mean 'connectivity'?",
        "test: connectivity | test: ping | line 3, column 5 | there is no test 'ping'"
            + " | Write one of connectivity, commit-errors, deployment-watch.",
        "[service_mapper] | [service_maper] | line 4, column 5"
            + " | 'service_maper' is no product of products.yaml"
            + " | Did you mean 'service_mapper'?",
        "[service_mapper] | [all, service_mapper] | line 4, column 5 | 'all' stands beside others"
            + " | Write all alone, or leave it out.",
        "DE-1000, | DE1000, | line 5, column 5 | 'DE1000' is no defect code"
            + " | Write codes such as DE-1000, UNCLASSIFIED for errors that no rule knows, or all.",
        "    codes: all | # | line 6, column 5 | 'codes' is missing or empty"
            + " | Write 'codes: all', or a list such as [DE-1000].",
        "codes: all | codes: [] | line 9, column 5 | 'codes' is missing or empty"
            + " | Write 'codes: all', or a list such as [DE-1000].",
        "enabled: no | enabled: maybe | line 10, column 5 | 'maybe' is neither yes nor no"
            + " | Write yes or no.",
        "test: commit-errors | test: connectivity | line 11, column 5"
            + " | a test 'connectivity' has no finding of nothing"
            + " | Leave the key out; it belongs to commit-errors.",
        "enabled: no | enable: no | line 10, column 5 | unknown key 'enable'"
            + " | Did you mean 'enabled'?"
      })
  void refusesWhatIsWrong(String what, String with, String place, String reason, String remedy)
      throws IOException {
    assertThat(SOUND).contains(what);

    List<Mistake> mistakes = mistakes(SOUND.replace(what, with));

    assertThat(mistakes)
        .contains(
            new Mistake(folder.resolve("error-tests.yaml").toString(), place, reason, remedy));
  }

  @Test
  void saysEverythingThatIsWrongAtOnce() throws IOException {
    String text = SOUND.replace("DE-1000", "1000").replace("enabled: no", "enabled: 1");

    assertThat(mistakes(text))
        .extracting(Mistake::place)
        .containsExactly("line 5, column 5", "line 10, column 5");
  }

  private static List<String> names(ErrorTests tests, String product, String code) {
    return tests.due(product, code).stream().map(ErrorTestPlan::name).toList();
  }

  private ErrorTests read(String text) throws IOException {
    return ErrorTestsFile.read(
        Files.writeString(folder.resolve("error-tests.yaml"), text), PRODUCTS);
  }

  private List<Mistake> mistakes(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("error-tests.yaml"), text);
    return catchThrowableOfType(
            InvalidFileException.class, () -> ErrorTestsFile.read(file, PRODUCTS))
        .mistakes();
  }
}
