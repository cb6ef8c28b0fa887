package io.orchscope;

import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;

/** What a queue that other processes read asks for at the start: its topic, with room for all. */
final class SharedQueue extends MainListenerSupport {

  private final CircuitQueue queue;

  SharedQueue(CircuitQueue queue) {
    this.queue = queue;
  }

  @Override
  public void afterConfigure(BaseMainSupport starting) {
    try {
      new QueueTopic(starting.getCamelContext(), queue).prepare();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
