package io.orchscope.console;

import io.orchscope.ledger.DeadLetterBox;
import io.orchscope.ledger.Ledger;
import java.time.Clock;

/** Somebody has a dead letter tried again, or throws it away. */
public final class LetterChange implements Change {

  private final Ledger ledger;
  private final Clock clock;
  private final Audit audit;

  public LetterChange(Ledger ledger, Clock clock, Audit audit) {
    this.ledger = ledger;
    this.clock = clock;
    this.audit = audit;
  }

  @Override
  public Changed apply(Request request, Visitor visitor) {
    String verb = request.segment(1);
    String key = request.field("key");
    DeadLetterBox box = new DeadLetterBox(ledger, clock);
    boolean found =
        switch (verb) {
          case "retry" -> box.retry(key);
          case "drop" -> box.drop(key);
          default -> false;
        };
    if (!found) {
      return Changed.refused(
          404,
          "There is no such dead letter any more",
          "It was retried or dropped in between, or it is a circuit, which the next poll tries again.");
    }
    audit.changed(visitor, verb, "dead letter " + key, "");
    String back = request.field("back").equals("/collections") ? "/collections" : "/alerts";
    return Changed.done(verb.equals("retry") ? "It is on its way again." : "Dropped.", back);
  }
}
