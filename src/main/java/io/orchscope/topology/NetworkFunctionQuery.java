package io.orchscope.topology;

import io.orchscope.circuit.Tid;
import io.orchscope.topology.NetworkFunctionSearch.Lookup;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a look-up asks of the Market, and which network functions are an answer to it.
 *
 * <p>The Market wants exactly one type with a filter on properties, and hides secrets unless it is
 * told not to; we say so, since the properties of a network function hold passwords. Source:
 * domain.md §1.2 and §5.4, Market API 4.2.4-128.
 */
final class NetworkFunctionQuery {

  static final String PATH = "/resources";

  /** A comma begins the next condition, a colon ends a property's name; filters know no escape. */
  private static final Pattern SPLITS_A_CONDITION = Pattern.compile("[,:]");

  private static final Pattern HIDDEN = Pattern.compile("\\**");

  private NetworkFunctionQuery() {}

  /** Whether there is something to ask for, and the filters can express it. */
  static boolean canAsk(Lookup lookup, NetworkFunctionSearch search) {
    return !SPLITS_A_CONDITION.matcher(wanted(lookup, search).orElse("")).find();
  }

  /** The text that a look-up asks for. */
  static Optional<String> wanted(Lookup lookup, NetworkFunctionSearch search) {
    return switch (lookup) {
      case FQDN -> search.fqdn();
      case ADDRESS -> search.address();
      case TID -> Optional.of(search.tid());
    };
  }

  static String query(Lookup lookup, NetworkFunctionSearch search, int limit) {
    String property = lookup == Lookup.TID ? "label" : "properties.ipAddress";
    return "resourceTypeId="
        + encode(search.resourceType())
        + "&q="
        + property
        + ":"
        + encode(wanted(lookup, search).orElse(""))
        + "&obfuscate=true&offset=0&limit="
        + limit;
  }

  /** Whether a network function is what was asked for: filters may slip. */
  static boolean isAnswer(Lookup lookup, NetworkFunctionSearch search, NetworkFunction function) {
    if (lookup == Lookup.TID) {
      return Tid.named(function.label()).equals(Tid.named(search.tid()));
    }
    return HIDDEN.matcher(function.ipAddress()).matches()
        || function.ipAddress().equalsIgnoreCase(wanted(lookup, search).orElse(""));
  }

  /** Everything but letters, digits and {@code -._~} is percent encoded, as for trace look-ups. */
  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }
}
