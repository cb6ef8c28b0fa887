package io.orchscope.trace;

import io.orchscope.circuit.Resource;
import io.orchscope.trace.TraceSearch.Lookup;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * What a look-up asks of the Market, and which TraceLogs are an answer to it.
 *
 * <p>Ids and circuit names are any text: everything but letters, digits and {@code -._~} is percent
 * encoded. Encoding does not help where MDSO's filters themselves give a character a meaning, and
 * they know no escape: such a look-up cannot be asked. Source: domain.md §1.2.
 */
final class TraceQuery {

  private static final String TRACE_LOG = "tosca.resourceTypes.TraceLog";
  private static final String LABEL_ENDING = ".orch_trace";

  /** A comma begins the next condition, a colon ends a property's name. */
  private static final Pattern SPLITS_A_CONDITION = Pattern.compile("[,:]");

  /** The same, and what a partial match takes for a wildcard or, at its start, for a path. */
  private static final Pattern CHANGES_A_PATTERN = Pattern.compile("[,:*?\\\\]|^/");

  /** Clients and servers fold these away, encoded or not, and would ask for something else. */
  private static final Pattern FOLDS_A_PATH = Pattern.compile("\\.{1,2}");

  private TraceQuery() {}

  static boolean canAsk(Lookup lookup, Resource resource) {
    return switch (lookup) {
      case ORIGINATION_ID -> !SPLITS_A_CONDITION.matcher(id(resource)).find();
      case LABEL -> !CHANGES_A_PATTERN.matcher(circuit(resource)).find();
      case CIRCUIT_NAME -> !SPLITS_A_CONDITION.matcher(circuit(resource)).find();
      case DEPENDENCIES -> !FOLDS_A_PATH.matcher(id(resource)).matches();
    };
  }

  static String path(Lookup lookup, Resource resource) {
    return lookup == Lookup.DEPENDENCIES
        ? "/resources/" + encode(id(resource)) + "/dependencies"
        : "/resources";
  }

  static String query(Lookup lookup, Resource resource, int offset, int limit) {
    String filter =
        switch (lookup) {
          case ORIGINATION_ID -> "&q=properties.origination_id:" + encode(id(resource));
          case LABEL -> "&p=label:" + encode(circuit(resource) + LABEL_ENDING);
          case CIRCUIT_NAME -> "&q=properties.circuit_name:" + encode(circuit(resource));
          case DEPENDENCIES -> "";
        };
    return "resourceTypeId=" + TRACE_LOG + filter + "&offset=" + offset + "&limit=" + limit;
  }

  /** Whether a TraceLog is what was asked for: a label is matched in part, and filters may slip. */
  static boolean isAnswer(Lookup lookup, Resource resource, OrchestrationTrace trace) {
    return switch (lookup) {
      case ORIGINATION_ID ->
          trace.originationId().isEmpty() || trace.originationId().equals(id(resource));
      case LABEL -> trace.label().equals(circuit(resource) + LABEL_ENDING);
      case CIRCUIT_NAME -> trace.circuitName().equals(circuit(resource));
      case DEPENDENCIES -> true;
    };
  }

  private static String id(Resource resource) {
    return resource.id().value();
  }

  private static String circuit(Resource resource) {
    return resource.circuit().value();
  }

  private static String encode(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xff);
      if (isUnreserved(c)) {
        encoded.append(c);
      } else {
        encoded.append("%%%02X".formatted((int) c));
      }
    }
    return encoded.toString();
  }

  private static boolean isUnreserved(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "-._~".indexOf(c) >= 0;
  }
}
