package io.orchscope.console;

import io.orchscope.alert.Links;
import io.orchscope.defect.DefectRule;
import io.orchscope.defect.DefectRules;
import io.orchscope.evidence.EvidenceSearch;
import io.orchscope.evidence.StoredFile;
import io.orchscope.evidence.StoredVerdict;
import io.orchscope.evidence.Verdict;
import io.orchscope.ledger.CircuitHistory;
import io.orchscope.ledger.Ledger;
import io.orchscope.trace.Orchestration;
import io.orchscope.trace.TraceLogFile;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** One circuit: its attempts, what MDSO did and where it failed, what was said of it to whom. */
public final class CircuitPage implements Page {

  private static final int ATTEMPTS = 20;

  private final Views views;
  private final Facts facts;

  /**
   * Where it looks.
   *
   * @param traces addresses of telemetry traces, by their ids
   * @param rooms what people call a room, by its id
   */
  public record Facts(
      Ledger ledger,
      EvidenceSearch evidence,
      Supplier<DefectRules> rules,
      Function<String, Optional<Links.Link>> traces,
      Function<String, String> rooms) {}

  /** An error of the attempt that is looked at. */
  public record Finding(
      Verdict.Finding found, Highlight text, Optional<DefectRule> rule, Optional<String> group) {}

  /**
   * What the page shows.
   *
   * @param chosen the attempt that is looked at
   * @param usual what its times are compared with
   */
  public record Model(
      CircuitHistory history,
      List<StoredVerdict> attempts,
      Optional<StoredVerdict> chosen,
      List<Finding> findings,
      Optional<Gantt> gantt,
      Optional<StoredVerdict> usual,
      List<StoredFile> files,
      Optional<Links.Link> trace,
      Function<String, String> rooms) {

    /** Whether an attempt is the one that is looked at. */
    public boolean isChosen(StoredVerdict attempt) {
      return chosen.filter(it -> it.folder().equals(attempt.folder())).isPresent();
    }
  }

  public CircuitPage(Views views, Facts facts) {
    this.views = views;
    this.facts = facts;
  }

  @Override
  public Reply answer(Request request, Visitor visitor) {
    String named = request.word("name");
    String circuit = named.isEmpty() ? request.segment(1) : named;
    CircuitHistory history = CircuitHistory.of(facts.ledger(), circuit);
    List<StoredVerdict> attempts = facts.evidence().find(circuit);
    if (history.isEmpty() && attempts.isEmpty()) {
      return views.refusal(
          404,
          "Nothing is known about this circuit",
          "No poll has listed it yet, or it was purged. Look for a part of its name, or start a"
              + " collection for it.",
          visitor);
    }
    Model model = model(history, attempts, request);
    return views.page("circuit", views.liveFrame(circuit, "groups", visitor), model);
  }

  private Model model(CircuitHistory history, List<StoredVerdict> attempts, Request request) {
    String wanted = request.word("attempt");
    Optional<StoredVerdict> chosen =
        attempts.stream()
            .filter(attempt -> wanted.isEmpty() || attempt.folder().equals(wanted))
            .findFirst();
    Optional<StoredVerdict> usual =
        request.word("compare").equals("yes")
            ? chosen.flatMap(
                attempt -> facts.evidence().lastSuccess(attempt.verdict().resource().productType()))
            : Optional.empty();
    Optional<Orchestration> orchestration = chosen.flatMap(this::orchestration);
    return new Model(
        history,
        attempts.stream().limit(ATTEMPTS).toList(),
        chosen,
        chosen.map(attempt -> findings(attempt, history)).orElse(List.of()),
        orchestration.map(it -> Gantt.of(it, usual.flatMap(this::orchestration))),
        usual,
        chosen.map(attempt -> facts.evidence().files(attempt.folder())).orElse(List.of()),
        chosen.flatMap(it -> it.verdict().telemetry().traceId()).flatMap(facts.traces()),
        facts.rooms());
  }

  private Optional<Orchestration> orchestration(StoredVerdict attempt) {
    return facts
        .evidence()
        .traceLog(attempt.folder())
        .flatMap(TraceLogFile::read)
        .flatMap(Orchestration::of);
  }

  private List<Finding> findings(StoredVerdict attempt, CircuitHistory history) {
    DefectRules rules = facts.rules().get();
    return attempt.verdict().occurrences().stream()
        .map(
            found ->
                new Finding(
                    found,
                    Highlight.of(found.normalised(), found.matched()),
                    rules.rules().stream()
                        .filter(
                            rule -> found.code().filter(rule.code().toString()::equals).isPresent())
                        .findFirst(),
                    history.failures().stream()
                        .filter(failure -> failure.key().equals(found.key()))
                        .findFirst()
                        .flatMap(CircuitHistory.Failure::groupId)))
        .toList();
  }
}
