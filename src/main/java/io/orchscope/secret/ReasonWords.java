package io.orchscope.secret;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Words that follow {@code password} and its kin in sentences: {@code expired}, {@code required},
 * {@code for}. They say what is the matter with a secret and are none.
 */
final class ReasonWords {

  private static final int LONGEST = 24;

  /** Endings of participles, nouns and adjectives; only after at least three other letters. */
  private static final String[] ENDINGS = {
    "ed", "ing", "ion", "ions", "ment", "ity", "able", "ible", "less", "ance", "ence", "ful", "ally"
  };

  private static final Set<String> WORDS =
      Arrays.stream(
              ("a about absent active after again age agent all allowed already also"
                      + " an and any are arrives as at attempt attempts attribute auth bad be"
                      + " because been before between blank bucket but by cached can cannot case"
                      + " chain change changes characters chars check closed complexity config"
                      + " contains could coverage data database date days denied did differs"
                      + " digits disabled do does done down either empty enabled entry"
                      + " environment equals error exceeds expires fail failed fails failure"
                      + " field file files flag for format found from generation generator good"
                      + " had has hash hashes have here hint history host hours id identifier if"
                      + " in incorrect input invalid invalidated is it its key keys lacks later"
                      + " length less lifetime limit list lock login longer longest lookup lost"
                      + " manager match matches may md5 method minimum minutes mismatch mode"
                      + " module must name names needs never new next no none nor not null of"
                      + " off ok old on only open option optional or over parameter parse path"
                      + " pending please policies policy present prevents prompt property"
                      + " provider quality range reason recovery refresh refused rejected"
                      + " renewal request requires reset response reuse revoked ring role"
                      + " rollover rotation rule rules same scheme seconds secret secrets sent"
                      + " server service session set setting settings setup short shorter"
                      + " shortest should since size skipped source spec statement status still"
                      + " storage store stream strength string strings succeeded success sync"
                      + " syntax system than that the their then there this three timeout times"
                      + " to token tokens too tries two type types unavailable under unknown"
                      + " unreachable unset unsupported until up update updates usage use used"
                      + " user username users valid validation value values variable vault"
                      + " verify was weak were when where while who will with within without"
                      + " would wrong yes you your")
                  .split(" "))
          .collect(Collectors.toUnmodifiableSet());

  private ReasonWords() {}

  /** Whether the text between two places is such a word, with or without a sign behind it. */
  static boolean isOne(String line, int from, int to) {
    int end = to;
    while (end > from && ".,;:!?)".indexOf(line.charAt(end - 1)) >= 0) {
      end--;
    }
    if (end <= from || end - from > LONGEST) {
      return end <= from;
    }
    for (int at = from; at < end; at++) {
      char character = line.charAt(at);
      boolean isLetter =
          (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
      boolean isJoint = character == '-' || character == '\'' || character == '/';
      if (!isLetter && !(isJoint && at > from) && !isMd5(line, from, end)) {
        return false;
      }
    }
    boolean isMixed = isMixed(line, from, end);
    String word = line.substring(from, end).toLowerCase(Locale.ROOT);
    if (WORDS.contains(word)) {
      return true;
    }
    return !isMixed
        && Arrays.stream(ENDINGS)
            .anyMatch(ending -> word.length() >= ending.length() + 3 && word.endsWith(ending));
  }

  /** Whether a capital letter follows a small one, as in no word of a sentence. */
  private static boolean isMixed(String line, int from, int to) {
    for (int at = from + 1; at < to; at++) {
      if (Character.isUpperCase(line.charAt(at)) && Character.isLowerCase(line.charAt(at - 1))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isMd5(String line, int from, int to) {
    return to - from == 3 && line.regionMatches(true, from, "md5", 0, 3);
  }
}
