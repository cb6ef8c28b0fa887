package io.orchscope.step;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * Ends the span of a route whose exchange ends while Camel is stopping.
 *
 * <p>Such spans are ended by a route policy, and Camel 4.18.0 asks no policy any more once it is
 * stopping: every poll and circuit that drains would lose its root, and the backend would get the
 * rest of their traces in pieces.
 */
final class EndWhileStopping extends SynchronizationAdapter {

  private final Runnable end;

  EndWhileStopping(Runnable end) {
    this.end = end;
  }

  @Override
  public void onDone(Exchange exchange) {
    CamelContext context = exchange.getContext();
    if (context.isStopping() || context.isStopped()) {
      end.run();
    }
  }

  /** A queue takes over what its sender has still to do; a span ends where it began. */
  @Override
  public boolean allowHandover() {
    return false;
  }
}
