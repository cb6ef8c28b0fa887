package io.orchscope.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.defect.DefectClassifier;
import io.orchscope.defect.Examination;
import io.orchscope.defect.Examiner;
import io.orchscope.defect.Examiner.Keep;
import io.orchscope.defect.RulesFile;
import io.orchscope.settings.ProductsFile;
import io.orchscope.trace.FoundError;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which successes leave evidence behind, by a clock that is turned. */
final class KeptSuccessTest {

  private static final Examination SUCCESS = Examinations.healthy("80.L1XX.000002..TEST", 1);

  private Instant now = Instant.parse("2024-03-01T14:10:00Z");

  private final class Turned extends Clock {

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

  @Test
  void keepsOfEachProductASuccessADayToCompareFailuresWith() {
    Examiner examiner = examiner(Keep.COMPARABLE);

    assertThat(examiner.deservesEvidence(SUCCESS)).isTrue();
    assertThat(examiner.deservesEvidence(SUCCESS)).isFalse();
    assertThat(examiner.deservesEvidence(Examinations.withProduct(SUCCESS, "network_service")))
        .isTrue();
    now = now.plus(Duration.ofDays(1));
    assertThat(examiner.deservesEvidence(SUCCESS)).isTrue();
  }

  @Test
  void keepsNoSuccessWithoutATraceToCompareWith() {
    Examination silent = Examinations.of().withErrors(List.of(), Optional.empty());

    assertThat(examiner(Keep.COMPARABLE).deservesEvidence(silent.withOccurrences(List.of())))
        .isFalse();
  }

  @Test
  void keepsAllOrFailuresOnlyWhereThatIsAskedFor() {
    assertThat(examiner(Keep.FAILURES).deservesEvidence(SUCCESS)).isFalse();
    assertThat(examiner(Keep.FAILURES).deservesEvidence(Examinations.defective())).isTrue();
    Examiner all = examiner(Keep.ALL);
    assertThat(all.deservesEvidence(SUCCESS)).isTrue();
    assertThat(all.deservesEvidence(SUCCESS)).isTrue();
  }

  private Examiner examiner(Keep keep) {
    return new Examiner(
        ProductsFile.read(Path.of("config/products.yaml")),
        new DefectClassifier(RulesFile.read(Path.of("config/defect-rules.yaml")), FoundError::text),
        keep,
        new Turned());
  }
}
