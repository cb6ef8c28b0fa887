package io.orchscope.errortest;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A line of a finding, which knows what of it are our words and what others wrote.
 *
 * <p>Shape: kept in the ledger as it is; whoever shows it makes the others' words harmless for the
 * place where they stand. Immutable; every addition answers a new line.
 *
 * @param depth 0, or 1 for a line that belongs to the one before
 */
public record FindingLine(int depth, List<Part> parts) {

  private static final int LONGEST_QUOTE = 2_000;

  /** Whose words they are. */
  public enum Kind {
    OURS,
    /** A device, a name server or MDSO wrote them; they may be hostile. */
    THEIRS,
    /** An address of a page. */
    LINK
  }

  /**
   * Words of one kind; half a surrogate pair, which UTF-8 cannot carry, becomes a question mark.
   */
  public record Part(String text, Kind kind) {

    public Part {
      text = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
  }

  public FindingLine {
    parts = List.copyOf(parts);
  }

  static FindingLine of(String ours) {
    return new FindingLine(0, List.of(new Part(ours, Kind.OURS)));
  }

  /** The same, belonging to the line before. */
  FindingLine below() {
    return new FindingLine(1, parts);
  }

  FindingLine and(String ours) {
    return with(new Part(ours, Kind.OURS));
  }

  FindingLine and(FindingLine more) {
    return new FindingLine(depth, Stream.concat(parts.stream(), more.parts().stream()).toList());
  }

  /** Others' words, no more than anybody reads; where they are cut, that is said. */
  FindingLine quote(String theirs) {
    if (theirs.length() <= LONGEST_QUOTE) {
      return with(new Part(theirs, Kind.THEIRS));
    }
    return with(new Part(theirs.substring(0, LONGEST_QUOTE), Kind.THEIRS))
        .and(" … cut: showing " + LONGEST_QUOTE + " of " + theirs.length() + " characters");
  }

  FindingLine link(String address) {
    return with(new Part(address, Kind.LINK));
  }

  /** All of it one after the other, hostile where it is. */
  public String plain() {
    return parts.stream().map(Part::text).collect(Collectors.joining());
  }

  private FindingLine with(Part part) {
    return new FindingLine(depth, Stream.concat(parts.stream(), Stream.of(part)).toList());
  }
}
