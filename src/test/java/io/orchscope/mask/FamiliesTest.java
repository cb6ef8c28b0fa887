package io.orchscope.mask;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which templates are of one kind. */
final class FamiliesTest {

  private static final List<String> NAMES =
      List.of("alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel");

  @Test
  void joinsWhatDiffersInAWordThatIsNeverTheSame() {
    List<String> texts =
        NAMES.stream().map(name -> "customer " + name + " has no contract").toList();

    assertThat(families(texts).values()).hasSize(8).containsOnly("customer # has no contract");
  }

  @Test
  void keepsApartWhatDiffersInAWordThatComesBack() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      NAMES.forEach(state -> texts.add("device is in state " + state));
    }

    assertThat(families(texts).values()).doesNotHaveDuplicates().hasSize(8);
  }

  @Test
  void keepsApartWhatIsSeldomAndOfFewKinds() {
    List<String> texts =
        NAMES.stream().limit(5).map(name -> "valve " + name + " has no contract").toList();

    assertThat(families(texts).values()).doesNotHaveDuplicates().hasSize(5);
  }

  @Test
  void joinsAFewNamesWhereNamesAreExpected() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      NAMES.stream().limit(3).forEach(name -> texts.add("configuration is locked by " + name));
    }

    assertThat(families(texts).values()).containsOnly("configuration is locked by #");
    assertThat(families(texts.subList(0, 2)).values()).doesNotHaveDuplicates().hasSize(2);
  }

  @Test
  void takesAWordForAValueWhereMostTextsHaveOne() {
    List<String> texts =
        List.of(
            "optic of port 1 and module A1 has no template",
            "optic of port 2 and module B7 has no template",
            "optic of port 3 and module B9 has no template",
            "optic of port 4 and module C2 has no template",
            "optic of port 5 and module NID has no template");

    assertThat(families(texts).values())
        .containsOnly("optic of port # and module # has no template");
  }

  @Test
  void keepsApartWhatNobodyIsCalled() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      for (String who : List.of("device", "policy", "validation", "timeout", "peer")) {
        texts.add("the commit was rejected by " + who);
      }
      texts.add("Login failed: user " + List.of("unknown", "locked", "expired").get(i % 3));
      texts.add("expected two power supplies but found " + (i % 3 == 0 ? "none" : "" + i));
    }

    assertThat(families(texts).values()).doesNotHaveDuplicates().hasSize(5 + 3 + 2);
  }

  @Test
  void keepsAReasonApartFromNumbers() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      texts.add("the commit of the device failed, reason: " + (i < 3 ? "timeout" : "1" + i));
    }

    assertThat(families(texts).values())
        .containsExactlyInAnyOrder(
            "the commit of the device failed, reason: #",
            "the commit of the device failed, reason: timeout");
  }

  @Test
  void joinsWhatWasCutOffWithWhatGoesOnAsItDoes() {
    String whole =
        "the service cannot be provisioned on this device " + "because ".repeat(70) + "so";
    String cut = whole.substring(0, 500);

    Map<String, String> families = families(List.of(whole, cut));

    assertThat(cut).hasSize(500);
    assertThat(families).hasSize(2);
    assertThat(families.values()).containsOnly(Template.of(whole).text());
  }

  @Test
  void doesNotDependOnTheOrder() {
    List<String> texts = new ArrayList<>();
    new LabelledErrors(7).some(LabelledErrors.KINDS, 9).forEach(error -> texts.add(error.raw()));
    NAMES.forEach(name -> texts.add("customer " + name + " has no contract"));
    Map<String, String> inOrder = families(texts);
    Collections.shuffle(texts, new Random(3));

    assertThat(families(texts)).isEqualTo(inOrder);
  }

  private static Map<String, String> families(List<String> texts) {
    Families families = new Families();
    texts.forEach(text -> families.add(Template.of(text)));
    return families.all();
  }
}
