package io.orchscope.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one orchestration did, step by step, and the error that its reader should find.
 *
 * @param entries in the order of time
 * @param lastProcess of the top-level script
 * @param error the root cause as the failing step put it; empty when nothing failed
 */
record Story(List<Line> entries, String lastProcess, String error) {

  /**
   * One entry of the trace; {@code categorized} and {@code name} are empty when it has none.
   *
   * @param elapsed seconds since the orchestration began
   * @param stage 0 for the top-level script, else a number for the child
   */
  record Line(
      int stage,
      String type,
      String process,
      String state,
      int elapsed,
      String message,
      String categorized,
      String name) {

    boolean isConnectivityCheck() {
      return type.equals(CONNECTIVITY_CHECK);
    }

    boolean fails() {
      return state.equals("FAILED");
    }
  }

  static final String CONNECTIVITY_CHECK = "tosca.resourceTypes.ConnectivityCheck";

  /**
   * The errors of this orchestration by the rules of its product.
   *
   * <p>Shape: one, or none; only a disconnect may have several. Source: domain.md §3.3.
   *
   * @param partialEnds TIDs of the ends of a disconnect that stay in service
   */
  List<String> rootCauses(ProductKind kind, Set<String> partialEnds) {
    List<Line> candidates = entries.stream().filter(line -> !line.categorized().isEmpty()).toList();
    if (kind == ProductKind.DISCONNECT_MAPPER) {
      return ofDisconnect(candidates, partialEnds);
    }
    List<String> found =
        candidates.stream()
            .filter(line -> kind != ProductKind.NETWORK_SERVICE || !line.isConnectivityCheck())
            .map(Line::categorized)
            .limit(1)
            .collect(Collectors.toList());
    return found.isEmpty() ? firstMessage(kind) : found;
  }

  private List<String> ofDisconnect(List<Line> candidates, Set<String> partialEnds) {
    List<String> found = new ArrayList<>();
    for (Line line : candidates) {
      boolean partial = partialEnds.stream().anyMatch(line.categorized()::contains);
      if (partial || !line.isConnectivityCheck()) {
        found.add(line.categorized());
      }
      if (partial) {
        break;
      }
    }
    return found.isEmpty() ? firstMessage(ProductKind.DISCONNECT_MAPPER) : found;
  }

  /** What plans that do not categorise their failure leave behind. */
  private List<String> firstMessage(ProductKind kind) {
    boolean skipsChecks =
        kind == ProductKind.NETWORK_SERVICE || kind == ProductKind.DISCONNECT_MAPPER;
    return entries.stream()
        .filter(Line::fails)
        .filter(line -> !skipsChecks || !line.isConnectivityCheck())
        .map(Line::message)
        .limit(1)
        .toList();
  }
}
