package io.orchscope.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.orchscope.defect.Examination;
import io.orchscope.defect.Occurrence;
import io.orchscope.mdso.PollSummary;

/**
 * What can happen, one method each: the one place that tells telemetry about it.
 *
 * <p>Everything goes to the span that is current, so each is called from the step that it is about.
 */
public final class Signals {

  private static final AttributeKey<String> DEFECT_CODE =
      AttributeKey.stringKey("mdso.defect_code");
  private static final AttributeKey<String> EVIDENCE_URI =
      AttributeKey.stringKey("mdso.evidence.uri");
  private static final AttributeKey<String> REASON = AttributeKey.stringKey("reason");

  /** A log-in brought a token. */
  public void tokenAcquired() {
    Span.current().addEvent("token_acquired");
  }

  /** A token was handed back. */
  public void tokenDeleted() {
    Span.current().addEvent("token_deleted");
  }

  /** An error got its code, or none. */
  public void errorClassified(Occurrence occurrence) {
    String code = occurrence.classification().codeOrUnclassified();
    Span.current().setAttribute(DEFECT_CODE, code);
    Span.current().addEvent("error_classified", Attributes.of(DEFECT_CODE, code));
  }

  /** A circuit's evidence is on disk. */
  public void logArchived(Examination examination) {
    String place = examination.evidence().orElse("");
    Span.current().setAttribute(EVIDENCE_URI, place);
    Span.current().addEvent("log_archived", Attributes.of(EVIDENCE_URI, place));
  }

  /** A room was told. */
  public void alertSent(String code) {
    Span.current().addEvent("alert_sent", Attributes.of(DEFECT_CODE, code));
  }

  /** A room was not told, on purpose. */
  public void alertSuppressed(String reason) {
    Span.current().addEvent("alert_suppressed", Attributes.of(REASON, reason));
  }

  /** A room could not be told. */
  public void alertFailed(String reason) {
    Span.current().addEvent("alert_failed", Attributes.of(REASON, reason));
  }

  /** A poll has ended with these figures. */
  public void pollEnded(PollSummary summary) {
    Span span = Span.current();
    span.setAttribute("mdso.poll.id", summary.pollId());
    span.setAttribute("mdso.product_type", summary.productType());
    span.setAttribute("mdso.poll.listed", summary.listed());
    summary
        .outcomes()
        .forEach((outcome, sum) -> span.setAttribute("mdso.poll." + outcome.word(), sum));
  }
}
