package io.orchscope.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** One text, whole for rules and without its secrets for everybody else. */
final class OutsideTextTest {

  private static final OutsideText TEXT =
      OutsideText.of("login\n failed, password=hunter2x of svc");

  @Test
  void isWholeForRulesAndMaskedElsewhere() {
    assertThat(TEXT.forMatching()).contains("hunter2x");
    assertThat(TEXT.masked()).isEqualTo("login\n failed, password=*** of svc");
    assertThat(TEXT).hasToString(TEXT.masked());
  }

  @Test
  void staysMaskedWhenASecretIsCut() {
    assertThat(TEXT.first(28).masked()).isEqualTo("login\n failed, password=***");
    assertThat(TEXT.first(28).forMatching()).endsWith("password=hunt");
    assertThat(TEXT.part(26, 34).masked()).isEqualTo("*** o");
  }

  @Test
  void staysMaskedWhenItIsNormalised() {
    OutsideText changed = TEXT.without('\n').replace('l', '_').plus(" - module");

    assertThat(changed.masked()).isEqualTo("_ogin fai_ed, password=*** of svc - module");
  }

  @Test
  void masksJsonByNamesAndTextsAndKeepsTheRest() {
    String json =
        "{\"password\":12345,\"n\":1.50,\"list\":[{\"name\":\"db.password\",\"value\":\"x1\"}],"
            + "\"text\":\"token=abc1 \\u00fc\"}";

    assertThat(
            new String(
                MaskedJson.of(json.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"password\":\"***\",\"n\":1.50,\"list\":[{\"name\":\"db.password\",\"value\":\"***\"}],\"text\":\"token=***"
                + " ü\"}");
  }

  @Test
  void keepsJsonWithoutSecretsByteForByte() {
    byte[] json = "{ \"a\" : [1, 2.0,\t\"password expired for user svc\"] }".getBytes();

    assertThat(MaskedJson.of(json)).isSameAs(json);
  }
}
