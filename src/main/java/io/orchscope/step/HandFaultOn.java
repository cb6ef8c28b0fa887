package io.orchscope.step;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangeExtension;
import org.apache.camel.Processor;

/**
 * Throws what was caught once more, as if nobody had looked at it yet.
 *
 * <p>Camel of 4.18.0 marks a failure that one route has given up on, and then no other route's
 * error handler looks at it, nor at any later failure of the same exchange.
 */
public final class HandFaultOn implements Processor {

  @Override
  public void process(Exchange exchange) throws Exception {
    ExchangeExtension marks = exchange.getExchangeExtension();
    marks.setFailureHandled(false);
    marks.setRedeliveryExhausted(false);
    marks.setErrorHandlerHandled(null);
    MdsoCalls.forgetCall(exchange.getMessage());
    if (Faults.caught(exchange) instanceof Exception fault) {
      throw fault;
    }
  }
}
