package io.orchscope.step;

import io.opentelemetry.api.trace.Span;
import io.orchscope.defect.Examination;
import io.orchscope.telemetry.LocalTraces;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Says on the root span of a circuit's trace what was decided. */
public final class NoteOutcome implements Processor {

  @Override
  public void process(Exchange exchange) {
    Examination examination = exchange.getMessage().getBody(Examination.class);
    StepTracer.rootSpan(exchange).ifPresent(root -> note(root, examination));
  }

  private static void note(Span root, Examination examination) {
    root.setAttribute(LocalTraces.OUTCOME, examination.outcome().word());
    examination.unreadable().ifPresent(why -> root.setAttribute("mdso.unreadable", why));
    examination.evidence().ifPresent(where -> root.setAttribute("mdso.evidence.uri", where));
    if (!examination.occurrences().isEmpty()) {
      String codes =
          examination.occurrences().stream()
              .map(occurrence -> occurrence.classification().codeOrUnclassified())
              .distinct()
              .collect(Collectors.joining(","));
      root.setAttribute("mdso.defect_code", codes);
    }
  }
}
