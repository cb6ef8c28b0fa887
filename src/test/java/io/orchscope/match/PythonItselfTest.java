package io.orchscope.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orchscope.match.PythonPattern.Dialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Python's own engine and ours, over the same patterns and texts. Over other seeds, a few of a
 * million differ: a look-behind for a repeated group of no width is refused, and a lazily repeated
 * group of no width is remembered by one of the two.
 */
final class PythonItselfTest {

  private static final String SCRIPT =
      """
      import json, re, sys, warnings
      warnings.simplefilter("ignore")
      given = json.load(open(sys.argv[1], encoding="utf-8"))
      answers = []
      for pattern in given["patterns"]:
          try:
              compiled = re.compile(pattern)
          except (re.error, OverflowError):
              answers.append(None)
              continue
          found = [compiled.search(text) for text in given["texts"]]
          answers.append([[match.start(), match.end()] if match else None for match in found])
      json.dump(answers, open(sys.argv[2], "w"))
      """;

  /** The same ones each time, unless {@code -Dpython.seed} and {@code -Dpython.patterns} differ. */
  private static final long SEED = Long.getLong("python.seed", 20_261_124L);

  private static final int PATTERNS = Integer.getInteger("python.patterns", 6_000);
  private static final int TEXTS = 12;

  private static final Pattern LOOKS_BACK_FOR_A_GROUP =
      Pattern.compile("\\(\\?<[=!].*(?:\\\\[12]|\\(\\?P=)");

  private static final Pattern SPEAKS_OF_WHAT_MUST_NOT_BE =
      Pattern.compile("\\(\\?<?!.*(?:\\\\[12]|\\(\\?P=)");

  private static final List<String> ATOMS =
      List.of(
          "a",
          "b",
          "c",
          "ab",
          "bc",
          "1",
          "-",
          " ",
          "_",
          ".",
          "\\d",
          "\\w",
          "\\s",
          "\\D",
          "\\W",
          "\\S",
          "[[]",
          "[]a]",
          "[^]a]",
          "[a&&b]",
          "[a-c]",
          "[^b-]",
          "[\\d-]",
          "[\\w.]",
          "[a\\]]",
          "[]",
          "[\\b]",
          "x{y",
          "{",
          "}",
          "]",
          "\\.",
          "\\-",
          "\\x61",
          "\\141",
          "\\0",
          "\\u0062",
          "\\n",
          "\\t",
          "\\v",
          "\\b",
          "\\B",
          "\\A",
          "\\Z",
          "^",
          "$",
          "|",
          "\\1",
          "\\2",
          "(?P=n_1)",
          "(?#x)",
          "\\h",
          "\\e",
          "\\z",
          "é",
          "(?(1)a|b)",
          "\\\\",
          "(?i)");

  private static final List<String> REPEATS =
      List.of(
          "*", "+", "?", "*?", "+?", "??", "{2}", "{,2}", "{1,}", "{1,2}", "{1,2}?", "{,}",
          "{2,1}");

  private static final List<String> GROUPS =
      List.of("(", "(?:", "(?=", "(?!", "(?<=", "(?<!", "(?P<n_1>", "(?P<n>", "(?i:", "(?s:");

  /** What may stand in a set. */
  private static final List<String> MEMBERS =
      List.of(
          "a", "b", "c", "-", "^", "[", "]", "&&", "{", "}", ",", "a-c", "1-3", "-a", "\\1", "\\0",
          "\\12", "\\141", "\\400", "\\8", "\\b", "\\B", "\\A", "\\d", "\\W", "\\s", "\\]", "\\-",
          "\\\\", "\\x62", "\\x6", "\\u0061", "\\n", "\\d-", "a-\\d", "\\q", "é", "(", "|", "$");

  private static final List<String> LETTERS =
      List.of(
          "a", "b", "c", "ab", "1", "12", "-", " ", "_", ".", "[", "]", "{", "&", "\n", "\r", "é",
          "A", "B", "x{y", "É", "\t", "|", "\\");

  @TempDir private Path folder;

  @Test
  void findsWhatPythonFindsAndRefusesWhatItRefuses() throws Exception {
    assumeTrue(hasPython(), "there is no Python 3.11 here to ask");
    Random random = new Random(SEED);
    List<String> patterns = new ArrayList<>();
    while (patterns.size() < PATTERNS) {
      patterns.add(pattern(random, 3));
    }
    List<String> texts = new ArrayList<>(List.of("", "abc", "aab 1-_"));
    while (texts.size() < TEXTS) {
      texts.add(some(random, LETTERS, 12));
    }

    JsonNode answers = ask(patterns, texts);

    List<String> differences = new ArrayList<>();
    int refused = 0;
    for (int i = 0; i < patterns.size(); i++) {
      JsonNode python = answers.get(i);
      refused += python.isNull() ? 1 : 0;
      compare(patterns.get(i), python, texts, differences);
    }
    System.out.printf(
        "PythonItselfTest: %d patterns, %d refused by Python, on %d texts, seed %d: %d differences%n",
        patterns.size(), refused, texts.size(), SEED, differences.size());
    assertThat(differences).isEmpty();
    assertThat(refused).isBetween(PATTERNS / 20, PATTERNS * 3 / 4);
  }

  private static void compare(
      String python, JsonNode answer, List<String> texts, List<String> differences) {
    Pattern ours;
    try {
      ours = PythonPattern.compile(python, Dialect.PYTHON);
    } catch (RefusedPatternException refusal) {
      // Java has no condition on a group, and looks behind for no words of another group.
      boolean isJavaLess =
          python.contains("(?(1)")
              || String.valueOf(refusal.getMessage()).contains("obvious maximum length");
      if (!answer.isNull() && !isJavaLess) {
        differences.add("ours refuses " + python + ": " + refusal.getMessage());
      }
      return;
    }
    if (answer.isNull()) {
      if (LOOKS_BACK_FOR_A_GROUP.matcher(python).find()) {
        return; // Of what length that group is, only Python works out.
      }
      differences.add("Python refuses " + python + ", ours is " + ours);
      return;
    }
    if (SPEAKS_OF_WHAT_MUST_NOT_BE.matcher(python).find()) {
      return; // Java remembers a group of what was found and must not be there.
    }
    for (int i = 0; i < texts.size(); i++) {
      if (python.contains("\\B") && texts.get(i).isEmpty()) {
        continue; // Whether nothing at all is inside of a word depends on the age of Python.
      }
      Matcher matcher = ours.matcher(texts.get(i));
      String found = matcher.find() ? "[" + matcher.start() + "," + matcher.end() + "]" : "null";
      if (!found.equals(answer.get(i).toString())) {
        differences.add(
            python + " as " + ours + " on '" + texts.get(i) + "': " + found + ", " + answer.get(i));
        return;
      }
    }
  }

  private static String pattern(Random random, int depth) {
    StringBuilder pattern = new StringBuilder(random.nextInt(40) == 0 ? "(?i)" : "");
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      if (depth > 0 && random.nextInt(4) == 0) {
        pattern.append(GROUPS.get(random.nextInt(GROUPS.size())));
        pattern.append(pattern(random, depth - 1)).append(')');
      } else if (random.nextInt(12) == 0) {
        pattern.append(random.nextInt(3) == 0 ? "[^" : "[");
        pattern.append(some(random, MEMBERS, 4)).append(']');
      } else {
        pattern.append(ATOMS.get(random.nextInt(random.nextInt(3) > 0 ? 16 : ATOMS.size())));
      }
      if (random.nextInt(4) == 0) {
        pattern.append(REPEATS.get(random.nextInt(REPEATS.size())));
      }
    }
    return pattern.toString();
  }

  private static String some(Random random, List<String> words, int most) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      text.append(words.get(random.nextInt(words.size())));
    }
    return text.toString();
  }

  private JsonNode ask(List<String> patterns, List<String> texts) throws Exception {
    ObjectMapper json = new ObjectMapper();
    Path given = folder.resolve("given.json");
    Path answers = folder.resolve("answers.json");
    Path script = folder.resolve("ask.py");
    Files.writeString(script, SCRIPT);
    json.writeValue(given.toFile(), Map.of("patterns", patterns, "texts", texts));
    assertThat(python(script.toString(), given.toString(), answers.toString())).isZero();
    return json.readTree(answers.toFile());
  }

  /** Older ones refuse less. */
  private static boolean hasPython() throws InterruptedException {
    try {
      return python("-c", "import sys; sys.exit(sys.version_info < (3, 11))") == 0;
    } catch (IOException missing) {
      return false;
    }
  }

  private static int python(String... words) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of("python3"));
    line.addAll(List.of(words));
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    process.getOutputStream().close();
    process.getInputStream().readAllBytes();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }
}
