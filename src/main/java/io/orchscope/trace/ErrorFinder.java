package io.orchscope.trace;

import io.orchscope.circuit.Device;
import io.orchscope.circuit.Disconnect;
import io.orchscope.circuit.ErrorEntryRule;
import io.orchscope.circuit.Product;
import io.orchscope.circuit.Resource;
import io.orchscope.circuit.Tid;
import io.orchscope.secret.OutsideText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Answers which words name the failure of a circuit: one error, several only for a disconnect, none
 * where nothing failed.
 *
 * <p>The categorized errors speak first, by the product's rule; then, where that rule takes none,
 * the message of the first FAILED entry that has one; then the reason of the resource. Where the
 * rule passes over connectivity checks, the message of one is passed over too. So a disconnect in
 * which nothing failed but the check of an end that is expected to be gone has no error, unless
 * another FAILED entry or the resource's reason speaks. The state of the resource is not asked: an
 * active resource whose trace holds a failure has an error to name, and one with a clean trace and
 * an empty reason has none. Source: domain.md §3.3.
 */
public final class ErrorFinder {

  private static final String CONNECTIVITY_CHECK = "tosca.resourceTypes.ConnectivityCheck";
  private static final String FAILED = "FAILED";

  /**
   * The errors, in the order of the entries.
   *
   * @param trace the newest attempt; none when the product owns no trace or none could be read
   */
  public List<FoundError> find(
      Product product, Resource resource, Optional<OrchestrationTrace> trace) {
    List<TraceEntry> entries = trace.map(OrchestrationTrace::entries).orElse(List.of());
    Set<String> staying = tidsThatStayInService(resource);
    List<FoundError> categorized = categorized(product.errorEntry(), entries, staying);
    if (!categorized.isEmpty()) {
      return categorized;
    }
    return firstMessage(product.errorEntry(), entries, staying)
        .or(() -> reason(product, resource))
        .map(List::of)
        .orElse(List.of());
  }

  private static List<FoundError> categorized(
      ErrorEntryRule rule, List<TraceEntry> entries, Set<String> staying) {
    List<FoundError> found = new ArrayList<>();
    for (TraceEntry entry : entries) {
      OutsideText text = entry.categorizedError();
      if (text.isEmpty() || isPassedOver(rule, entry, text.forMatching(), staying)) {
        continue;
      }
      found.add(spoken(FoundError.Source.CATEGORIZED, text, entry));
      if (rule != ErrorEntryRule.DISCONNECT || namesAny(text.forMatching(), staying)) {
        break;
      }
    }
    return List.copyOf(found);
  }

  private static Optional<FoundError> firstMessage(
      ErrorEntryRule rule, List<TraceEntry> entries, Set<String> staying) {
    return entries.stream()
        .filter(entry -> entry.state().equals(FAILED) && !entry.message().isBlank())
        .filter(entry -> !isPassedOver(rule, entry, entry.message().forMatching(), staying))
        .findFirst()
        .map(entry -> spoken(FoundError.Source.MESSAGE, entry.message(), entry));
  }

  private static Optional<FoundError> reason(Product product, Resource resource) {
    return Optional.of(resource.reason())
        .filter(text -> !text.isBlank())
        .map(
            text ->
                new FoundError(
                    FoundError.Source.REASON, text, -1, "", product.resourceType(), "", ""));
  }

  /** Whether an entry fails by design: a connectivity check, but not of an end that stays. */
  private static boolean isPassedOver(
      ErrorEntryRule rule, TraceEntry entry, String text, Set<String> staying) {
    boolean isCheck = entry.resourceType().equals(CONNECTIVITY_CHECK);
    return switch (rule) {
      case FIRST_CATEGORIZED -> false;
      case FIRST_EXCEPT_CONNECTIVITY_CHECK -> isCheck;
      case DISCONNECT -> isCheck && !namesAny(text, staying);
    };
  }

  /** The ends that a disconnect leaves in service; one TID at both ends stays if either does. */
  private static Set<String> tidsThatStayInService(Resource resource) {
    return resource.devices().stream()
        .filter(device -> device.disconnect().equals(Optional.of(Disconnect.PARTIAL)))
        .map(Device::tid)
        .flatMap(tid -> Tid.named(tid.value()).stream())
        .map(Tid::value)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static boolean namesAny(String text, Set<String> tids) {
    return tids.stream().anyMatch(text::contains);
  }

  private static FoundError spoken(FoundError.Source source, OutsideText text, TraceEntry entry) {
    return new FoundError(
        source,
        text,
        entry.index(),
        entry.process(),
        entry.resourceType(),
        entry.resourceName(),
        entry.logFile());
  }
}
