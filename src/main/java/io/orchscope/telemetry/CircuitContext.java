package io.orchscope.telemetry;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.orchscope.circuit.Device;
import io.orchscope.circuit.Resource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which circuit is being worked on, for every log line that is written meanwhile.
 *
 * <p>Travels in OpenTelemetry's context beside the span, so it costs nothing until a line is
 * written, and no thread keeps it.
 *
 * @param fields by the name that they have on spans and log records
 */
public record CircuitContext(Map<String, String> fields) {

  private static final ContextKey<CircuitContext> KEY = ContextKey.named("orchscope-circuit");
  private static final int LONGEST = 1000;

  /** The fields of a resource; those that it has not are left out. */
  public static CircuitContext of(Resource resource) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("mdso.circuit_id", shortened(resource.circuit().value()));
    fields.put("mdso.resource_id", shortened(resource.id().value()));
    put(
        fields,
        "mdso.tid",
        resource.devices().stream()
            .map(device -> device.tid().value())
            .collect(Collectors.joining(",")));
    put(
        fields,
        "mdso.management_ip",
        resource.devices().stream()
            .map(Device::managementAddress)
            .flatMap(Optional::stream)
            .collect(Collectors.joining(",")));
    return new CircuitContext(Map.copyOf(fields));
  }

  /** The fields of the circuit that a context is about; none outside a circuit. */
  public static Map<String, String> fieldsOf(Context context) {
    CircuitContext circuit = context.get(KEY);
    return circuit == null ? Map.of() : circuit.fields();
  }

  /** The context with this circuit in it. */
  public Context in(Context context) {
    return context.with(KEY, this);
  }

  private static void put(Map<String, String> fields, String name, String value) {
    if (!value.isEmpty()) {
      fields.put(name, shortened(value));
    }
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
  }
}
