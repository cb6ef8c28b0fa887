package io.orchscope.it;

import io.orchscope.simulator.LoggedRequest;
import io.orchscope.simulator.Simulator;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What reached the simulated neighbours, counted under the names of {@code requests.json}. */
final class Traffic {

  /** What the simulator counts; a name that it does not know would be zero for ever. */
  private static final Pattern COUNTED =
      Pattern.compile(
          "mdso\\.(calls|market|lists|tokens\\.created|tokens\\.deleted)"
              + "|webex\\.(calls|messages|edits)"
              + "|(mdso|webex|beorn)\\.(requests|status\\.[1-5]\\d\\d)"
              + "|fault\\.(unauthorized|too-many|server-error|cut-body|garbage|fail-count"
              + "|webex-too-many|webex-status)");

  private static final Set<String> DERIVED =
      Set.of("tokens.open", "market-refusals", "trace-look-ups", "early-requests", "trace-headers");

  private static final Set<String> TRACE_HEADERS =
      Set.of("traceparent", "tracestate", "baggage", "b3", "x-b3-traceid", "uber-trace-id");

  /** A request that was on its way when the neighbour said to wait is nobody's fault. */
  private static final Duration ON_ITS_WAY = Duration.ofMillis(600);

  /** Whether something of this name is counted. */
  static boolean isCounted(String name) {
    return DERIVED.contains(name) || COUNTED.matcher(name).matches();
  }

  /** All counts that are not zero. */
  static Map<String, Long> of(Simulator simulator, Map<String, Duration> retryAfter) {
    Map<String, Long> counts = new TreeMap<>(simulator.counters());
    List<LoggedRequest> requests = simulator.requests();
    counts.put("tokens.open", (long) simulator.openTokens());
    counts.put(
        "market-refusals",
        requests.stream()
            .filter(it -> it.status() == 401 && it.path().contains("/market/"))
            .count());
    counts.put(
        "trace-look-ups",
        requests.stream().filter(it -> it.query().contains("resourceTypes.TraceLog")).count());
    counts.put("early-requests", early(requests, retryAfter));
    counts.put(
        "trace-headers",
        requests.stream()
            .filter(it -> it.headers().keySet().stream().anyMatch(TRACE_HEADERS::contains))
            .count());
    return counts;
  }

  /** How many requests came to a neighbour before it wanted to hear of us again. */
  private static long early(List<LoggedRequest> requests, Map<String, Duration> retryAfter) {
    Map<String, Instant> refusedAt = new HashMap<>();
    long early = 0;
    for (LoggedRequest request : requests) {
      Instant refused = refusedAt.getOrDefault(request.neighbour(), Instant.MIN);
      Duration wait = retryAfter.getOrDefault(request.neighbour(), Duration.ZERO);
      boolean waiting = refused != Instant.MIN && request.time().isBefore(refused.plus(wait));
      if (waiting && request.time().isAfter(refused.plus(ON_ITS_WAY))) {
        early++;
      }
      if (request.status() == 429) {
        refusedAt.put(request.neighbour(), request.time());
      }
    }
    return early;
  }

  private Traffic() {}
}
