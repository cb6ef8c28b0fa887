package io.orchscope.step;

import org.apache.camel.tracing.decorators.DirectSpanDecorator;
import org.apache.camel.tracing.decorators.SedaSpanDecorator;

/**
 * Endpoints whose sending makes no span of its own, because the step that sends has one already.
 */
final class QuietDecorators {

  /** A queue in memory; a poll sends to it once per circuit. */
  static final class Seda extends SedaSpanDecorator {

    @Override
    public boolean newSpan() {
      return false;
    }
  }

  /** A call from route to route. */
  static final class Direct extends DirectSpanDecorator {

    @Override
    public boolean newSpan() {
      return false;
    }
  }

  private QuietDecorators() {}
}
