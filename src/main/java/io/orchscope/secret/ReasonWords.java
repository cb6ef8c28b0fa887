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
              ("a about after again age agent all already also an and any are as at attempt"
                      + " attempts auth bad be because been before between blank but by can cannot"
                      + " case change changes chars characters check complexity config contains"
                      + " coverage could data database date days did differs digits do does down"
                      + " either empty entry environment equals error exceeds expires fail failed"
                      + " fails failure field file files flag for format from generator good had has"
                      + " hash hashes have here hint history host hours id identifier if in incorrect"
                      + " input invalid is it its key keys lacks length less lifetime limit list login"
                      + " longer longest lookup lost manager may md5 method minimum minutes mismatch"
                      + " mode module must name names needs never new no none nor not null of off ok"
                      + " old on only option optional or over parameter parse path please policies"
                      + " policy prompt property provider quality range reason recovery refresh"
                      + " refused request requires reset response role rule rules scheme seconds"
                      + " secret secrets server service session set setting settings setup should"
                      + " shorter shortest since size source spec status still store storage strength"
                      + " string strings sync syntax system than that the their then there this"
                      + " timeout times to token tokens too tries type types under unknown unset until"
                      + " up usage update updates use used user username users value values variable"
                      + " vault was weak were when where while who will with within without would"
                      + " wrong yes you your")
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
    String word = line.substring(from, end).toLowerCase(Locale.ROOT);
    if (WORDS.contains(word)) {
      return true;
    }
    return Arrays.stream(ENDINGS)
        .anyMatch(ending -> word.length() >= ending.length() + 3 && word.endsWith(ending));
  }

  private static boolean isMd5(String line, int from, int to) {
    return to - from == 3 && line.regionMatches(true, from, "md5", 0, 3);
  }
}
