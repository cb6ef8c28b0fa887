package io.orchscope.step;

import io.opentelemetry.api.trace.Span;
import io.orchscope.circuit.Device;
import io.orchscope.circuit.Resource;
import io.orchscope.defect.Examination;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Says on the root span of a circuit's trace which circuit it is. */
public final class NoteCircuit implements Processor {

  private static final int LONGEST = 1000;

  @Override
  public void process(Exchange exchange) {
    Examination examination = exchange.getMessage().getBody(Examination.class);
    StepTracer.rootSpan(exchange).ifPresent(root -> note(root, examination));
  }

  private static void note(Span span, Examination examination) {
    Resource resource = examination.resource();
    span.setAttribute("mdso.circuit_id", shortened(resource.circuit().value()));
    span.setAttribute("mdso.resource_id", shortened(resource.id().value()));
    span.setAttribute("mdso.product_name", examination.product().name());
    span.setAttribute("mdso.product_type", examination.product().type());
    span.setAttribute("mdso.orch_state", resource.orchState().wire());
    span.setAttribute("mdso.poll.id", examination.pollId());
    String tids =
        resource.devices().stream()
            .map(device -> device.tid().value())
            .collect(Collectors.joining(","));
    if (!tids.isEmpty()) {
      span.setAttribute("mdso.tid", shortened(tids));
    }
    String addresses =
        resource.devices().stream()
            .map(Device::managementAddress)
            .flatMap(Optional::stream)
            .collect(Collectors.joining(","));
    if (!addresses.isEmpty()) {
      span.setAttribute("mdso.management_ip", shortened(addresses));
    }
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
  }
}
