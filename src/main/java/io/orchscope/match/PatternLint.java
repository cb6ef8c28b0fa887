package io.orchscope.match;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Says why a pattern costs more than it should, before it meets the text that makes it.
 *
 * <p>Shape: looks at how the pattern is built, and measures it on texts that are built to be
 * costly. Units: steps are looks at a character; they do not depend on the machine. Errors: none.
 */
public final class PatternLint {

  private static final int MANY_TIMES = 16;
  private static final int WILDCARDS = 3;
  private static final int SHOWN = 60;
  private static final String BOUND_IT =
      "Bound its wildcards: '.{0,200}' or '[^ ]+' instead of '.*', and none in another.";

  private final Pattern pattern;
  private final List<Finding> findings = new ArrayList<>();

  private PatternLint(Pattern pattern) {
    this.pattern = pattern;
  }

  /**
   * Something about a pattern.
   *
   * @param reason what it is, without a full stop and without naming the rule
   * @param remedy what to do about it, a full sentence
   */
  public record Finding(String reason, String remedy) {}

  /** What there is to say against a pattern; empty for nearly all. */
  public static List<Finding> of(Pattern pattern) {
    PatternLint lint = new PatternLint(pattern);
    Optional<Part> part = PatternReader.read(pattern);
    List<Need> needs = part.map(RequiredLiterals::of).orElse(List.of());
    lint.lookForWords(needs);
    // Words with anything between them are looked for as words, however many there are.
    boolean isChain = part.flatMap(LiteralChain::of).isPresent();
    part.filter(each -> !isChain).ifPresent(lint::lookAtRepeats);
    lint.measure(part, needs);
    return List.copyOf(lint.findings);
  }

  private void add(String reason, String remedy) {
    findings.add(new Finding(reason, remedy));
  }

  private void lookForWords(List<Need> needs) {
    if (needs.stream().noneMatch(need -> need.sharpness() >= Width.SHORT.window)) {
      add(
          "there are no four characters in a row that every match must hold, so the pattern is tried"
              + " on every error",
          "Add fixed words that always stand in the error.");
    }
  }

  private void lookAtRepeats(Part part) {
    int wildcards = wildcards(part);
    boolean isNested = isNested(part, false);
    if (isNested) {
      add("a repeat stands in another, so a near miss can take for ever", BOUND_IT);
    }
    if (wildcards >= WILDCARDS) {
      add(
          "it has %d wildcards without an end, so a near miss takes long".formatted(wildcards),
          BOUND_IT);
    }
    boolean isUnbounded = isNested || wildcards > 0;
    if (isUnbounded && LinearSearch.of(pattern).isEmpty()) {
      add(
          "it has wildcards without an end, and RE2/J cannot help out, as it knows no look-around, no"
              + " back-reference and no possessive repeat",
          "Bound its wildcards, or do without what RE2/J does not know.");
    }
  }

  /** Repeats without an end of what crosses from one word to the next. */
  private static int wildcards(Part part) {
    if (part instanceof Part.Repeat repeat) {
      boolean isWild =
          repeat.most() == Part.UNBOUNDED
              && repeat.part() instanceof Part.OneOf set
              && AsciiSet.of(set).filter(chars -> chars.has((byte) ' ')).isPresent();
      return isWild ? 1 : wildcards(repeat.part());
    }
    return parts(part).stream().mapToInt(PatternLint::wildcards).sum();
  }

  /** Whether what may stand many times holds another that may. */
  private static boolean isNested(Part part, boolean isRepeated) {
    boolean isMany =
        part instanceof Part.Repeat repeat
            && repeat.most() > MANY_TIMES
            && repeat.least() < repeat.most();
    if (isMany && isRepeated) {
      return true;
    }
    return parts(part).stream().anyMatch(inner -> isNested(inner, isRepeated || isMany));
  }

  /** The parts of which a part is made. */
  static List<Part> parts(Part part) {
    if (part instanceof Part.Sequence sequence) {
      return sequence.parts();
    }
    if (part instanceof Part.Choice choice) {
      return choice.branches();
    }
    if (part instanceof Part.Repeat repeat) {
      return List.of(repeat.part());
    }
    if (part instanceof Part.Atomic atomic) {
      return List.of(atomic.part());
    }
    return part instanceof Part.Look look ? List.of(look.part()) : List.of();
  }

  /** Tries texts that repeat what the pattern repeats and then do not go on as it does. */
  private void measure(Optional<Part> part, List<Need> needs) {
    RowSearch search = new RowSearch(pattern, part, needs);
    for (String text : part.map(PumpedTexts::of).orElse(PumpedTexts.ofAny())) {
      Reading reading = new Reading(0, 0);
      reading.begin(text);
      long place = search.find(reading);
      String shown = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
      if (place == Place.UNDECIDED) {
        add(
            "it takes more than %d steps on %d characters such as '%s' and is skipped then"
                .formatted(BudgetedText.STEPS, text.length(), shown),
            BOUND_IT);
        return;
      }
      if (reading.hasAskedLinear() && search.stalls(reading)) {
        add(
            "it takes more than %d steps on %d characters such as '%s', so RE2/J has to help out"
                .formatted(BudgetedText.STEPS, text.length(), shown),
            BOUND_IT);
        return;
      }
    }
  }
}
