package io.orchscope.logtext;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is taken out of the XML of Junos, whole and broken. */
final class JunosErrorsTest {

  private static final String BEGIN = "<xnm:error><message>";

  static Stream<List<String>> blocks() {
    return LogSamples.table("junos-blocks.tsv").stream();
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void takesTheMessagesOfErrors(List<String> row) {
    List<String> messages = JunosErrors.messages(row.get(0).replace('⏎', '\n'));

    assertThat(messages).isEqualTo(expected(row));
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void takesTheSameFromAnyParts(List<String> row) {
    String text = row.get(0).replace('⏎', '\n');
    JunosErrors errors = new JunosErrors();
    List<String> messages = new ArrayList<>();

    for (int at = 0; at < text.length(); at++) {
      messages.addAll(errors.accept(text.substring(at, at + 1)));
    }
    messages.addAll(errors.end());

    assertThat(messages).isEqualTo(expected(row));
  }

  @Test
  void cutsAMessageThatIsTooLong() {
    String text = BEGIN + "x".repeat(10_000) + "</message></xnm:error>" + BEGIN + "two</message>";

    assertThat(JunosErrors.messages(text))
        .containsExactly("x".repeat(JunosErrors.LONGEST_MESSAGE - 1) + "…", "two");
  }

  @Test
  void givesUpABlockThatDoesNotEnd() {
    JunosErrors errors = new JunosErrors();

    errors.accept("<xnm:error>" + "<a>x</a>".repeat(20_000));
    List<String> later = errors.accept("<message>not of an error any more</message>");

    assertThat(errors.isOpen()).isFalse();
    assertThat(later).isEmpty();
  }

  private static List<String> expected(List<String> row) {
    return row.get(1).isEmpty()
        ? List.of()
        : Stream.of(row.get(1).split(" / ", -1)).map(text -> text.replace('⏎', '\n')).toList();
  }
}
