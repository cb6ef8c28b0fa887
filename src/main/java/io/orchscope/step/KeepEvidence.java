package io.orchscope.step;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.orchscope.defect.Examination;
import io.orchscope.evidence.EvidenceArchive;
import io.orchscope.telemetry.Signals;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Keeps the evidence of an examination together with the id of the trace that shows how it was got.
 */
public final class KeepEvidence {

  private final Supplier<EvidenceArchive> archive;
  private final Signals signals;

  public KeepEvidence(Supplier<EvidenceArchive> archive, Signals signals) {
    this.archive = archive;
    this.signals = signals;
  }

  /** The examination with the place of its evidence. */
  public Examination keep(Examination examination) {
    Examination kept = examination.withEvidence(archive.get().keep(examination, currentTraceId()));
    signals.logArchived(kept);
    return kept;
  }

  static Optional<String> currentTraceId() {
    SpanContext context = Span.current().getSpanContext();
    return context.isValid() ? Optional.of(context.getTraceId()) : Optional.empty();
  }
}
