package io.orchscope.console;

import io.orchscope.ledger.DeadLetterBox;
import io.orchscope.ledger.Ledger;

/** Somebody has a dead letter tried again, or throws it away. */
public final class LetterChange implements Page {

  private final Views views;
  private final Ledger ledger;
  private final Audit audit;

  public LetterChange(Views views, Ledger ledger, Audit audit) {
    this.views = views;
    this.ledger = ledger;
    this.audit = audit;
  }

  @Override
  public Reply answer(Request request, Visitor visitor) {
    String verb = request.segment(1);
    String key = request.field("key");
    DeadLetterBox box = new DeadLetterBox(ledger, views.clock());
    boolean found =
        switch (verb) {
          case "retry" -> box.retry(key);
          case "drop" -> box.drop(key);
          default -> false;
        };
    if (!found) {
      return views.refusal(
          404,
          "There is no such dead letter any more",
          "It was retried or dropped in between, or it is a circuit, which the next poll tries again.",
          visitor);
    }
    audit.changed(visitor, verb, "dead letter " + key, "");
    String back = request.field("back").equals("/collections") ? "/collections" : "/alerts";
    return Reply.seeOther(
        back
            + "?said="
            + Words.encoded(verb.equals("retry") ? "It is on its way again." : "Dropped."));
  }
}
