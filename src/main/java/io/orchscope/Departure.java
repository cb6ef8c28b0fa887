package io.orchscope;

import io.orchscope.mdso.Sessions;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.SimpleEventNotifierSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done before the routes stop: nobody begins what would not end in time, and the token that
 * no poll hands back is handed back.
 *
 * <p>A listener of Main is told of the end only when it is Main that waits for it, so this one is
 * told by the context.
 */
final class Departure extends SimpleEventNotifierSupport {

  private static final Logger log = LoggerFactory.getLogger(Departure.class);
  private static final String CIRCUITS = "examine-circuit";
  private static final String FOLLOW_UPS = "follow-up";
  private static final long LAST_CIRCUITS_SECONDS = 30;
  private static final long LAST_FOLLOW_UPS_SECONDS = 10;

  private final CamelContext context;
  private final CircuitQueue queue;
  private final Wiring wiring;

  private Departure(CamelContext context, CircuitQueue queue, Wiring wiring) {
    this.context = context;
    this.queue = queue;
    this.wiring = wiring;
  }

  /** Watches for the end of a context. */
  static void of(CamelContext context, CircuitQueue queue, Wiring wiring) {
    context.getManagementStrategy().addEventNotifier(new Departure(context, queue, wiring));
  }

  @Override
  public boolean isEnabled(CamelEvent event) {
    return event instanceof CamelEvent.CamelContextStoppingEvent;
  }

  @Override
  public void notify(CamelEvent event) {
    wiring.followUps().leave();
    wiring.orchestrations().leave();
    try {
      if (queue.isShared()) {
        wiring.polls().leave();
        stop(CIRCUITS, LAST_CIRCUITS_SECONDS);
      } else {
        new QueueLeftovers(context, wiring.polls()).leave(CIRCUITS);
      }
      // What is cut short is still owed, and goes on where it ended.
      stop(FOLLOW_UPS, LAST_FOLLOW_UPS_SECONDS);
      if (wiring.sessions().hasTokenToDelete(Sessions.STRAY)) {
        context
            .createProducerTemplate()
            .sendBodyAndHeader("direct:close-session", "", "poll-id", Sessions.STRAY);
      }
    } catch (Exception refused) {
      log.warn("A token of MDSO could not be handed back; it expires by itself.", refused);
    }
  }

  private void stop(String route, long seconds) throws Exception {
    if (context.getRouteController().getRouteStatus(route).isStarted()) {
      context.getRouteController().stopRoute(route, seconds, TimeUnit.SECONDS);
    }
  }
}
