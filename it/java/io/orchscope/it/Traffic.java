package io.orchscope.it;

import io.orchscope.simulator.LoggedRequest;
import io.orchscope.simulator.Simulator;
import java.time.Duration;
import java.time.Instant;
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

  /**
   * Requests that may be on their way when a neighbour says to wait: a scenario in which MDSO says
   * so works on four circuits at once, and of two rooms one is told.
   */
  private static final Map<String, Integer> ON_THEIR_WAY = Map.of("mdso", 4, "webex", 1);

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

  /**
   * How many requests came to a neighbour before it wanted to hear of us again, apart from those
   * that were on their way, however long that was.
   */
  private static long early(List<LoggedRequest> requests, Map<String, Duration> retryAfter) {
    return requests.stream()
        .filter(request -> request.status() == 429)
        .mapToLong(
            refusal -> {
              Duration wait = retryAfter.getOrDefault(refusal.neighbour(), Duration.ZERO);
              Instant until = refusal.time().plus(wait);
              long meanwhile =
                  requests.stream()
                      .filter(each -> each.neighbour().equals(refusal.neighbour()))
                      .filter(each -> each.time().isAfter(refusal.time()))
                      .filter(each -> each.time().isBefore(until))
                      .count();
              return Math.max(0, meanwhile - ON_THEIR_WAY.getOrDefault(refusal.neighbour(), 0));
            })
        .sum();
  }

  private Traffic() {}
}
