package io.orchscope.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.baggage.Baggage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AllowedBaggageTest {

  @Test
  void keepsFiveKeysOfWhatAnotherProcessSendsAndNothingElse() {
    Baggage brought =
        Baggage.builder()
            .put("poll.id", "5f2719e4")
            .put("product.type", "service_mapper")
            .put("mdso.server", "mdso.example.com")
            .put("time.range", "2026-01-01T00:00:00Z/2026-01-02T00:00:00Z")
            .put("environment", "lab")
            .put("circuit", "80.L1XX.000001..TEST")
            .put("authorization", "Bearer abc")
            .build();

    assertThat(AllowedBaggage.of(brought).asMap().keySet())
        .containsExactlyInAnyOrderElementsOf(AllowedBaggage.KEYS);
  }

  @ParameterizedTest
  @CsvSource({
    "mdso.server, https://mdso.example.com/path",
    "mdso.server, user@mdso.example.com",
    "environment, 'two words'",
    "environment, 'líne'",
    "tid, ABCDTXAB1ZW"
  })
  void refusesWhatIsNoHostNoWordOrNoKeyOfOurs(String key, String value) {
    assertThat(AllowedBaggage.allowed(key, value)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 8192})
  void refusesAValueThatIsTooLong(int length) {
    assertThat(AllowedBaggage.allowed("poll.id", "a".repeat(200))).isPresent();
    assertThat(AllowedBaggage.allowed("poll.id", "a".repeat(length))).isEmpty();
  }
}
