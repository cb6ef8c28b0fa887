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
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** One circuit: its attempts, what MDSO did and where it failed, what was said of it to whom. */
public final class CircuitPage implements Page {

  private static final int ATTEMPTS = 20;
  private static final int LINES = 20;

  /** The decision first, and last what nobody reads. */
  private static final List<String> FILES =
      List.of("verdict.json", "trace-log.json", "attempts.json", "manifest.json");

  private final Views views;
  private final Facts facts;

  /**
   * Where it looks.
   *
   * @param logs of MDSO's hosts
   * @param steps id of the trace as which MDSO's steps are exported; none where they are not
   * @param links where traces and runbooks are
   * @param rooms what people call a room, by its id
   */
  public record Facts(
      Ledger ledger,
      EvidenceSearch evidence,
      HostLogs.Facts logs,
      Supplier<DefectRules> rules,
      Function<Verdict.Source, Optional<String>> steps,
      Links links,
      Function<String, String> rooms) {}

  /**
   * An error of the attempt that is looked at.
   *
   * @param failure what the ledger knows of it
   */
  public record Finding(
      Verdict.Finding found,
      Highlight text,
      Optional<DefectRule> rule,
      Optional<String> runbook,
      Optional<CircuitHistory.Failure> failure) {

    /** The id of its group. */
    public Optional<String> group() {
      return failure.flatMap(CircuitHistory.Failure::groupId);
    }
  }

  /** A trace of OpenTelemetry, and where it can be seen. */
  public record Trace(String id, Optional<String> url) {}

  /**
   * What the page shows.
   *
   * @param chosen the attempt that is looked at
   * @param isCompared whether somebody wants its times compared
   * @param usual what they are compared with
   * @param work what we did for it
   * @param steps what MDSO did
   */
  public record Model(
      CircuitHistory history,
      List<StoredVerdict> attempts,
      Optional<StoredVerdict> chosen,
      List<Finding> findings,
      Optional<Gantt> gantt,
      boolean isCompared,
      Optional<StoredVerdict> usual,
      List<StoredFile> files,
      HostLogs logs,
      Optional<Trace> work,
      Optional<Trace> steps,
      Function<String, String> rooms) {

    /** The newest messages that told of it. */
    public List<CircuitHistory.Message> messages() {
      return history.messages().stream().limit(LINES).toList();
    }

    /** The newest failures that no message told. */
    public List<CircuitHistory.Failure> untold() {
      return all().limit(LINES).toList();
    }

    /** How many messages and failures more there are. */
    public long others() {
      return Math.max(0, history.messages().size() - LINES) + Math.max(0, all().count() - LINES);
    }

    private Stream<CircuitHistory.Failure> all() {
      return history.failures().stream().filter(failure -> failure.messageKey().isEmpty());
    }

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
    boolean isCompared = request.word("compare").equals("yes");
    Optional<StoredVerdict> usual =
        isCompared
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
        isCompared,
        usual,
        chosen.map(this::files).orElse(List.of()),
        chosen.map(this::logs).orElse(HostLogs.NONE),
        chosen.flatMap(it -> it.verdict().telemetry().traceId()).map(this::trace),
        chosen.flatMap(it -> it.verdict().trace()).flatMap(facts.steps()).map(this::trace),
        facts.rooms());
  }

  private HostLogs logs(StoredVerdict attempt) {
    return facts
        .logs()
        .of(
            attempt.folder(),
            attempt.verdict().occurrences().stream().map(Verdict.Finding::key).toList());
  }

  private Trace trace(String id) {
    return new Trace(id, facts.links().ofTrace(id).map(Links.Link::url));
  }

  private List<StoredFile> files(StoredVerdict attempt) {
    return facts.evidence().files(attempt.folder()).stream()
        .sorted(Comparator.comparingInt(file -> place(file.name())))
        .toList();
  }

  private static int place(String name) {
    return FILES.contains(name) ? FILES.indexOf(name) : FILES.size();
  }

  private Optional<Orchestration> orchestration(StoredVerdict attempt) {
    return facts
        .evidence()
        .traceLog(attempt.folder())
        .flatMap(TraceLogFile::read)
        .flatMap(Gantt::orchestration);
  }

  private List<Finding> findings(StoredVerdict attempt, CircuitHistory history) {
    DefectRules rules = facts.rules().get();
    Runbooks runbooks = new Runbooks(facts.links());
    String product = attempt.verdict().resource().productType();
    return attempt.verdict().occurrences().stream()
        .map(
            found -> {
              Optional<DefectRule> rule =
                  rules.rules().stream()
                      .filter(it -> found.code().filter(it.code().toString()::equals).isPresent())
                      .findFirst();
              return new Finding(
                  found,
                  Highlight.of(found.normalised(), found.matched()),
                  rule,
                  runbooks.of(rule, found.codeOrUnclassified(), product),
                  history.failures().stream()
                      .filter(failure -> failure.key().equals(found.key()))
                      .findFirst());
            })
        .toList();
  }
}
