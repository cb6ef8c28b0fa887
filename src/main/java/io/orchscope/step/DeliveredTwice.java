package io.orchscope.step;

import io.orchscope.ledger.Settlements;
import io.orchscope.telemetry.LocalTraces;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Predicate;

/** Whether a circuit was worked on already, when its queue was read by a process that has ended. */
public final class DeliveredTwice implements Predicate {

  private final Optional<Settlements> settlements;

  /** Shape: nothing where the queue is in memory, which delivers once. */
  public DeliveredTwice(Optional<Settlements> settlements) {
    this.settlements = settlements;
  }

  @Override
  public boolean matches(Exchange exchange) {
    Message message = exchange.getMessage();
    String pollId = message.getHeader("poll-id", "", String.class);
    String resourceId = message.getHeader("resource-id", "", String.class);
    boolean again = settlements.filter(known -> known.isSettled(pollId, resourceId)).isPresent();
    if (again) {
      StepTracer.rootSpan(exchange)
          .ifPresent(root -> root.setAttribute(LocalTraces.OUTCOME, "delivered-twice"));
    }
    return again;
  }
}
