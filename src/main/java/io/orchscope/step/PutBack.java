package io.orchscope.step;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** Restores body and headers that {@link SetAside} has kept, and nothing if there are none. */
public final class PutBack implements Processor {

  @Override
  public void process(Exchange exchange) {
    if (exchange.removeProperty(SetAside.ASIDE) instanceof Message kept) {
      exchange.getMessage().setHeaders(kept.getHeaders());
      exchange.getMessage().setBody(kept.getBody());
    }
  }
}
