package io.orchscope.mask;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which templates are one kind of error: those that differ in one word that is never the same, and
 * those that are the beginning of another because their texts were cut off.
 *
 * <p>A word makes a kind of its own as long as it comes back: {@code NOT-AVAILABLE} and {@code
 * NOT-ONBOARD} stay apart. It is a name that no mask knows when there are many of it and hardly one
 * comes twice; or where names are expected, as behind {@code by}; or where most texts have
 * something that a mask knows. The usual miners of log templates (Drain and its kin) join what is
 * alike by a share of its words, which would make one kind of these two; so the rule is our own.
 *
 * <p>Shape: templates may come one by one in any order; which family they belong to depends on what
 * has come, not on its order. Not safe for many threads.
 */
public final class Families {

  /** So many different words at one place are needed before they may be a name. */
  private static final int MANY = 6;

  /** So many are enough where a name is expected. */
  private static final int SOME = 3;

  /** Behind these words stands a name, however often it comes back. */
  private static final Set<String> NAMED = Set.of("by", "owner", "operator", "named", "called");

  /** What may stand there too, and is none. */
  private static final Pattern NO_NAME =
      Pattern.compile("(?:" + Masks.NOBODY + ")|.*(?:error|exception|ion|ity|ment|ing|ed)");

  /** Words that say of a value that there is none; they make a kind of their own. */
  private static final Pattern NO_VALUE =
      Pattern.compile(
          "none|null|nothing|unknown|missing|empty|invalid|failed|aborted|timeout|refused|denied"
              + "|.*(?:ed|ing)");

  /** So many times more often than words stand values where words are taken for some. */
  private static final int MOSTLY = 2;

  /** Behind these words stands what makes a kind. */
  private static final Set<String> TELLING_APART =
      Set.of(
          "state",
          "status",
          "reason",
          "cause",
          "error",
          "errors",
          "exception",
          "code",
          "role",
          "mode",
          "type",
          "result",
          "message",
          "is",
          "not");

  /** How often such a word comes on average, at most. */
  private static final double SELDOM = 2.0;

  /** A beginning says enough for the rest when it has so many characters. */
  private static final int TELLING = 40;

  /** The same in words. */
  private static final int TELLING_WORDS = 5;

  /** Templates with more words are compared whole. */
  private static final int MOST_WORDS = 120;

  private final Map<String, Long> counts = new TreeMap<>();
  private final Set<String> cut = new LinkedHashSet<>();

  /** Takes note of an error. */
  public void add(Template template) {
    add(template, 1);
  }

  /** Takes note of so many. */
  public void add(Template template, long times) {
    String text = template.text();
    counts.merge(text, times, Long::sum);
    if (template.isCut()) {
      cut.add(text);
    }
  }

  /** The family of each template that was added, by its text; its name looks like one more. */
  public Map<String, String> all() {
    Map<String, String> families = new HashMap<>();
    counts.keySet().forEach(text -> families.put(text, text));
    Map<String, Long> joined = new TreeMap<>();
    joinWholes(families);
    counts.forEach((text, times) -> joined.merge(families.get(text), times, Long::sum));
    joinWords(families, joined);
    joinSlots(families);
    return families;
  }

  /** What was cut off belongs to the one kind that goes on as it does. */
  private void joinWholes(Map<String, String> families) {
    List<String> sorted = new ArrayList<>(counts.keySet());
    for (String text : cut) {
      if (text.length() < TELLING) {
        continue;
      }
      int at = -Collections.binarySearch(sorted, text + "\u0001") - 1;
      String whole = "";
      while (at < sorted.size() && sorted.get(at).startsWith(text)) {
        String other = sorted.get(at);
        if (whole.isEmpty() || times(other) > times(whole)) {
          whole = other;
        }
        at++;
      }
      if (!whole.isEmpty()) {
        families.put(text, whole);
      }
    }
    // What a whole was found for may be the beginning of one itself.
    families.replaceAll((text, whole) -> families.getOrDefault(whole, whole));
  }

  /** What is seldom and has words where a template has slots, and nothing else, belongs to it. */
  private void joinSlots(Map<String, String> families) {
    Map<String, List<String>> byShape = new TreeMap<>();
    new TreeSet<>(families.values())
        .stream()
            .filter(family -> family.contains("#"))
            .forEach(
                family ->
                    byShape.computeIfAbsent(shape(family), shape -> new ArrayList<>()).add(family));
    counts.forEach(
        (text, times) -> {
          if (times <= SELDOM && text.equals(families.get(text))) {
            byShape.getOrDefault(shape(text), List.of()).stream()
                .filter(family -> !family.equals(text) && fits(text, family))
                .findFirst()
                .ifPresent(family -> families.put(text, family));
          }
        });
    families.replaceAll((text, family) -> families.getOrDefault(family, family));
  }

  /** Number of words, and the first of them. */
  private static String shape(String text) {
    return text.split(" ", -1).length + " " + text.substring(0, Math.max(0, text.indexOf(' ')));
  }

  private static boolean fits(String text, String family) {
    String[] words = text.split(" ", -1);
    String[] slots = family.split(" ", -1);
    int same = 0;
    for (int i = 0; i < words.length; i++) {
      if (words[i].equals(slots[i])) {
        same += words[i].equals("#") ? 0 : 1;
      } else if (!slots[i].equals("#")) {
        return false;
      }
    }
    return same >= TELLING_WORDS;
  }

  private long times(String text) {
    return counts.getOrDefault(text, 0L);
  }

  private static void joinWords(Map<String, String> families, Map<String, Long> counts) {
    Map<Frame, Set<String>> byFrame = new LinkedHashMap<>();
    for (String text : counts.keySet()) {
      String[] words = text.split(" ", -1);
      if (words.length > MOST_WORDS) {
        continue;
      }
      for (int i = 0; i < words.length; i++) {
        if (!words[i].equals("#")) {
          byFrame.computeIfAbsent(frame(words, i), frame -> new LinkedHashSet<>()).add(text);
        }
      }
    }
    byFrame.forEach(
        (frame, texts) -> {
          long times = texts.stream().mapToLong(text -> counts.getOrDefault(text, 0L)).sum();
          boolean isName =
              (texts.size() >= MANY && times <= SELDOM * texts.size())
                  || frame.isNamed(texts)
                  || (counts.getOrDefault(frame.text(), 0L) >= MOSTLY * times
                      && frame.isMostlyAValue(texts));
          if (isName) {
            families.replaceAll((text, family) -> texts.contains(family) ? frame.text() : family);
          }
        });
  }

  /**
   * A template with one word taken out.
   *
   * @param before the word before that one, without a colon
   */
  private record Frame(String text, String before, int place) {

    /** Whether a few names stand where names are expected. */
    private boolean isNamed(Set<String> texts) {
      return NAMED.contains(before)
          && words(texts).filter(word -> !NO_NAME.matcher(word).matches()).count() >= SOME
          && words(texts).noneMatch(word -> NO_NAME.matcher(word).matches());
    }

    private Stream<String> words(Set<String> texts) {
      return texts.stream().map(text -> text.split(" ", -1)[place]);
    }

    /**
     * Whether the few words that no mask took for a value are values, where most texts have one in
     * their place; unless it is the place that tells kinds apart.
     */
    private boolean isMostlyAValue(Set<String> texts) {
      return !TELLING_APART.contains(before)
          && words(texts).noneMatch(word -> NO_VALUE.matcher(word).matches())
          && Stream.of(text.split(" ", -1)).filter(word -> !word.equals("#")).count()
              >= TELLING_WORDS;
    }
  }

  private static Frame frame(String[] words, int place) {
    StringBuilder frame = new StringBuilder();
    for (int i = 0; i < words.length; i++) {
      frame.append(i == 0 ? "" : " ").append(i == place ? "#" : words[i]);
    }
    String before = place == 0 ? "" : words[place - 1];
    return new Frame(
        frame.toString(),
        before.endsWith(":") ? before.substring(0, before.length() - 1) : before,
        place);
  }
}
