package io.orchscope.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebexReplyTest {

  private static final WebexReply NONE =
      new WebexReply(false, Optional.empty(), Optional.empty(), List.of());

  @Test
  void readsTheIdOfAMessageThatWasAccepted() {
    WebexReply reply = WebexReply.of("{\"id\":\"Y2lz\",\"roomId\":\"r\",\"markdown\":\"x\"}");

    assertThat(reply)
        .isEqualTo(new WebexReply(true, Optional.of("Y2lz"), Optional.empty(), List.of()));
  }

  @Test
  void readsTheTrackingIdAndEveryComplaintOfARefusal() {
    WebexReply reply =
        WebexReply.of(
            "{\"message\":\"No room.\",\"errors\":[{\"description\":\"Too long.\"},{}],"
                + "\"trackingId\":\"ROUTER_6542A1B2-0000\"}");

    assertThat(reply)
        .isEqualTo(
            new WebexReply(
                false,
                Optional.empty(),
                Optional.of("ROUTER_6542A1B2-0000"),
                List.of("No room.", "Too long.")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "[{\"id\":\"Y2lz\"}]",
        "7",
        "\"Y2lz\"",
        "{}",
        "OK",
        "<html>log in to the proxy</html>",
        "<html>Bad Gateway</html>",
        "{\"id\":",
        "{\"id\":\"Y2lz\"",
        "{\"id\":null}",
        "{\"id\":\"\"}",
        "{\"id\":\"\",\"errors\":{}}",
        "{\"id\":null,\"trackingId\":[]}",
        "{\"ID\":\"Y2lz\"}",
        "\u001f\u008b\u0008\u0000garbage"
      })
  void findsNoAcceptedMessageInWhatIsNoAnswerOfWebex(String body) {
    assertThat(WebexReply.of(body)).isEqualTo(NONE);
  }

  @Test
  void findsNoAcceptedMessageInAnAnswerThatIsTooDeep() {
    assertThat(WebexReply.of("[".repeat(100_000))).isEqualTo(NONE);
  }

  @Test
  void findsNoAcceptedMessageInBytesThatAreNoText() {
    byte[] compressed = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xfe};

    assertThat(WebexReply.of(compressed)).isEqualTo(NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"../rooms?x=1\\r\\nX: y\"",
        "\"..\"",
        "\".\"",
        "\"a/b\"",
        "\"a b\"",
        "\"   \"",
        "\"a%2e\"",
        "\"a?x\"",
        "\"a#x\"",
        "\"a\\\\b\"",
        "\"a\\u0000b\"",
        "\"a\\u202eb\"",
        "\"\\u00e9\"",
        "\"a\\n\"",
        "\"\\ud83d\\ude00\"",
        "7",
        "-1",
        "1e400",
        "true",
        "{}",
        "{\"value\":\"Y2lz\"}",
        "[\"Y2lz\"]"
      })
  void takesAMessageForAcceptedWhoseIdCannotBeUsed(String id) {
    assertThat(WebexReply.of("{\"id\":" + id + "}"))
        .isEqualTo(new WebexReply(true, Optional.empty(), Optional.empty(), List.of()));
  }

  @Test
  void takesAMessageForAcceptedWhoseIdHasTwoMegabytes() {
    assertThat(WebexReply.of("{\"id\":\"" + "x".repeat(2 << 20) + "\"}"))
        .isEqualTo(new WebexReply(true, Optional.empty(), Optional.empty(), List.of()));
  }

  @Test
  void leavesOutATrackingIdThatALedgerCouldNotKeep() {
    assertThat(WebexReply.of("{\"id\":\"Y2lz\",\"trackingId\":\"a\\u0000b\"}"))
        .isEqualTo(new WebexReply(true, Optional.of("Y2lz"), Optional.empty(), List.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "Invalid parent message., true",
    "Could not find parentId., true",
    "PARENT_ID is unknown, true",
    "No such message: Y2lzcGFyZW50, true",
    "Could not find a room with provided ID., false",
    "The transparent proxy refuses this., false",
    "The requested resource could not be found., false"
  })
  void tellsWhetherARefusalIsAboutTheParent(String words, boolean expected) {
    byte[] refusal =
        ("{\"message\":\"The request failed.\",\"errors\":[{},{\"description\":\""
                + words
                + "\"}]}")
            .getBytes(StandardCharsets.UTF_8);

    assertThat(WebexReply.of(refusal).refusesParent("Y2lzcGFyZW50")).isEqualTo(expected);
    assertThat(WebexReply.of("{\"message\":\"" + words + "\"}").refusesParent("Y2lzcGFyZW50"))
        .isEqualTo(expected);
    assertThat(WebexReply.of("<html>" + words + "</html>").refusesParent("Y2lzcGFyZW50")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"Y2lz_-=, Y2lz_-=", "a+b, a%2Bb", "a.b~c, a.b~c"})
  void writesAnIdAsOneSegmentOfAPath(String id, String segment) {
    assertThat(WebexMessageId.of(id).map(WebexMessageId::pathSegment)).contains(segment);
  }
}
