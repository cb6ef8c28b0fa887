package io.orchscope.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;

/** The engine says what trying one pattern after the other says. */
final class OrderedPatternsTest {

  private static final int FLAGS =
      Pattern.UNIX_LINES | Pattern.UNICODE_CHARACTER_CLASS | Pattern.UNICODE_CASE;

  /** Some patterns in an order, and a text. */
  record Given(List<String> patterns, String text) {}

  @Provide
  Arbitrary<Given> tables() {
    return Arbitraries.randomValue(OrderedPatternsTest::table);
  }

  private static Given table(Random random) {
    PatternSketch sketch = new PatternSketch(random);
    int size = 1 + random.nextInt(12);
    List<PatternSketch.Sketch> sketches = Stream.generate(sketch::pattern).limit(size).toList();
    return new Given(
        sketches.stream().map(PatternSketch.Sketch::pattern).toList(), sketch.text(sketches));
  }

  @Property(tries = 10_000, seed = "-4564439189006594848", shrinking = ShrinkingMode.OFF)
  void saysWhatTryingOnePatternAfterTheOtherSays(@ForAll("tables") Given given) {
    List<Pattern> patterns = compiled(given.patterns());

    FirstMatch match = OrderedPatterns.of(patterns).find(given.text());

    FirstMatch expected = tryEach(patterns, given.text());
    Statistics.label("verdict").collect(expected.found().isPresent() ? "found" : "not found");
    Statistics.label("a rule took a million steps").collect(!expected.undecided().isEmpty());
    if (expected.undecided().isEmpty()) {
      assertThat(match).isEqualTo(expected);
    }
  }

  @Property(tries = 10_000, seed = "-4564439189006594848", shrinking = ShrinkingMode.OFF)
  void asksRe2OnlyWhatItAnswersAlike(@ForAll("tables") Given given) {
    Reading reading = new Reading(0, 0);
    reading.begin(given.text());
    for (Pattern pattern : compiled(given.patterns())) {
      Optional<LinearSearch> linear =
          LinearSearch.of(pattern).filter(search -> search.isExactFor(reading));
      Statistics.label("can be asked").collect(linear.isPresent());

      linear.ifPresent(
          search -> {
            FirstMatch expected = tryEach(List.of(pattern), given.text());
            if (expected.undecided().isEmpty()) {
              assertThat(search.find(given.text()) == Place.NOWHERE)
                  .as("%s on '%s'", pattern, given.text())
                  .isEqualTo(expected.found().isEmpty());
            }
          });
    }
  }

  @Test
  void looksUpEachLetterUnderTheByteOfAllThatJavaTakesForTheSame() {
    List<Integer> apart = new ArrayList<>();
    for (int c = 0; c <= Character.MAX_VALUE; c++) {
      int same = Character.toLowerCase(Character.toUpperCase(c));
      if (Fold.of((char) c) != Fold.of((char) same)) {
        apart.add(c);
      }
    }

    assertThat(apart).isEmpty();
    assertThat(List.of(Fold.of('\u017f'), Fold.of('\u212a'), Fold.of('\u0130'), Fold.of('\u0131')))
        .containsExactly(Fold.of('s'), Fold.of('K'), Fold.of('I'), Fold.of('i'));
  }

  private static List<Pattern> compiled(List<String> patterns) {
    return patterns.stream().map(each -> Pattern.compile(each, FLAGS)).toList();
  }

  /** The plain loop, each pattern within a million steps. */
  static FirstMatch tryEach(List<Pattern> patterns, String text) {
    List<Integer> stalled = new ArrayList<>();
    for (int row = 0; row < patterns.size(); row++) {
      Matcher matcher = patterns.get(row).matcher(new BudgetedText(text));
      try {
        if (matcher.find()) {
          return new FirstMatch(
              Optional.of(new FirstMatch.Found(row, matcher.start(), matcher.end())), stalled);
        }
      } catch (StalledPatternException tooCostly) {
        stalled.add(row);
      }
    }
    return new FirstMatch(Optional.empty(), stalled);
  }
}
