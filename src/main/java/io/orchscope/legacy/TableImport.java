package io.orchscope.legacy;

import io.orchscope.defect.DefectCode;
import io.orchscope.legacy.TableFinding.Kind;
import io.orchscope.match.FirstMatch;
import io.orchscope.match.OrderedPatterns;
import io.orchscope.match.PatternLint;
import io.orchscope.match.PythonPattern;
import io.orchscope.match.RefusedPatternException;
import io.orchscope.match.StalledPatternException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Looks through a table of the old monitor, row by row in the order in which it was tried.
 *
 * <p>Shape: every row is either kept, so that it wins what it won, or left out with the reason.
 */
public final class TableImport {

  private static final int LONGEST = 500;
  private static final int WITH_MODULE = 600;

  private final List<TableFinding> findings;
  private final List<Kept> kept = new ArrayList<>();
  private final List<LeftOut> leftOut = new ArrayList<>();

  /**
   * A row that becomes a rule.
   *
   * @param error its own, normalised; empty where it has none
   * @param unproved why its own error does not prove it
   */
  public record Kept(
      LegacyRow row, DefectCode code, Pattern pattern, String error, Optional<String> unproved) {

    private Kept because(String reason) {
      return new Kept(row, code, pattern, error, unproved.or(() -> Optional.of(reason)));
    }
  }

  /** A row that cannot become a rule. */
  public record LeftOut(LegacyRow row, String reason) {}

  /** All of it; kept rows in the order in which they are tried. */
  public record Outcome(List<Kept> kept, List<LeftOut> leftOut, List<TableFinding> findings) {}

  private TableImport(List<TableFinding> findings) {
    this.findings = new ArrayList<>(findings);
  }

  /**
   * What is to be said of a table.
   *
   * @param order of the codes in which rows are tried
   * @param history normalised errors that rules may have won; none where that is not known
   */
  public static Outcome of(
      LegacyTable table, Comparator<DefectCode> order, Collection<String> history) {
    TableImport run = new TableImport(table.findings());
    table.rows().forEach(run::read);
    run.kept.sort(Comparator.comparing(Kept::code, order));
    run.lookForTwins();
    run.leaveOutWhatDoesNotEnd();
    run.lookAtWinners(history);
    run.kept.forEach(run::lookAtCost);
    return new Outcome(List.copyOf(run.kept), List.copyOf(run.leftOut), List.copyOf(run.findings));
  }

  private void read(LegacyRow row) {
    DefectCode code;
    try {
      code = DefectCode.of(row.code());
    } catch (IllegalArgumentException malformed) {
      leaveOut(
          row,
          Kind.BAD_CODE,
          "'" + row.code() + "' is not a defect code",
          "Write DE- and four to nine digits.");
      return;
    }
    pattern(row).ifPresent(pattern -> keep(row, code, pattern));
  }

  private void keep(LegacyRow row, DefectCode code, Pattern pattern) {
    String error = normalised(row.rawError());
    Optional<String> unproved =
        error.isBlank() ? Optional.of("the table has no error for it") : Optional.empty();
    if (error.isBlank()) {
      note(
          Kind.EMPTY_ERROR,
          row,
          "there is no error that the pattern was made from",
          "Add an example.");
    }
    kept.add(new Kept(row, code, pattern, error, unproved));
  }

  /** The pattern, ready for use; none, and the row left out, when it cannot be used. */
  private Optional<Pattern> pattern(LegacyRow row) {
    if (row.pattern().isBlank()) {
      leaveOut(row, Kind.EMPTY_PATTERN, "there is no pattern", "Write one, or remove the row.");
      return Optional.empty();
    }
    Pattern pattern;
    try {
      pattern = PythonPattern.compile(row.pattern(), PythonPattern.Dialect.PYTHON);
    } catch (RefusedPatternException refused) {
      String where = refused.column() <= 0 ? "" : " near character " + refused.column();
      leaveOut(row, Kind.REFUSED, refused.getMessage() + where, refused.remedy());
      return Optional.empty();
    }
    if (OrderedPatterns.of(List.of(pattern)).find("").found().isPresent()) {
      leaveOut(
          row,
          Kind.BOUNDLESS,
          "the pattern matches the empty text, so no later row was ever tried",
          "Add words that must stand in the error.");
      return Optional.empty();
    }
    return Optional.of(pattern);
  }

  private void lookForTwins() {
    Map<DefectCode, LegacyRow> codes = new HashMap<>();
    Map<String, LegacyRow> patterns = new HashMap<>();
    List<Kept> once = new ArrayList<>();
    for (Kept each : kept) {
      LegacyRow sameCode = codes.putIfAbsent(each.code, each.row);
      LegacyRow samePattern = patterns.putIfAbsent(each.row.pattern(), each.row);
      if (sameCode != null) {
        String reason = each.code + " stands twice, first at " + sameCode.place();
        leaveOut(each.row, Kind.SAME_CODE, reason, "Give this row a code that is free.");
      } else if (samePattern != null) {
        String reason =
            "the pattern is that of " + samePattern.code() + " too, at " + samePattern.place();
        note(Kind.SAME_PATTERN, each.row, reason, "Remove one of the two.");
        once.add(each.because("its pattern is that of " + samePattern.code()));
      } else {
        once.add(each);
      }
    }
    kept.clear();
    kept.addAll(once);
  }

  /** A rule that takes for ever on the error of another one would make the whole table useless. */
  private void leaveOutWhatDoesNotEnd() {
    OrderedPatterns patterns = OrderedPatterns.of(kept.stream().map(Kept::pattern).toList());
    Map<Integer, LegacyRow> endless = new TreeMap<>();
    for (int row = 0; row < kept.size(); row++) {
      Kept each = kept.get(row);
      for (int undecided : patterns.find(each.error).undecided()) {
        endless.putIfAbsent(undecided, each.row);
      }
      try {
        patterns.isFound(row, each.error);
      } catch (StalledPatternException tooCostly) {
        endless.putIfAbsent(row, each.row);
      }
    }
    List<Kept> others = new ArrayList<>();
    for (int row = 0; row < kept.size(); row++) {
      LegacyRow on = endless.get(row);
      if (on == null) {
        others.add(kept.get(row));
      } else {
        leaveOut(
            kept.get(row).row,
            Kind.COSTLY,
            "the pattern does not come to an end on the error of " + on.code(),
            "Bound its wildcards: '.{0,200}' or '[^ ]+' instead of '.*', and none in another.");
      }
    }
    kept.clear();
    kept.addAll(others);
  }

  private void lookAtWinners(Collection<String> history) {
    OrderedPatterns patterns = OrderedPatterns.of(kept.stream().map(Kept::pattern).toList());
    BitSet used = new BitSet();
    history.forEach(
        error -> patterns.find(error).found().ifPresent(found -> used.set(found.row())));
    for (int row = 0; row < kept.size(); row++) {
      Kept each = kept.get(row);
      if (!history.isEmpty() && !used.get(row)) {
        note(
            Kind.UNUSED,
            each.row,
            "of %,d errors of history it has won none".formatted(history.size()),
            "Ask its owner whether it is still needed.");
      }
      if (each.unproved.isEmpty()) {
        kept.set(row, proved(row, each, patterns));
      }
    }
  }

  private Kept proved(int row, Kept each, OrderedPatterns patterns) {
    FirstMatch match = patterns.find(each.error);
    Optional<Integer> winner = match.found().map(FirstMatch.Found::row);
    if (winner.isPresent() && winner.get() == row) {
      return each;
    }
    if (!patterns.isFound(row, each.error)) {
      note(
          Kind.MISSES,
          each.row,
          "the pattern does not match its own error",
          "Take the mended pattern that stands beneath it in the new file.");
      return each.because("it does not match the error that it was made from");
    }
    LegacyRow before = kept.get(winner.orElseThrow()).row;
    note(
        Kind.SHADOWED,
        each.row,
        "its own error is won by " + before.code() + " (" + before.place() + ")",
        "Narrow the pattern of " + before.code() + ", or give this one a lower code.");
    return each.because("its own error is won by " + before.code());
  }

  private void lookAtCost(Kept each) {
    PatternLint.of(each.pattern)
        .forEach(finding -> note(Kind.COSTLY, each.row, finding.reason(), finding.remedy()));
  }

  private void leaveOut(LegacyRow row, Kind kind, String reason, String remedy) {
    note(kind, row, reason, remedy);
    leftOut.add(new LeftOut(row, reason));
  }

  private void note(Kind kind, LegacyRow row, String reason, String remedy) {
    findings.add(new TableFinding(kind, row.place(), row.code(), reason, remedy));
  }

  /** As the old monitor had it when it made a pattern of it. */
  static String normalised(String raw) {
    String changed = raw.replace("\n", "").replace('"', '\'').replace('^', ' ');
    return changed.length() <= WITH_MODULE ? changed : changed.substring(0, LONGEST);
  }
}
