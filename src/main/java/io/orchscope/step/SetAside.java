package io.orchscope.step;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Keeps the message as it is, for {@link PutBack}.
 *
 * <p>Where a call fails, Camel of 4.18.0 leaves the body that was sent (a password, a text) and the
 * headers of the call on the message, although body and answer went through variables.
 */
public final class SetAside implements Processor {

  static final String ASIDE = "orchscope.aside";

  @Override
  public void process(Exchange exchange) {
    exchange.setProperty(ASIDE, exchange.getMessage().copy());
  }
}
