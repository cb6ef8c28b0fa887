package io.orchscope.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebexMessageTest {

  private static final long SEED = 20240301;
  private static final Pattern FENCE_LINE = Pattern.compile("^`{3,}$", Pattern.MULTILINE);
  private static final Pattern CUT_NOTE =
      Pattern.compile("… cut: showing ([0-9,]+) of ([0-9,]+) bytes; the whole text is in (.+)");

  @Test
  void saysWhatFailedWhereAndWhereToLook() throws IOException {
    Alert alert = Alerts.ordinary();

    String markdown = markdown(alert);

    assertThat(markdown).isEqualTo(fixture("message-of-an-unreachable-device.md"));
  }

  @Test
  void saysWhichRulesCouldNotDecide() {
    String whole = markdown(Alerts.ordinary());

    String partial = markdown(Alerts.partial("DE-0999"));

    assertThat(partial.lines().filter(line -> !whole.contains(line)))
        .containsExactly("- Partial verdict: `DE-0999` could not decide and might have won");
  }

  @Test
  void isABodyThatReadsBack() throws IOException {
    WebexMessage message = WebexMessage.of(Alerts.saying("\"quoted\"\\ \n 漢字 😀"), Alerts.ROOM);

    JsonNode body = new ObjectMapper().readTree(message.json());

    assertThat(body.size()).isEqualTo(2);
    assertThat(body.path("roomId").asText()).isEqualTo("sim-room-service-mapper");
    assertThat(body.path("markdown").asText()).isEqualTo(message.markdown());
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "é", "€", "😀"})
  void fillsTheLimitToItsLastByteAndIsCutAboveIt(String character) throws IOException {
    int frame = bytes(markdown(Alerts.saying(""))).length;
    int width = character.getBytes(StandardCharsets.UTF_8).length;
    int spare = WebexMessage.LIMIT_BYTES - 1 - frame;
    String fits = "x".repeat(spare % width) + character.repeat(spare / width);

    byte[] full = bytes(markdown(Alerts.saying(fits)));
    String cut = markdown(Alerts.saying(fits + "x"));

    assertThat(full).hasSize(WebexMessage.LIMIT_BYTES - 1);
    assertThat(new String(full, StandardCharsets.UTF_8)).doesNotContain("cut:");
    assertThat(bytes(cut)).hasSizeLessThan(WebexMessage.LIMIT_BYTES);
    assertThat(cut).contains("… cut: showing ");
  }

  @Test
  void saysHowMuchOfALongErrorItShows() throws IOException {
    String markdown = markdown(Alerts.saying("€".repeat(10_000)));

    Matcher note = CUT_NOTE.matcher(markdown);
    assertThat(note.find()).isTrue();
    long shown = markdown.codePoints().filter(character -> character == '€').count();
    assertThat(note.group(1)).isEqualTo("%,d".formatted(shown * 3));
    assertThat(note.group(2)).isEqualTo("30,000");
    assertThat(note.group(3)).isEqualTo("the evidence");
    assertThat(bytes(markdown).length).isGreaterThan(WebexMessage.LIMIT_BYTES - 10);
  }

  @Test
  void doesNotPromiseEvidenceThatWasNotKept() {
    String markdown = markdown(Alerts.withoutEvidence("x".repeat(10_000)));

    assertThat(markdown).contains("; the whole text is in MDSO\n").contains("- Evidence: none\n");
  }

  @Test
  void saysHowManyOfManyDevicesItShows() {
    String markdown = markdown(Alerts.withDevices(500));

    assertThat(markdown)
        .contains("`ABCDTX0009W` at `192.0.2.10`, … showing 10 of 500\n")
        .doesNotContain("ABCDTX0010W");
  }

  @Test
  void showsTenDevicesWithoutANote() {
    assertThat(markdown(Alerts.withDevices(10)))
        .contains("`ABCDTX0009W`")
        .doesNotContain("showing");
  }

  @Test
  void staysHarmlessWhateverTheErrorSays() throws IOException {
    HostileTexts texts = new HostileTexts(SEED);

    for (int i = 0; i < 2_000; i++) {
      String markdown = markdown(Alerts.saying(texts.next()));

      assertHarmless(markdown);
      assertFenceHolds(markdown);
    }
  }

  @Test
  void staysHarmlessWhateverTheNamesAre() throws IOException {
    HostileTexts texts = new HostileTexts(SEED + 1);

    for (int i = 0; i < 500; i++) {
      String markdown = markdown(Alerts.hostileEverywhere(texts.next()));

      assertHarmless(markdown);
      assertFenceHolds(markdown);
      assertThat(markdown.lines().filter(line -> line.startsWith("- "))).hasSizeGreaterThan(9);
    }
  }

  @Test
  void keepsNamesOnTheirOwnLine() {
    String markdown = markdown(Alerts.hostileEverywhere("a\n\n# b\r\n```\n<@all>"));

    List<String> before = markdown.lines().takeWhile(line -> !line.startsWith("````")).toList();

    assertThat(before).hasSize(11);
    assertThat(before.get(0))
        .startsWith("**DE-1000 a  \\# b \\`\\`\\` &lt;\u200B@all&gt;** · ````");
  }

  private static void assertHarmless(String markdown) throws CharacterCodingException {
    assertThat(bytes(markdown)).hasSizeLessThan(WebexMessage.LIMIT_BYTES);
    assertThat(markdown).doesNotContain("<@").doesNotContain("&lt;@").doesNotContain("<spark-");
    assertThat(markdown.codePoints().noneMatch(WebexMessageTest::acts)).isTrue();
  }

  /** Whether a character is a control character, or an invisible one that is not ours. */
  private static boolean acts(int character) {
    return (Character.isISOControl(character) && character != '\n')
        || (Character.getType(character) == Character.FORMAT && character != 0x200B);
  }

  /** The fence's line stands twice, and nothing between the two could close it. */
  private static void assertFenceHolds(String markdown) {
    List<String> lines = List.of(markdown.split("\n", -1));
    int opens =
        lines.indexOf(lines.stream().filter(WebexMessageTest::isFence).findFirst().orElse(""));
    String fence = lines.get(opens);
    int closes = lines.lastIndexOf(fence);

    assertThat(Collections.frequency(lines, fence)).isEqualTo(2);
    assertThat(lines.get(opens - 1)).isEmpty();
    assertThat(lines.get(closes + 1)).isEmpty();
    Stream<String> within = lines.subList(opens + 1, closes).stream();
    assertThat(within.noneMatch(line -> line.stripLeading().startsWith(fence))).isTrue();
    Stream<String> below = lines.subList(closes + 1, lines.size()).stream();
    assertThat(below.noneMatch(line -> line.startsWith("```"))).isTrue();
  }

  private static boolean isFence(String line) {
    return FENCE_LINE.matcher(line).matches();
  }

  private static String markdown(Alert alert) {
    return WebexMessage.of(alert, Alerts.ROOM).markdown();
  }

  /** Errors: an exception if the text cannot be written as UTF-8. */
  private static byte[] bytes(String text) throws CharacterCodingException {
    ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
    byte[] bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    return bytes;
  }

  private static String fixture(String name) throws IOException {
    try (InputStream file =
        Objects.requireNonNull(WebexMessageTest.class.getResourceAsStream("/alert/" + name))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
    }
  }
}
