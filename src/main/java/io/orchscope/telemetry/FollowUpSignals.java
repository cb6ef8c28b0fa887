package io.orchscope.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;

/**
 * What can happen after a circuit was decided, one method each: span, event, counter and log record
 * together. Source: design.md §4; documented in docs/telemetry.md.
 */
public final class FollowUpSignals {

  private static final AttributeKey<String> LOG_ORIGIN = AttributeKey.stringKey("mdso.log.origin");
  private static final AttributeKey<Long> LOG_LINE = AttributeKey.longKey("mdso.log.line");
  private static final AttributeKey<String> LOG_KIND = AttributeKey.stringKey("mdso.log.kind");
  private static final AttributeKey<String> TEST = AttributeKey.stringKey("mdso.test");
  private static final AttributeKey<String> TEST_OUTCOME =
      AttributeKey.stringKey("mdso.test.outcome");

  private final Instruments instruments;
  private final EventLog events;

  FollowUpSignals(Instruments instruments, EventLog events) {
    this.instruments = instruments;
    this.events = events;
  }

  /**
   * A line of a log from one of MDSO's hosts.
   *
   * @param origin {@code host:path}
   * @param kind of line, {@code device-error}, {@code failure}, …
   */
  public record LogLine(String origin, long line, String kind, String text) {}

  /**
   * A log of one of MDSO's hosts was copied, or a part of it.
   *
   * @param status kept, partial or empty
   * @param origin {@code host:path}
   */
  public void hostLogTaken(String productType, String status, String origin) {
    instruments.logCollected(productType, status);
    events.say("log_archived", "Evidence was kept.", Attributes.of(LOG_ORIGIN, origin));
  }

  /** A log that should be there is missing. */
  public void hostLogMissing(String productType) {
    instruments.logCollected(productType, "missing");
  }

  /** A log says something that matters; secrets are masked by now. */
  public void hostLogSaid(LogLine said) {
    events.say(
        "log_remark",
        said.text(),
        Attributes.of(LOG_ORIGIN, said.origin(), LOG_LINE, said.line(), LOG_KIND, said.kind()));
  }

  /** An error was tested. */
  public void errorTested(String test, String outcome) {
    Span.current().setAttribute(TEST, test);
    Span.current().setAttribute(TEST_OUTCOME, outcome);
    events.say(
        "error_tested", "An error was tested.", Attributes.of(TEST, test, TEST_OUTCOME, outcome));
    instruments.errorTested(test, outcome);
  }

  /** A try of a follow-up has ended. Units: seconds. */
  public void followedUp(String productType, String outcome, double seconds) {
    instruments.followedUp(productType, outcome, seconds);
  }
}
