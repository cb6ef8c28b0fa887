package io.orchscope.defect;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.mask.LabelledErrors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;

/** The shipped table says what trying one of its rules after the other says. */
final class ShippedRulesLoopTest {

  /** The same texts in each run; {@code -Dloop.seed} makes others. */
  private static final long SEED = Long.getLong("loop.seed", 20_260_101);

  private static final DefectRules RULES = RulesFile.read(Path.of("config/defect-rules.yaml"));

  /** A verdict as far as the loop knows it. */
  private record Verdict(Optional<DefectCode> code, String matched) {}

  @Test
  void saysWhatTryingOneRuleAfterTheOtherSays() {
    long seed = SEED;
    Random random = new Random(seed);
    List<String> texts = new ArrayList<>();
    for (DefectRule rule : RULES.rules()) {
      texts.addAll(rule.examples());
      texts.addAll(rule.nearMisses());
    }
    ShippedRulesTest.shapes().map(ShippedRulesTest.Shape::normalised).forEach(texts::add);
    int asWritten = texts.size();
    new LabelledErrors(seed)
        .some(LabelledErrors.KINDS, 40)
        .forEach(error -> texts.add(error.normalised()));
    List<String> all = new ArrayList<>(texts);
    texts.forEach(text -> all.add(changed(text, random)));

    long differ = all.stream().filter(text -> !ours(text).equals(loop(text))).count();

    System.out.printf(
        "ShippedRulesLoopTest: %d examples, near-misses and shapes as they are written, %d texts in"
            + " all, %d with a code, seed %d: %d differences%n",
        asWritten,
        all.size(),
        all.stream().filter(text -> ours(text).code().isPresent()).count(),
        seed,
        differ);
    assertThat(all)
        .allSatisfy(text -> assertThat(ours(text)).as("seed %d", seed).isEqualTo(loop(text)));
  }

  /** Nearly the text: without its end, without a character, or shouted. */
  private static String changed(String text, Random random) {
    int at = random.nextInt(text.length());
    return switch (random.nextInt(3)) {
      case 0 -> text.substring(0, at);
      case 1 -> text.substring(0, at) + text.substring(at + 1);
      default -> text.toUpperCase(Locale.ROOT);
    };
  }

  private static Verdict ours(String text) {
    Classification verdict = RULES.classify(text);
    return new Verdict(verdict.code(), verdict.matched());
  }

  private static Verdict loop(String text) {
    for (DefectRule rule : RULES.rules()) {
      Matcher matcher = rule.pattern().matcher(text);
      if (matcher.find()) {
        return new Verdict(Optional.of(rule.code()), matcher.group());
      }
    }
    return new Verdict(Optional.empty(), "");
  }
}
