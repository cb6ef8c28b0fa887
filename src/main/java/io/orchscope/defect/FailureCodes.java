package io.orchscope.defect;

import io.orchscope.circuit.Product;
import io.orchscope.circuit.Resource;
import io.orchscope.trace.ErrorFinder;
import io.orchscope.trace.FoundError;
import io.orchscope.trace.Orchestration;
import io.orchscope.trace.Step;
import io.orchscope.trace.TimeBudget;
import io.orchscope.trace.TraceEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which defect codes an orchestration and its failed steps have, by the rules of this moment.
 *
 * @param ofWhole the codes of the errors that its product's rule finds, each once
 * @param ofSteps the code of each failed step's own words, by the step's key
 */
public record FailureCodes(List<String> ofWhole, Map<String, String> ofSteps) {

  /** What is said of an error that no rule names. */
  public static final String UNCLASSIFIED = "UNCLASSIFIED";

  /**
   * The codes, {@code UNCLASSIFIED} where no rule matches.
   *
   * <p>Errors: {@link io.orchscope.trace.OverBudgetException} when the time is over.
   */
  public static FailureCodes of(
      Orchestration orchestration,
      Product product,
      Resource resource,
      DefectClassifier classifier,
      TimeBudget budget) {
    List<FoundError> errors =
        new ErrorFinder().find(product, resource, Optional.of(orchestration.trace()));
    List<String> ofWhole =
        errors.stream()
            // The resource's reason is about the attempt of now, which this need not be.
            .filter(error -> error.source() != FoundError.Source.REASON)
            .map(error -> code(error, classifier))
            .distinct()
            .toList();
    Map<String, String> ofSteps = new HashMap<>();
    // A step that is tried again and again fails in the same words.
    Map<List<String>, String> known = new HashMap<>();
    for (Step step : orchestration.steps()) {
      if (step.hasFailed()) {
        FoundError words = words(step.entry());
        ofSteps.put(
            step.key(),
            known.computeIfAbsent(
                List.of(words.text().forMatching(), words.process()),
                text -> {
                  budget.check();
                  return code(words, classifier);
                }));
      }
    }
    return new FailureCodes(ofWhole, Map.copyOf(ofSteps));
  }

  /** The code of a step. */
  public String of(Step step) {
    return ofSteps.getOrDefault(step.key(), UNCLASSIFIED);
  }

  private static FoundError words(TraceEntry entry) {
    boolean isCategorized = !entry.categorizedError().isEmpty();
    return new FoundError(
        isCategorized ? FoundError.Source.CATEGORIZED : FoundError.Source.MESSAGE,
        entry.words(),
        entry.index(),
        entry.process(),
        entry.resourceType(),
        entry.resourceName(),
        entry.logFile());
  }

  private static String code(FoundError error, DefectClassifier classifier) {
    return classifier.classify("", "", error).classification().codeOrUnclassified();
  }
}
