package io.orchscope.cli;

import io.orchscope.Assembly;
import io.orchscope.circuit.ErrorEntryRule;
import io.orchscope.circuit.Product;
import io.orchscope.evidence.EvidenceSearch;
import io.orchscope.evidence.StoredVerdict;
import io.orchscope.evidence.Verdict;
import io.orchscope.settings.Products;
import io.orchscope.step.Orchestrations;
import io.orchscope.step.Orchestrations.Fate;
import io.orchscope.telemetry.Replay;
import io.orchscope.trace.OrchestrationTrace;
import io.orchscope.trace.TraceLogFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Replays the orchestrations whose TraceLogs the evidence holds. */
final class EvidenceReplay {

  /**
   * So many are handed over before the exporter is waited for; its queue drops what is too much.
   */
  private static final int TURN = 50;

  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final Orchestrations orchestrations;
  private final Products products;
  private final EvidenceSearch evidence;
  private final Map<Fate, Long> figures = new EnumMap<>(Fate.class);

  EvidenceReplay(Assembly assembly) {
    this.orchestrations = assembly.orchestrations();
    this.products = assembly.configuration().products();
    this.evidence =
        new EvidenceSearch(Path.of(assembly.configuration().settings().text("evidence.root")));
  }

  /**
   * Those of some product types that began after a moment; answers how many had which fate.
   *
   * @param types none for all
   */
  Map<Fate, Long> run(List<String> types, Instant after, ProgressBar bar) {
    List<String> folders = evidence.folders();
    for (int i = 0; i < folders.size(); i++) {
      String folder = folders.get(i);
      evidence
          .open(folder)
          .filter(stored -> !stored.verdict().attemptedAt().isBefore(after))
          .filter(
              stored ->
                  types.isEmpty() || types.contains(stored.verdict().resource().productType()))
          .filter(stored -> stored.verdict().trace().isPresent())
          .ifPresent(stored -> figures.merge(replay(stored), 1L, Long::sum));
      if (i % TURN == TURN - 1) {
        orchestrations.settle(LIMIT);
      }
      bar.show(i + 1, folders.size(), "attempts");
    }
    return figures;
  }

  private Fate replay(StoredVerdict stored) {
    Optional<OrchestrationTrace> trace =
        stored.isVerified()
            ? evidence.traceLog(stored.folder()).flatMap(TraceLogFile::read)
            : Optional.empty();
    if (trace.isEmpty()) {
      return Fate.UNREADABLE;
    }
    Replay.Origin origin =
        new Replay.Origin(
            product(stored.verdict().resource()), stored.resource(), true, Optional.empty());
    Fate fate = orchestrations.replay(trace.get(), origin);
    if (fate == Fate.LEFT) {
      orchestrations.settle(LIMIT);
      return orchestrations.replay(trace.get(), origin);
    }
    return fate;
  }

  /** As it is watched now, or as it was when it still was. */
  private Product product(Verdict.Subject subject) {
    return products.types().contains(subject.productType())
        ? products.ofType(subject.productType())
        : new Product(
            subject.productType(),
            subject.productName(),
            subject.resourceType(),
            List.of(),
            List.of(),
            true,
            ErrorEntryRule.FIRST_CATEGORIZED,
            "");
  }
}
