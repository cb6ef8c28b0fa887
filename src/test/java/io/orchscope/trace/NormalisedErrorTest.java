package io.orchscope.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whether rules see the text that the older readers saw. */
final class NormalisedErrorTest {

  static Stream<Arguments> vectors() throws IOException {
    JsonNode all = new ObjectMapper().readTree(TraceSamples.fixture("normalised-errors.json"));
    return StreamSupport.stream(all.spliterator(), false)
        .map(
            each ->
                Arguments.of(
                    each.get("name").asText(),
                    each.get("text").asText(),
                    each.get("process").asText(),
                    each.get("expected").asText()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void normalisesAsTheGoldenVectorsSay(String name, String text, String process, String expected) {
    FoundError error =
        new FoundError(FoundError.Source.CATEGORIZED, text, 0, process, "type", "name", "log");

    NormalisedError normalised = NormalisedError.of(error);

    assertThat(normalised.text().forMatching()).as(name).isEqualTo(expected);
  }

  @Test
  void leavesAReasonWithoutAModule() {
    FoundError reason =
        new FoundError(FoundError.Source.REASON, "Failed task:(1) activate", -1, "", "", "", "");

    NormalisedError normalised = NormalisedError.of(reason);

    assertThat(normalised).hasToString("Failed task:(1) activate");
  }
}
