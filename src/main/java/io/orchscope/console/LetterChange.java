package io.orchscope.console;

import io.orchscope.ledger.CircuitNames;
import io.orchscope.ledger.DeadLetterBox;
import io.orchscope.ledger.Ledger;
import io.orchscope.mdso.PollRequest;
import java.time.Clock;
import java.util.Optional;

/** Somebody has a dead letter tried again, or throws it away. */
public final class LetterChange implements Change {

  private static final String CIRCUIT = "circuit/";

  private final Ledger ledger;
  private final Clock clock;
  private final CollectionStart.Polls polls;
  private final Audit audit;

  /** Shape: a circuit is tried again by a poll of it alone. */
  public LetterChange(Ledger ledger, Clock clock, CollectionStart.Polls polls, Audit audit) {
    this.ledger = ledger;
    this.clock = clock;
    this.polls = polls;
    this.audit = audit;
  }

  @Override
  public Changed apply(Request request, Visitor visitor) {
    String verb = request.segment(1);
    String key = request.field("key");
    DeadLetterBox box = new DeadLetterBox(ledger, clock);
    boolean found =
        switch (verb) {
          case "retry" -> key.startsWith(CIRCUIT) ? collect(box, key) : box.retry(key);
          case "drop" -> box.drop(key);
          default -> false;
        };
    if (!found) {
      return Changed.refused(
          404,
          "There is no such dead letter any more",
          "It was retried or dropped in between, or what it is about was purged.");
    }
    audit.changed(visitor, verb, "dead letter " + key, "");
    String back = request.field("back").equals("/collections") ? "/collections" : "/alerts";
    return Changed.done(verb.equals("retry") ? "It is on its way again." : "Dropped.", back);
  }

  /** The letter goes when the circuit is decided. */
  private boolean collect(DeadLetterBox box, String key) {
    if (box.list().stream().noneMatch(letter -> letter.key().equals(key))) {
      return false;
    }
    Optional<CircuitNames.Named> named =
        new CircuitNames(ledger).ofResource(key.substring(CIRCUIT.length()));
    named
        .map(it -> PollRequest.ofCircuit(it.productType(), it.circuit(), CollectionStart.LONGEST))
        .ifPresent(poll -> polls.start(poll, Optional.empty()));
    return named.isPresent();
  }
}
