package io.orchscope.alert;

import io.orchscope.errortest.ErrorTestFinding;
import io.orchscope.errortest.FindingLine;
import io.orchscope.errortest.FindingSection;
import io.orchscope.errortest.Outcome;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The words in which a room is told what tests on errors found.
 *
 * <p>Shape: a bold head and a line for each thing that was found, as long as all of it fits. What
 * does not is told by heads alone, worst first, with a table of everything. What devices and MDSO
 * wrote stands in code or is escaped. Source: domain.md §7, webex.md §1.
 */
public final class FindingMessages {

  private static final int HEADS_LISTED = 40;
  private static final int NAME_BYTES = 120;
  private static final int LINE_BYTES = 2_500;

  /** For what stands around a list that was cut. */
  private static final int FRAME_BYTES = 900;

  /** Nothing in it ends a link or begins a mention. */
  private static final Predicate<String> IS_LINK =
      Pattern.compile("https?://[A-Za-z0-9._~:/?#&=+,;%-]{1,1000}").asMatchPredicate();

  private final boolean sends;

  /** One thing that was found, and by which test. */
  record Item(ErrorTestFinding finding, FindingSection section) {}

  FindingMessages(boolean sends) {
    this.sends = sends;
  }

  /**
   * What was found about a group, below its first message.
   *
   * @param untested errors of the group that could not be tested since the last time
   */
  public Draft below(GroupFacts group, List<ErrorTestFinding> findings, long untested) {
    String intro = findings.size() == 1 ? "" : "**Tested**: " + sums(findings) + "\n\n";
    return draft(Draft.Kind.REPLY, intro, List.of(group), findings, untested);
  }

  /** The same about groups that have no message of their own to hang it below. */
  public Draft alone(List<GroupFacts> groups, List<ErrorTestFinding> findings, long untested) {
    String about =
        groups.size() == 1
            ? GroupWords.headline(groups.get(0))
            : "**Failures of " + groups.size() + " kinds**";
    String intro = about + "\n\n**Tested**: " + sums(findings) + "\n\n";
    return draft(Draft.Kind.ROOT, intro, groups, findings, untested);
  }

  private Draft draft(
      Draft.Kind kind,
      String intro,
      List<GroupFacts> groups,
      List<ErrorTestFinding> findings,
      long untested) {
    List<Item> items = items(findings);
    String outro =
        untested == 0
            ? ""
            : String.format(
                Locale.ROOT,
                "\n\n%,d more %s not tested: too many at once, or no address is known.",
                untested,
                untested == 1 ? "error was" : "errors were");
    String whole =
        intro
            + items.stream().map(FindingMessages::block).collect(Collectors.joining("\n\n"))
            + outro;
    boolean fits = HostileText.utf8Length(whole) < WebexMessage.LIMIT_BYTES;
    String summary = summary(groups, findings);
    RoomMessage message =
        fits
            ? RoomMessage.of(whole, summary)
            : RoomMessage.of(intro + part(items) + outro, summary)
                .withFile(new RoomMessage.File("findings.csv", FindingTable.of(items)));
    return new Draft(kind, message, List.of());
  }

  /** What matters most first; what was passed over is of no interest here. */
  private static List<Item> items(List<ErrorTestFinding> findings) {
    return findings.stream()
        .flatMap(finding -> finding.sections().stream().map(it -> new Item(finding, it)))
        .filter(item -> item.section().outcome() != Outcome.SKIPPED)
        .sorted(Comparator.comparingInt(item -> rank(item.section().outcome())))
        .toList();
  }

  private static int rank(Outcome outcome) {
    return switch (outcome) {
      case DOWN, NEW, FOUND -> 0;
      case UP, NONE, KNOWN -> 1;
      case NOT_TESTED, SKIPPED -> 2;
    };
  }

  private static String part(List<Item> items) {
    int room = WebexMessage.LIMIT_BYTES - FRAME_BYTES;
    if (items.size() == 1) {
      String block = block(items.get(0));
      String fitted = GroupWords.fitLines(block, room);
      int lines = (int) fitted.lines().count();
      return fitted
          + "\n\n"
          + GroupWords.showing(lines, (int) block.lines().count(), "lines; the table has them all");
    }
    String heads =
        items.stream()
            .limit(HEADS_LISTED)
            .map(item -> "- " + head(item.section()))
            .collect(Collectors.joining("\n"));
    String fitted = GroupWords.fitLines(heads, room);
    return fitted
        + "\n\n"
        + GroupWords.showing(
            (int) fitted.lines().count(), items.size(), "findings; the table has all of them");
  }

  private static String block(Item item) {
    List<FindingLine> lines = item.section().lines();
    return head(item.section())
        + (lines.isEmpty() ? "" : "\n\n")
        + lines.stream().map(FindingMessages::line).collect(Collectors.joining("\n"));
  }

  private static String head(FindingSection section) {
    return "**["
        + HostileText.shown(section.left(), HostileText.Place.PROSE, NAME_BYTES)
        + " - "
        + HostileText.shown(section.right(), HostileText.Place.PROSE, NAME_BYTES)
        + "]** "
        + section.verdict();
  }

  private static String line(FindingLine line) {
    return (line.depth() == 0 ? "- " : "  - ")
        + line.parts().stream().map(FindingMessages::part).collect(Collectors.joining());
  }

  private static String part(FindingLine.Part part) {
    return switch (part.kind()) {
      case OURS -> part.text();
      case THEIRS -> GroupWords.code(part.text(), LINE_BYTES);
      case LINK ->
          IS_LINK.test(part.text())
              ? "[open](" + part.text() + ")"
              : GroupWords.code(part.text(), LINE_BYTES);
    };
  }

  /** {@code 480 down, 20 up}. */
  private static String sums(List<ErrorTestFinding> findings) {
    return Arrays.stream(Outcome.values())
        .map(
            outcome -> {
              long number = findings.stream().filter(it -> it.outcome() == outcome).count();
              return number == 0
                  ? ""
                  : String.format(Locale.ROOT, "%,d %s", number, outcome.word());
            })
        .filter(words -> !words.isEmpty())
        .collect(Collectors.joining(", "));
  }

  private String summary(List<GroupFacts> groups, List<ErrorTestFinding> findings) {
    GroupFacts first = groups.get(0);
    String about =
        groups.size() == 1
            ? first.defectCode() + " " + first.productType()
            : groups.size() + " kinds of failures";
    return "TESTED %s of %s → room \"%s\"%s"
        .formatted(
            sums(findings),
            TerminalMessage.field(about),
            TerminalMessage.field(first.roomTitle()),
            sends ? "" : " (not sent: dry run)");
  }
}
