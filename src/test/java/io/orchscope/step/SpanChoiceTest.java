package io.orchscope.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Endpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.tracing.SpanDecorator;
import org.junit.jupiter.api.Test;

/** Which endpoints have spans, and how often that is decided. */
final class SpanChoiceTest {

  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void asksCamelOnceForTheDecoratorOfAnEndpoint() throws Exception {
    try (DefaultCamelContext context = new DefaultCamelContext()) {
      SpanChoice choice = new SpanChoice(Set.of("log:quiet*"), List.of());
      Endpoint endpoint = context.getEndpoint("log:loud");

      SpanDecorator first = choice.of(endpoint, this::stock);
      SpanDecorator second = choice.of(endpoint, this::stock);

      assertThat(asked).hasValue(1);
      assertThat(first).isSameAs(second).isSameAs(SpanDecorator.DEFAULT);
    }
  }

  @Test
  void makesNoSpansForAnUntracedEndpointAndOwnOnesWhereThereIsADecorator() throws Exception {
    try (DefaultCamelContext context = new DefaultCamelContext()) {
      SpanDecorator own = new QuietDecorators.Direct();
      SpanChoice choice = new SpanChoice(Set.of("log:quiet*", "direct:none"), List.of(own));

      assertThat(choice.of(context.getEndpoint("log:quiet-one"), this::stock).newSpan()).isFalse();
      assertThat(choice.of(context.getEndpoint("direct:none"), this::stock)).isNotSameAs(own);
      assertThat(choice.of(context.getEndpoint("direct:some"), this::stock)).isSameAs(own);
    }
  }

  private SpanDecorator stock(Endpoint endpoint) {
    asked.incrementAndGet();
    return SpanDecorator.DEFAULT;
  }
}
