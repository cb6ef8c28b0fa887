package io.orchscope;

import io.orchscope.mdso.Polls;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.component.seda.SedaEndpoint;
import org.apache.camel.support.service.ServiceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Circuits in the queue in memory that no thread has begun to examine when the process stops.
 *
 * <p>They are removed from the queue and left to the next poll: the ledger knows a circuit only
 * once it is decided, so the next poll lists it as new. The poll that queued them ends as
 * incomplete. A poll that still reads a page goes on queueing, so the queue is emptied until the
 * context has stopped.
 */
final class QueueLeftovers {

  private static final Logger log = LoggerFactory.getLogger(QueueLeftovers.class);
  private static final long LOOK_MILLIS = 100;

  private final CamelContext context;
  private final Polls polls;

  QueueLeftovers(CamelContext context, Polls polls) {
    this.context = context;
    this.polls = polls;
  }

  /** Begins no further circuit of a route that reads a queue in memory; no effect on others. */
  void leave(String routeId) {
    Route route = context.getRoute(routeId);
    if (route != null && route.getEndpoint() instanceof SedaEndpoint queue) {
      ServiceHelper.suspendService(route.getConsumer());
      Thread thread = new Thread(() -> empty(queue.getQueue()), "queue-leftovers");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void empty(BlockingQueue<Exchange> queue) {
    long circuits = 0;
    try {
      while (!context.isStopped()) {
        Exchange next = queue.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        if (next != null) {
          circuits++;
          polls.leftOver(next.getMessage().getHeader("poll-id", "", String.class));
        }
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    log.debug("Queued circuits are left to the next poll. circuits={}", circuits);
  }
}
