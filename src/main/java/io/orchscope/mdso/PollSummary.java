package io.orchscope.mdso;

import io.orchscope.defect.Outcome;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The figures of a poll; they add up: listed = unchanged + healthy + defective + unreadable +
 * dead-lettered, unless the poll is incomplete.
 *
 * @param expected how many resources MDSO says there are, of any age
 * @param listed distinct resources inside the window
 * @param tooOld resources outside the window, passed over
 * @param repeated items that MDSO listed again in the same poll
 * @param calls questions put to MDSO, again or anew; without log-ins
 * @param incomplete the poll failed, or some circuits have not been decided
 * @param undated items with a time that cannot be read; they are examined whatever their age
 * @param leftEarly why the list was left before its end, if so
 */
public record PollSummary(
    String pollId,
    String productType,
    long expected,
    long listed,
    long tooOld,
    long repeated,
    long calls,
    Map<Outcome, Long> outcomes,
    boolean incomplete,
    Duration took,
    long undated,
    Optional<String> leftEarly) {

  /** A poll whose list came to its end and all of whose times could be read. */
  public PollSummary(
      String pollId,
      String productType,
      long expected,
      long listed,
      long tooOld,
      long repeated,
      long calls,
      Map<Outcome, Long> outcomes,
      boolean incomplete,
      Duration took) {
    this(
        pollId,
        productType,
        expected,
        listed,
        tooOld,
        repeated,
        calls,
        outcomes,
        incomplete,
        took,
        0,
        Optional.empty());
  }

  public long of(Outcome outcome) {
    return outcomes.getOrDefault(outcome, 0L);
  }

  /** How many have an outcome. */
  public long decided() {
    return outcomes.values().stream().mapToLong(Long::longValue).sum();
  }

  public boolean isBalanced() {
    return listed == decided();
  }

  /** The sum as people check it: {@code listed 20 = unchanged 3 + healthy 15 + …}. */
  public String equation() {
    StringBuilder sum = new StringBuilder("listed " + listed + (isBalanced() ? " = " : " ≠ "));
    String plus = "";
    for (Outcome outcome : Outcome.values()) {
      sum.append(plus).append(outcome.word()).append(' ').append(of(outcome));
      plus = " + ";
    }
    return sum.toString().toLowerCase(Locale.ROOT);
  }
}
