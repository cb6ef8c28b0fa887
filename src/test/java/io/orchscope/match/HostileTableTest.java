package io.orchscope.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * Patterns that take for ever, in front of sound ones, on texts that make them.
 *
 * <p>The clock is only printed: what is asserted are steps and answers, which are the same on every
 * machine.
 */
final class HostileTableTest {

  private static final int FLAGS =
      Pattern.UNIX_LINES | Pattern.UNICODE_CHARACTER_CLASS | Pattern.UNICODE_CASE;

  /** Each takes minutes or nights by java.util.regex alone. */
  private static final List<String> HOSTILE =
      List.of(
          "(?:.*a){12}$",
          "(x+x+)+y",
          "(x+x+)+[0-9]",
          "(?:a|aa)+$",
          "(?:[a-z]+)+!",
          "Error.*Error.*Error.*Error.*Error.*!",
          "(?:.*,){11}P",
          "(?:a|b)+[0-9]",
          "^(([a-z])+.)+[A-Z]([a-z])+$",
          "(?:\\w+\\s*)+:$",
          "(?<!z)(x+x+)+y",
          "((?:a+)+)\\1!$");

  /** Looked for behind all of them. */
  private static final String SOUND = "device not in active state";

  private static final List<String> UNITS =
      List.of("a", "x", "ab", "aa ", "Error ", "a,", "word ", "aA", " ", "\u00e9", "zx");

  private static OrderedPatterns table() {
    List<String> all = new ArrayList<>(HOSTILE);
    all.add(SOUND);
    return OrderedPatterns.of(all.stream().map(each -> Pattern.compile(each, FLAGS)).toList());
  }

  private static String pumped(String unit, int length) {
    // What the patterns end with is there, but not where they want it.
    String end = " " + SOUND + " y ! P c .";
    return unit.repeat((length - end.length()) / unit.length()) + end;
  }

  /** A verdict, and the processor time that it took, whatever else the machine does. */
  private record Timed(FirstMatch match, double millis) {

    static Timed find(OrderedPatterns table, String text) {
      ThreadMXBean threads = ManagementFactory.getThreadMXBean();
      long begun = threads.getCurrentThreadCpuTime();
      FirstMatch match = table.find(text);
      return new Timed(match, (threads.getCurrentThreadCpuTime() - begun) / 1e6);
    }
  }

  @Test
  void answersInTimeWhateverTheTextAndTheTable() {
    OrderedPatterns table = table();
    for (int round = 0; round < 3; round++) {
      UNITS.forEach(unit -> table.find(pumped(unit, 2_000)));
    }
    TreeMap<Integer, Double> worst = new TreeMap<>();

    for (int length : new int[] {100, 500, 5_000, 100_000}) {
      for (String unit : UNITS) {
        String text = pumped(unit, length);
        double best = Double.MAX_VALUE;
        FirstMatch match = FirstMatch.NOTHING;
        for (int round = 0; round < 3; round++) {
          Timed timed =
              Assertions.assertTimeoutPreemptively(
                  Duration.ofMinutes(5), () -> Timed.find(table, text));
          match = timed.match();
          best = Math.min(best, timed.millis());
        }
        worst.merge(length, best, Math::max);

        assertThat(match.found()).as("%d of '%s'", length, unit).isPresent();
      }
    }

    worst.forEach(
        (length, millis) ->
            System.out.printf(
                Locale.ROOT,
                "hostile table, %,d characters: %.1f ms of processor time at worst, best of"
                    + " three%n",
                length,
                millis));
  }

  @Test
  void spendsABoundedNumberOfStepsOnAText() {
    for (String unit : UNITS) {
      Reading reading = new Reading(0, 0);
      reading.begin(pumped(unit, 5_000));
      for (String pattern : HOSTILE) {
        Pattern compiled = Pattern.compile(pattern, FLAGS);
        new RowSearch(compiled, PatternReader.read(compiled), List.of()).find(reading);
      }

      assertThat(reading.stepsSpent()).as(unit).isLessThan(7_000_000L);
      assertThat(reading.linearStepsSpent()).as(unit).isLessThanOrEqualTo(12_000_000L);
    }
  }

  @Test
  void namesWhatItCouldNotDecideAndGoesOn() {
    OrderedPatterns table = table();

    FirstMatch match = table.find(pumped("x", 500));

    assertThat(match.found().map(FirstMatch.Found::row)).contains(HOSTILE.size());
    assertThat(match.undecided()).containsExactly(HOSTILE.indexOf("(?<!z)(x+x+)+y"));
  }

  @Test
  void decidesByRe2WhatJavaCannot() {
    String text = "Error ".repeat(80);
    Pattern pattern = Pattern.compile("(?:Error.*){9}[0-9]", FLAGS);

    FirstMatch none = OrderedPatterns.of(List.of(pattern)).find(text);
    FirstMatch found = OrderedPatterns.of(List.of(pattern)).find(text + "7");

    assertThat(none).isEqualTo(FirstMatch.NOTHING);
    assertThat(found.undecided()).isEmpty();
    assertThat(found.found()).contains(new FirstMatch.Found(0, 0, text.length() + 1));
  }
}
