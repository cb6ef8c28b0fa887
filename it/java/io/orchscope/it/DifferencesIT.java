package io.orchscope.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A comparison that never finds anything would let every scenario hold. */
final class DifferencesIT {

  @Test
  void passesOverWhatNobodyExpects() {
    assertThat(between("{'a': 1}", "{'a': 1.0, 'b': 2}")).isEmpty();
  }

  @Test
  void namesThePlaceOfAnotherValue() {
    assertThat(between("{'a': {'b': 1}}", "{'a': {'b': 2}}"))
        .containsExactly("it.a.b: expected 1, but was 2");
  }

  @Test
  void namesWhatIsNotThere() {
    assertThat(between("{'a': 0}", "{}")).containsExactly("it.a: expected 0, but was nothing");
  }

  @Test
  void expectsNothingWhereNullStands() {
    assertThat(between("{'a': null}", "{}")).isEmpty();
    assertThat(between("{'a': null}", "{'a': []}"))
        .containsExactly("it.a: expected nothing, but was []");
  }

  @Test
  void takesListsInAnyOrderButWhole() {
    assertThat(between("[1, 2]", "[2, 1]")).isEmpty();
    assertThat(between("[1]", "[1, 2]")).containsExactly("it[]: there, but not expected: 2");
    assertThat(between("[1, 1]", "[1]")).containsExactly("it[]: expected, but not there: 1");
  }

  private static List<String> between(String expected, String actual) {
    ObjectMapper json = new ObjectMapper();
    try {
      return Differences.between(
          "it",
          json.readTree(expected.replace('\'', '"')),
          json.readTree(actual.replace('\'', '"')));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
