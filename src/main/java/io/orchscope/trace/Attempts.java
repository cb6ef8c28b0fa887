package io.orchscope.trace;

import static java.util.Comparator.comparing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The attempts found so far, newest first and each of them once.
 *
 * @param garbledIds resource ids of those whose entries could not all be read
 */
record Attempts(List<OrchestrationTrace> newestFirst, List<String> garbledIds) {

  /** What has no time at all is oldest, and the id settles the rest. */
  private static final Comparator<OrchestrationTrace> BY_AGE =
      comparing(
              (OrchestrationTrace trace) -> trace.start().or(trace::createdAt).orElse(Instant.MIN))
          .thenComparing(trace -> trace.createdAt().orElse(Instant.MIN))
          .thenComparing(OrchestrationTrace::resourceId);

  /** The same with more of them; one that is read again counts as it was read last. */
  Attempts with(List<TracePage.Found> more) {
    List<OrchestrationTrace> all = new ArrayList<>(newestFirst);
    Set<String> garbled = new LinkedHashSet<>(garbledIds);
    for (TracePage.Found found : more) {
      String id = found.trace().resourceId();
      if (!id.isEmpty()) {
        all.removeIf(each -> each.resourceId().equals(id));
        garbled.remove(id);
      }
      all.add(found.trace());
      if (found.garbled().isPresent()) {
        garbled.add(id);
      }
    }
    all.sort(BY_AGE.reversed());
    return new Attempts(List.copyOf(all), List.copyOf(garbled));
  }
}
