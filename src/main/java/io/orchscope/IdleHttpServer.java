package io.orchscope;

import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.apache.camel.support.DefaultConsumer;

/**
 * Stands where an HTTP server would, when nobody is to be served: a trial, or a page that is off.
 */
final class IdleHttpServer implements PlatformHttpEngine {

  @Override
  public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
    return new Idle(endpoint, processor);
  }

  @Override
  public int getServerPort() {
    return 0;
  }

  /** Takes no request. */
  private static final class Idle extends DefaultConsumer implements PlatformHttpConsumer {

    Idle(PlatformHttpEndpoint endpoint, Processor processor) {
      super(endpoint, processor);
    }

    @Override
    public PlatformHttpEndpoint getEndpoint() {
      return (PlatformHttpEndpoint) super.getEndpoint();
    }
  }
}
