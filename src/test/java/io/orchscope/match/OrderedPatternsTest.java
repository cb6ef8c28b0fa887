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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @Property(tries = 10_000, seed = "-4564439189006594848", shrinking = ShrinkingMode.OFF)
  void findsInAsciiWhatJavaFindsAndWhere(@ForAll("tables") Given given) {
    Reading reading = new Reading(0, 0);
    reading.begin(given.text().replaceAll("[^\\x00-\\x7f]", ""));
    for (Pattern pattern : compiled(given.patterns())) {
      Optional<AsciiSearch> search = PatternReader.read(pattern).flatMap(AsciiSearch::of);
      long place =
          search.map(each -> each.find(reading, reading.fewSteps())).orElse(Place.UNDECIDED);
      Statistics.label("can be asked")
          .collect(place == Place.UNDECIDED ? "no" : place >= 0 ? "found" : "not found");

      if (place != Place.UNDECIDED) {
        FirstMatch expected = tryEach(List.of(pattern), reading.text());
        assertThat(place)
            .as("%s on '%s'", pattern, reading.text())
            .isEqualTo(
                expected
                    .found()
                    .map(found -> Place.of(found.start(), found.end()))
                    .orElse(Place.NOWHERE));
      }
    }
  }

  /** What is looked for over bytes; where java.util.regex would be asked, the text below fails. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "(?<![\\w-])port \\d+(?: again| once more)?",
        "(?i)Port [^ ]+ IS (?:up|down)\\b",
        "(?:port .* down|jmrmvgyi oqylzjtfyr \\d+)",
        "(port \\d+/\\d+) (?:in|at|on) (?:poll|try|run) #?([0-9]+)",
        "port .*?(?: on|down)(?! by hand)",
        "port (?:\\d{1,3}/){2}\\d{1,3} .{0,20} down$",
        "^MDSO \\| [a-z]+ (?:is )??down",
        "(?<=MDSO \\| )port .*port .*port",
        "\\Bort [0-9a-f/-]{3,36}(?-i: )down"
      })
  void needsNotJavaForWhatPeopleWrite(String pattern) {
    Pattern compiled = Pattern.compile(pattern, FLAGS);
    AsciiSearch search = PatternReader.read(compiled).flatMap(AsciiSearch::of).orElseThrow();

    for (String text :
        List.of(
            "MDSO | port 1/1/4 is down",
            "x port 17 port 1/2/3 was and port 1/1 at try #3 down again down",
            "PORT ge-0 Is DOWN, port 9 once more",
            "MDSO | down, port 1/1/4 of port 3 down by hand",
            "port 5 and port 6 and port",
            "jmrmvgyi oqylzjtfyr 77")) {
      Reading reading = new Reading(0, 0);
      reading.begin(text);
      Matcher matcher = compiled.matcher(text);

      assertThat(search.find(reading, reading.fewSteps()))
          .as(text)
          .isEqualTo(matcher.find() ? Place.of(matcher.start(), matcher.end()) : Place.NOWHERE);
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
