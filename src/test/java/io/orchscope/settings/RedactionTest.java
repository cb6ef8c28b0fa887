package io.orchscope.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RedactionTest {

  private final Redaction redaction = new Redaction();

  @Test
  void masksEveryPlaceWhereASecretStands() {
    redaction.hide(new Secret("0123456789abcdef"));

    String masked = redaction.mask("DELETE /tokens/0123456789abcdef: 500 (0123456789abcdef)");

    assertThat(masked).isEqualTo("DELETE /tokens/***: 500 (***)");
  }

  @Test
  void masksSeveralSecrets() {
    redaction.hide(new Secret("correct horse"));
    redaction.hide(new Secret("bot-token-1"));

    assertThat(redaction.mask("correct horse, bot-token-1, fence")).isEqualTo("***, ***, fence");
  }

  @Test
  void leavesTextWithoutSecretsAlone() {
    redaction.hide(new Secret("correct horse"));

    assertThat(redaction.mask("a horse that is correct")).isEqualTo("a horse that is correct");
  }

  @Test
  void doesNotHideWordsForASecretThatIsEmptyOrShort() {
    redaction.hide(new Secret(""));
    redaction.hide(new Secret("admin"));

    assertThat(redaction.mask("the admin is asleep")).isEqualTo("the admin is asleep");
  }

  @Test
  void masksTheLastTokensAndRemembersNotAllThereEverWere() {
    redaction.hide(new Secret("correct horse"));
    for (int i = 0; i < 10_000; i++) {
      redaction.hideForNow(new Secret("token-%05d".formatted(i)));
    }

    assertThat(redaction.mask("correct horse token-09999 token-09900 token-00001"))
        .isEqualTo("*** *** *** token-00001");
  }

  @Test
  void aSecretDoesNotShowItselfWhenItIsJoinedToText() {
    assertThat("password=" + new Secret("correct horse")).isEqualTo("password=***");
  }
}
