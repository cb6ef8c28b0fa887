package io.orchscope.errortest;

import java.util.List;

/**
 * What a finding says about one thing: a device, or the circuit.
 *
 * <p>Shape: told under the head {@code [left - right] verdict}. Source: domain.md §7.
 *
 * @param left others' words: a TID, a circuit or a product
 * @param right the same
 * @param outcome of this thing alone
 * @param verdict ours, {@code Connection UP}
 */
public record FindingSection(
    String left, String right, Outcome outcome, String verdict, List<FindingLine> lines) {

  private static final int LONGEST_NAME = 200;

  public FindingSection {
    left = brief(left);
    right = brief(right);
    lines = List.copyOf(lines);
  }

  private static String brief(String name) {
    String whole = new FindingLine.Part(name, FindingLine.Kind.THEIRS).text();
    return whole.length() <= LONGEST_NAME ? whole : whole.substring(0, LONGEST_NAME - 1) + "…";
  }
}
