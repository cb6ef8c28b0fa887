package io.orchscope.defect;

import io.orchscope.settings.InvalidFileException;
import io.orchscope.settings.Mistake;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Adds a rule to the operators' file, which keeps its comments and its order. */
public final class RulesDraft {

  private static final int INDENT = 2;

  private final Path file;

  /**
   * A rule that somebody wants.
   *
   * @param unproved why its examples do not prove it; none where they do
   * @param examples normalised texts that it must win
   */
  public record Wish(
      DefectCode code,
      String title,
      String category,
      Severity severity,
      String owner,
      String pattern,
      Optional<String> unproved,
      List<String> examples) {}

  public RulesDraft(Path file) {
    this.file = file;
  }

  /** The number after the highest of a table. */
  public static DefectCode next(DefectRules rules) {
    return new DefectCode(
        rules.rules().stream().mapToInt(rule -> rule.code().number()).max().orElse(999) + 1);
  }

  /** Sound table with a further rule that is not in the file yet. */
  public final class Prepared {

    private final byte[] before;
    private final byte[] after;
    private final DefectRules base;
    private final DefectRules rules;

    private Prepared(byte[] before, byte[] after, DefectRules base, DefectRules rules) {
      this.before = before;
      this.after = after;
      this.base = base;
      this.rules = rules;
    }

    public DefectRules rules() {
      return rules;
    }

    /**
     * Writes the table to the file and returns it.
     *
     * <p>Errors: {@link InvalidFileException} when the file has changed since it was read, and
     * {@link IOException}; the file is as it was.
     */
    public DefectRules write() throws IOException {
      Path draft = draft();
      try {
        Files.write(draft, after);
        if (!Arrays.equals(before, Files.readAllBytes(file))) {
          throw changed(base);
        }
        move(draft, file);
        return rules;
      } finally {
        Files.deleteIfExists(draft);
      }
    }
  }

  /**
   * Proves the whole table with the rule at its end; the file stays as it is.
   *
   * <p>Errors: {@link InvalidFileException} with what is wrong with the table then, or when the
   * file is not that of the base; and {@link IOException}.
   *
   * @param base the table that the rule was made for
   */
  public Prepared prepare(Wish wish, DefectRules base) throws IOException {
    byte[] before = Files.readAllBytes(file);
    if (!RulesFile.isVersionOf(base.version(), before)) {
      throw changed(base);
    }
    String text = new String(before, StandardCharsets.UTF_8);
    String added = text + (text.endsWith("\n") ? "" : "\n") + "\n" + yaml(wish);
    byte[] after = added.getBytes(StandardCharsets.UTF_8);
    Path draft = draft();
    try {
      Files.write(draft, after);
      return new Prepared(before, after, base, RulesFile.read(draft));
    } catch (InvalidFileException wrong) {
      throw ofTheFile(wrong);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private Path draft() {
    return file.resolveSibling("." + file.getFileName() + ".draft");
  }

  private InvalidFileException changed(DefectRules base) {
    return new InvalidFileException(
        file.toString().replace('\\', '/'),
        "whole file",
        "it has changed since version "
            + base.version()
            + " was read, so that the new rule would overwrite or contradict the change; the file"
            + " is left as it is",
        "Wait until the change is active (with rules.reload=no: restart), or correct it if it was"
            + " rejected; then accept the proposal again.");
  }

  /** Nobody ever sees the draft: its last lines are the new rule's. */
  private InvalidFileException ofTheFile(InvalidFileException wrong) {
    return new InvalidFileException(
        wrong.mistakes().stream()
            .map(
                mistake ->
                    new Mistake(
                        file.toString().replace('\\', '/') + ", with the new rule",
                        mistake.place(),
                        mistake.reason(),
                        mistake.remedy()))
            .toList());
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException elsewhere) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** The rule as it stands in the file. */
  public static String yaml(Wish wish) {
    StringBuilder yaml = new StringBuilder();
    line(yaml, INDENT, "- code: " + wish.code());
    line(yaml, 2 * INDENT, "title: " + quoted(wish.title()));
    line(yaml, 2 * INDENT, "category: " + quoted(wish.category()));
    line(yaml, 2 * INDENT, "severity: " + wish.severity().word());
    line(yaml, 2 * INDENT, "owner: " + quoted(wish.owner()));
    line(yaml, 2 * INDENT, "pattern: " + pattern(wish.pattern()));
    wish.unproved().ifPresent(why -> line(yaml, 2 * INDENT, "unproved: " + quoted(why)));
    line(yaml, 2 * INDENT, "examples:" + (wish.examples().isEmpty() ? " []" : ""));
    wish.examples().forEach(example -> line(yaml, 3 * INDENT, "- " + quoted(example)));
    return yaml.toString();
  }

  /** In single quotes, as people write patterns, unless there are characters that YAML folds. */
  private static String pattern(String pattern) {
    boolean isPlain = pattern.chars().allMatch(c -> c >= ' ' && c != 0x7f && c < 0x80);
    return isPlain && pattern.equals(pattern.strip())
        ? "'" + pattern.replace("'", "''") + "'"
        : quoted(pattern);
  }

  private static void line(StringBuilder yaml, int indent, String text) {
    yaml.append(" ".repeat(indent)).append(text).append('\n');
  }

  /** In double quotes, in which YAML takes every character. */
  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            point -> {
              if (point == '"' || point == '\\') {
                quoted.append('\\').appendCodePoint(point);
              } else if (point < ' '
                  || (point >= 0x7f && point < 0xa0)
                  || point == 0xfeff
                  || point == 0x2028
                  || point == 0x2029) {
                quoted.append("\\u%04x".formatted(point));
              } else {
                quoted.appendCodePoint(point);
              }
            });
    return quoted.append('"').toString();
  }
}
