package io.orchscope;

import io.orchscope.mdso.Sessions;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.SimpleEventNotifierSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a queue that other processes read asks for at the start, and before the routes stop: polls
 * leave the circuits to the others, and the token of circuits from elsewhere is handed back.
 */
final class SharedQueue extends MainListenerSupport {

  private static final Logger log = LoggerFactory.getLogger(SharedQueue.class);
  private static final String READER = "examine-circuit";
  private static final long LAST_CIRCUITS_SECONDS = 30;

  private final CircuitQueue queue;
  private final Wiring wiring;

  SharedQueue(CircuitQueue queue, Wiring wiring) {
    this.queue = queue;
    this.wiring = wiring;
  }

  @Override
  public void afterConfigure(BaseMainSupport starting) {
    CamelContext context = starting.getCamelContext();
    // A listener of Main is told of the end only when it is Main that waits for it.
    context
        .getManagementStrategy()
        .addEventNotifier(
            new SimpleEventNotifierSupport() {
              @Override
              public boolean isEnabled(CamelEvent event) {
                return event instanceof CamelEvent.CamelContextStoppingEvent;
              }

              @Override
              public void notify(CamelEvent event) {
                leave(context);
              }
            });
    try {
      new QueueTopic(context, queue).prepare();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void leave(CamelContext context) {
    wiring.polls().leave();
    try {
      if (queue.isReadHere()) {
        context.getRouteController().stopRoute(READER, LAST_CIRCUITS_SECONDS, TimeUnit.SECONDS);
      }
      if (wiring.sessions().hasToken(Sessions.STRAY)) {
        context
            .createProducerTemplate()
            .sendBodyAndHeader("direct:close-session", "", "poll-id", Sessions.STRAY);
      }
    } catch (Exception refused) {
      log.warn("A token of MDSO could not be handed back; it expires by itself.", refused);
    }
  }
}
