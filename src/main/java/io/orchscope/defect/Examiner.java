package io.orchscope.defect;

import io.orchscope.circuit.Product;
import io.orchscope.circuit.Resource;
import io.orchscope.settings.Products;
import io.orchscope.trace.ErrorFinder;
import io.orchscope.trace.FoundError;
import io.orchscope.trace.OrchestrationTrace;
import io.orchscope.trace.TimeBudget;
import io.orchscope.trace.TraceSearch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Takes an examination from step to step; each method is one step of the route. */
public final class Examiner {

  /** Which examinations leave evidence behind. */
  public enum Keep {
    /** Failures, and of each product a success a day to compare them with. */
    COMPARABLE,
    /** Those with an error, and those that could not be read. */
    FAILURES,
    ALL
  }

  private static final Duration A_DAY = Duration.ofDays(1);

  private final Products products;
  private final DefectClassifier classifier;
  private final Keep keep;
  private final Clock clock;
  private final ErrorFinder finder = new ErrorFinder();
  private final Map<Product, Instant> keptSuccess = new ConcurrentHashMap<>();

  /** Shape: the clock says when there is to be another success to compare failures with. */
  public Examiner(Products products, DefectClassifier classifier, Keep keep, Clock clock) {
    this.products = products;
    this.classifier = classifier;
    this.keep = keep;
    this.clock = clock;
  }

  /** An examination of which nothing is known but the resource. */
  public Examination begin(String pollId, Resource resource) {
    Product product = products.ofType(resource.productType());
    return new Examination(
        pollId,
        product,
        resource,
        TraceSearch.of(resource, product.ownsTrace()),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  /** The examination after MDSO's answer to one look-up of the trace. */
  public Examination read(Examination examination, byte[] answer) {
    return examination.withSearch(examination.search().read(answer));
  }

  /**
   * The examination with the words in which its failure speaks, or with why nothing can be said.
   */
  public Examination findErrors(Examination examination) {
    List<FoundError> errors =
        finder.find(examination.product(), examination.resource(), examination.search().newest());
    return examination.withErrors(errors, examination.search().unreadable());
  }

  /**
   * The examination with a defect code for each error.
   *
   * <p>Errors: {@link io.orchscope.trace.OverBudgetException} when so many texts differ that this
   * takes longer than one circuit may.
   */
  public Examination classify(Examination examination) {
    Optional<OrchestrationTrace> trace = examination.search().newest();
    String origin =
        trace
            .map(OrchestrationTrace::originationId)
            .filter(id -> !id.isBlank())
            .orElse(examination.resource().id().value());
    String traceId = trace.map(OrchestrationTrace::traceId).orElse("");
    TimeBudget budget = TimeBudget.of(TimeBudget.USUAL);
    return examination.withOccurrences(
        examination.errors().stream()
            .map(
                error -> {
                  budget.check();
                  return classifier.classify(origin, attempt(examination, traceId), error);
                })
            .toList());
  }

  /** Asked once of each examination: of successes, another one may be wanted tomorrow. */
  public boolean deservesEvidence(Examination examination) {
    return keep == Keep.ALL
        || examination.outcome() != Outcome.HEALTHY
        || (keep == Keep.COMPARABLE && isTheSuccessOfTheDay(examination));
  }

  private boolean isTheSuccessOfTheDay(Examination examination) {
    if (examination.search().newest().isEmpty()) {
      return false;
    }
    Instant now = clock.instant();
    Optional<Instant> kept =
        Optional.ofNullable(keptSuccess.putIfAbsent(examination.product(), now));
    return kept.isEmpty()
        || (!now.isBefore(kept.get().plus(A_DAY))
            && keptSuccess.replace(examination.product(), kept.get(), now));
  }

  /**
   * A failure without a trace is told apart from the next one by the revision that it was read at.
   */
  private static String attempt(Examination examination, String traceId) {
    return traceId.isBlank() ? "revision-" + examination.resource().revision() : traceId;
  }
}
