package io.orchscope.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebexReplyTest {

  @Test
  void readsTheIdOfAMessageThatWasAccepted() {
    WebexReply reply = WebexReply.of("{\"id\":\"Y2lz\",\"roomId\":\"r\",\"markdown\":\"x\"}");

    assertThat(reply)
        .isEqualTo(new WebexReply(Optional.of("Y2lz"), Optional.empty(), Optional.empty()));
  }

  @Test
  void readsTheTrackingIdOfARefusal() {
    WebexReply reply =
        WebexReply.of(
            "{\"message\":\"No room.\",\"errors\":[{\"description\":\"No room.\"}],"
                + "\"trackingId\":\"ROUTER_6542A1B2-0000\"}");

    assertThat(reply)
        .isEqualTo(
            new WebexReply(
                Optional.empty(), Optional.of("ROUTER_6542A1B2-0000"), Optional.of("No room.")));
  }

  @Test
  void takesTheFirstDescriptionWhereThereIsNoMessage() {
    WebexReply reply = WebexReply.of("{\"errors\":[{\"description\":\"Too long.\"}]}");

    assertThat(reply.complaint()).contains("Too long.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "7",
        "<html>Bad Gateway</html>",
        "{\"id\":",
        "{\"id\":7}",
        "{\"id\":\"\",\"errors\":{}}",
        "{\"id\":null,\"trackingId\":[]}"
      })
  void readsNothingFromWhatIsNoAnswerOfWebex(String body) {
    assertThat(WebexReply.of(body))
        .isEqualTo(new WebexReply(Optional.empty(), Optional.empty(), Optional.empty()));
  }

  @Test
  void readsNothingFromAnAnswerThatIsTooDeep() {
    assertThat(WebexReply.of("[".repeat(100_000)).messageId()).isEmpty();
  }
}
