package io.orchscope.step;

import io.orchscope.circuit.Resource;
import io.orchscope.mdso.Polls;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.kafka.KafkaConstants;

/** Lets a Resource that is about to be queued be told by its headers, and its poll wait for it. */
public final class HandOver implements Processor {

  private final Polls polls;

  public HandOver(Polls polls) {
    this.polls = polls;
  }

  @Override
  public void process(Exchange exchange) {
    Message message = exchange.getMessage();
    String id = message.getBody(Resource.class).id().value();
    message.setHeader("resource-id", id);
    // One resource, one partition: no two processes are at the same one at a time.
    message.setHeader(KafkaConstants.KEY, id);
    polls.handOver(message.getHeader("poll-id", "", String.class));
  }
}
