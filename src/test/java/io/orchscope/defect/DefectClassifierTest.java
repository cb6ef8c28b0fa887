package io.orchscope.defect;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.match.PythonPattern;
import io.orchscope.secret.OutsideText;
import io.orchscope.trace.FoundError;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** From an error found to an occurrence. */
class DefectClassifierTest {

  private static final FoundError ERROR =
      new FoundError(
          FoundError.Source.CATEGORIZED,
          "COMMIT FAILED",
          7,
          "scripts.networkservice.serviceprovisioner.Activate",
          "charter.resourceTypes.ServiceProvisioner",
          "",
          "");

  @Test
  void classifiesTheNormalisedTextUnderAKeyThatIsTheSameEachTime() {
    DefectClassifier classifier =
        new DefectClassifier(
            rules("1", "commit failed"), error -> lower(error).plus(" - provisioner"));

    Occurrence occurrence = classifier.classify("resource-1", "00f067aa0ba902b7", ERROR);

    assertThat(occurrence.key()).isEqualTo("resource-1/00f067aa0ba902b7/7");
    assertThat(occurrence.error()).isEqualTo(ERROR);
    assertThat(occurrence.classification().normalised()).isEqualTo("commit failed - provisioner");
    assertThat(occurrence.classification().codeOrUnclassified()).isEqualTo("DE-1144");
  }

  @Test
  void usesAnotherTableFromTheNextErrorOn() {
    DefectClassifier classifier =
        new DefectClassifier(rules("1", "commit failed"), DefectClassifierTest::lower);
    Occurrence before = classifier.classify("resource-1", "00f067aa0ba902b7", ERROR);

    classifier.replace(rules("2", "something else"));
    Occurrence after = classifier.classify("resource-1", "00f067aa0ba902b7", ERROR);

    assertThat(before.classification().rulesVersion()).isEqualTo("1");
    assertThat(after.classification().rulesVersion()).isEqualTo("2");
    assertThat(after.classification().code()).isEmpty();
    assertThat(classifier.rules().version()).isEqualTo("2");
  }

  private static OutsideText lower(FoundError error) {
    return OutsideText.of(error.text().forMatching().toLowerCase(Locale.ROOT));
  }

  private static DefectRules rules(String version, String pattern) {
    DefectRule rule =
        new DefectRule(
            DefectCode.of("DE-1144"),
            "Commit failed",
            "Process Error",
            Severity.MAJOR,
            "network-operations",
            Optional.empty(),
            Pattern.compile(pattern, PythonPattern.FLAGS),
            pattern,
            Optional.empty(),
            List.of(),
            List.of(),
            "line 1, column 1");
    return new DefectRules(version, List.of(rule));
  }
}
