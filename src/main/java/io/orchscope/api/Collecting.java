package io.orchscope.api;

import static io.orchscope.api.Operation.change;
import static io.orchscope.api.Operation.look;
import static io.orchscope.api.Parameter.field;

import io.orchscope.console.Change;
import io.orchscope.defect.Outcome;
import io.orchscope.ledger.DeadLetter;
import io.orchscope.ledger.DeadLetterBox;
import io.orchscope.ledger.Ledger;
import io.orchscope.ledger.PollEnds;
import io.orchscope.mdso.PollSummary;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What is being collected, what was, and what could not be. */
public final class Collecting implements Answers {

  private final Ledger ledger;
  private final Clock clock;
  private final Supplier<List<PollSummary>> underWay;
  private final Change start;
  private final Change letters;

  /**
   * A poll that has not ended.
   *
   * @param outcomes circuits by what became of them
   */
  record Progress(
      String id,
      String product,
      long expected,
      long listed,
      long decided,
      long calls,
      Map<String, Long> outcomes,
      Duration running) {}

  /** Polls of this process that have not ended, and how the last of each product did. */
  record Polls(List<Progress> underWay, List<PollEnds.End> ended) {}

  /** What could not be finished, the oldest first. */
  record Letters(List<DeadLetter> letters) {}

  /** Shape: one change starts collections, one retries and drops letters. */
  public Collecting(
      Ledger ledger,
      Clock clock,
      Supplier<List<PollSummary>> underWay,
      Change start,
      Change letters) {
    this.ledger = ledger;
    this.clock = clock;
    this.underWay = underWay;
    this.start = start;
    this.letters = letters;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        look("/collections", "What is being collected, and what was.", Polls.class, it -> polls()),
        change(
            "/collections",
            "Polls now; the trace of the caller, if there is one, goes on.",
            202,
            new Carried(start),
            field("product", false, "Such as service_mapper; all if nothing is said."),
            field("circuit", false, "The only one to look at, changed or not."),
            field("since", false, "How far back, 8h; needed unless a circuit is named.")),
        look(
            "/dead-letters",
            "What could not be finished.",
            Letters.class,
            it -> new Letters(new DeadLetterBox(ledger, clock).list())),
        change(
            "/dead-letters/retry",
            "Sends a message of a dead letter once more, or examines its circuit anew.",
            200,
            new Carried(letters),
            field("key", true, "Of the letter.")),
        change(
            "/dead-letters/drop",
            "Throws a dead letter away.",
            200,
            new Carried(letters),
            field("key", true, "Of the letter.")));
  }

  private Polls polls() {
    return new Polls(
        underWay.get().stream().map(Collecting::progress).toList(),
        new PollEnds(ledger, clock)
            .list().stream().filter(end -> !end.figures().isEmpty()).toList());
  }

  private static Progress progress(PollSummary poll) {
    Map<String, Long> outcomes = new TreeMap<>();
    for (Outcome outcome : Outcome.values()) {
      outcomes.put(outcome.word(), poll.of(outcome));
    }
    return new Progress(
        poll.pollId(),
        poll.productType(),
        poll.expected(),
        poll.listed(),
        poll.decided(),
        poll.calls(),
        outcomes,
        poll.took());
  }
}
