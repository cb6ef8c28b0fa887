package io.orchscope.legacy;

import io.orchscope.defect.RulePattern;
import io.orchscope.defect.RulesDraft;
import io.orchscope.defect.Severity;
import io.orchscope.mask.Piece;
import io.orchscope.mask.Template;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes what was kept of a table as a file of rules. */
public final class ImportedRules {

  private static final int LONGEST_TITLE = 90;

  /** MDSO's word for a class of errors, between the bar and the dash. */
  private static final Pattern CATEGORY =
      Pattern.compile("^[^|]{1,40}\\| ([A-Z][A-Za-z-]+(?: [A-Z][A-Za-z-]+){0,3}) - ");

  private ImportedRules() {}

  /**
   * The file.
   *
   * @param owner of all rules, until somebody gives each its own
   * @param order in which rules are tried, {@code number} or {@code text}
   */
  public static String yaml(TableImport.Outcome outcome, String owner, String order) {
    StringBuilder yaml = new StringBuilder();
    yaml.append(
        "# Made from the table of another monitor. Give each rule its owner, severity and runbook.\n");
    yaml.append("version: 1\norder: ").append(order).append("\nrules:\n");
    for (TableImport.Kept kept : outcome.kept()) {
      yaml.append('\n').append(RulesDraft.yaml(wish(kept, owner)));
      if (kept.unproved().isPresent() && !kept.error().isBlank()) {
        yaml.append("    # mended: '")
            .append(oneLine(RulePattern.of(List.of(kept.error())).replace("'", "''")))
            .append("'\n");
      }
    }
    for (TableImport.LeftOut left : outcome.leftOut()) {
      yaml.append("\n  # Left out, ")
          .append(oneLine(left.row().place() + ": " + left.reason()))
          .append('\n');
      yaml.append("  #   code: ").append(oneLine(left.row().code())).append('\n');
      yaml.append("  #   pattern: ").append(oneLine(left.row().pattern())).append('\n');
      yaml.append("  #   example: ").append(oneLine(left.row().rawError())).append('\n');
    }
    return yaml.toString();
  }

  private static RulesDraft.Wish wish(TableImport.Kept kept, String owner) {
    Matcher category = CATEGORY.matcher(kept.error());
    return new RulesDraft.Wish(
        kept.code(),
        title(kept),
        category.find() ? category.group(1) : "Imported",
        Severity.MAJOR,
        owner,
        kept.row().pattern(),
        kept.unproved(),
        kept.error().isBlank() ? List.of() : List.of(kept.error()));
  }

  /** The category that somebody wrote, else the words of the error, three dots for the rest. */
  private static String title(TableImport.Kept kept) {
    String written = kept.row().category().strip();
    if (!written.isEmpty() && !written.toLowerCase(Locale.ROOT).equals("none")) {
      return brief(oneLine(written));
    }
    StringBuilder words = new StringBuilder();
    for (Piece piece : Template.ofNormalised(kept.error()).pieces()) {
      words.append(piece instanceof Piece.Slot ? "…" : piece.text());
    }
    String title = brief(oneLine(words.toString()));
    return title.isBlank() ? "Imported as " + kept.code() : title;
  }

  private static String brief(String text) {
    Optional<String> head =
        text.length() <= LONGEST_TITLE
            ? Optional.empty()
            : Optional.of(text.substring(0, LONGEST_TITLE) + "…");
    return head.orElse(text);
  }

  /** A comment must not end in the middle of what it says. */
  private static String oneLine(String text) {
    return text.replaceAll("[\\p{Cntrl}\\u2028\\u2029\\u0085]+", " ").strip();
  }
}
