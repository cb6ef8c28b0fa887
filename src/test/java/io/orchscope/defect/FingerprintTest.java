package io.orchscope.defect;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.secret.OutsideText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which errors are the same but for names, numbers and times. */
final class FingerprintTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          addresses    | no route to 192.0.2.1:830    | no route to 198.51.100.77:22
          circuits     | 80.L1XX.000001..TEST failed   | 80.L1XX.000002..TEST failed
          devices      | TSTCO01W is not reachable     | TSTCO99W is not reachable
          resource ids | bpo_7f3a_11 gone              | bpo_7f3b_12 gone
          times        | since 2024-03-01T12:00:00Z    | since 2024-03-02T13:00:01Z
          blanks       | commit   failed               | commit failed
          case         | Commit Failed                 | commit failed
          """)
  void isTheSameWhereOnlyNamesDiffer(String what, String one, String other) {
    assertThat(Fingerprint.of(one)).as(what).isEqualTo(Fingerprint.of(other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          commit failed    | commit refused
          no route to host | no route to host of 192.0.2.1
          '' | something
          """)
  void differsWhereWordsDo(String one, String other) {
    assertThat(Fingerprint.of(one)).isNotEqualTo(Fingerprint.of(other));
  }

  @Test
  void knowsANameThatACutWouldHalve() {
    String words = "x".repeat(470) + " device ";

    assertThat(Fingerprint.of(words + "ABCDTXAB1ZW.EXAMPLE.COM gone"))
        .isEqualTo(Fingerprint.of(words + "ABCDTXAB22ZW.NORTH.EXAMPLE.COM gone"))
        .isNotEqualTo(Fingerprint.of(words + "ABCDTXAB1ZW.EXAMPLE.COM away"));
  }

  @Test
  void saysHowItWasMade() {
    assertThat(Fingerprint.of("commit failed").value()).matches("v4:[0-9a-f]{16}");
  }

  /** Written down when they were made: a group that is kept under one is found by nothing else. */
  @Test
  void stillKnowsWhatItWasCalledBefore() {
    String raw = "device: ABCDTXAB1ZW lost 40% in 12 ms";

    assertThat(
            Fingerprint.former(
                OutsideText.of(raw), OutsideText.of(raw + " - circuitdetailscollector")))
        .extracting(Fingerprint::value)
        .containsExactly("v3:300edb7d540797e1", "v2:bf15d44aca3a4ae3", "v1:b1cddec54b9527b5");
  }
}
