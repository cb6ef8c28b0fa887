package io.orchscope.telemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import io.orchscope.defect.Classification;
import io.orchscope.defect.Examination;
import io.orchscope.defect.Occurrence;
import io.orchscope.mdso.PollSummary;
import io.orchscope.trace.Unreadable;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What can happen, one method each: span, event, counter and log record together, so that they
 * cannot disagree.
 *
 * <p>Everything goes to the span that is current, so each is called from the step that it is about.
 * Source: design.md §4; documented in docs/telemetry.md.
 */
public final class Signals {

  private static final AttributeKey<String> DEFECT_CODE =
      AttributeKey.stringKey("mdso.defect_code");
  private static final AttributeKey<String> RULE = AttributeKey.stringKey("mdso.rule.id");
  private static final AttributeKey<String> RULES_VERSION =
      AttributeKey.stringKey("mdso.rule.version");
  private static final AttributeKey<String> PARTIAL =
      AttributeKey.stringKey("mdso.classification.partial");
  private static final AttributeKey<String> EVIDENCE_URI =
      AttributeKey.stringKey("mdso.evidence.uri");
  private static final AttributeKey<Long> LOG_COUNT = AttributeKey.longKey("mdso.log_count");
  private static final AttributeKey<String> REASON = AttributeKey.stringKey("reason");
  private static final AttributeKey<String> CHANNEL = AttributeKey.stringKey("channel");

  private final Instruments instruments;
  private final EventLog events = new EventLog();
  private final Clock clock;
  private final String channel;
  private final Map<String, Double> lastSuccess = new ConcurrentHashMap<>();

  /**
   * Shape: the instruments are made here, once.
   *
   * @param channel through which alerts go, an attribute of their counters
   */
  public Signals(OpenTelemetry telemetry, String channel, Clock clock) {
    this.instruments = new Instruments(telemetry.getMeter("io.orchscope"));
    this.channel = channel;
    this.clock = clock;
    instruments.gauge(
        "mdso.poll.last_success",
        "s",
        "When the last poll without a gap ended, seconds since 1970.",
        Instruments.PRODUCT_TYPE,
        () -> lastSuccess);
    // At 0 from the start, so that the first failure is an increase.
    logInsFailed(0, 0);
  }

  /** Signals that nobody will see, for an application that is only put together. */
  public static Signals silent(String channel, Clock clock) {
    return new Signals(OpenTelemetry.noop(), channel, clock);
  }

  /**
   * Whether edited files are rejected, by kind; read at each scrape.
   *
   * @param byKind 1 for a kind with a rejected change, 0 for the others
   */
  public void rejectedFiles(Supplier<Map<String, Double>> byKind) {
    instruments.gauge(
        "mdso.files.rejected",
        "{change}",
        "1 while a changed file of this kind is rejected and its previous version is active.",
        Instruments.KIND,
        byKind);
  }

  /** What is counted where it is kept, in the ledger. */
  public LedgerGauges ledger() {
    return new LedgerGauges(instruments, channel);
  }

  /** A log-in brought a token. */
  public void tokenAcquired() {
    events.say("token_acquired", "MDSO gave a token.", Attributes.empty());
  }

  /** A token was handed back. */
  public void tokenDeleted() {
    events.say("token_deleted", "A token was handed back.", Attributes.empty());
  }

  /** Log-ins at the operators' page failed, or were turned away unchecked. */
  public void logInsFailed(long failed, long turnedAway) {
    instruments.logIns("failed", failed);
    instruments.logIns("turned_away", turnedAway);
  }

  /** Somebody has begun to work on a circuit. */
  public void circuitBegun(String productType) {
    instruments.circuitBegun(productType);
  }

  /** The work on a circuit is over, well or not. Units: seconds. */
  public void circuitEnded(String productType, double seconds) {
    instruments.circuitEnded(productType, seconds);
  }

  /** The traces of a circuit have been read, or it is known that they cannot be. */
  public void logsCollected(Examination examination) {
    String type = examination.product().type();
    int found = examination.search().attempts().size();
    Span.current().setAttribute(LOG_COUNT, (long) found);
    for (int i = 0; i < found; i++) {
      instruments.logCollected(type, "collected");
    }
    Optional<Unreadable> why = examination.search().whyUnreadable();
    why.ifPresent(cause -> instruments.logCollected(type, cause.reason().word()));
  }

  /** The circuit could not be worked on, so its logs are not here. */
  public void logsNotCollected(String productType) {
    instruments.logCollected(productType, "failed");
  }

  /** An error got its code, or none. */
  public void errorClassified(String productName, Occurrence occurrence) {
    Classification verdict = occurrence.classification();
    String code = verdict.codeOrUnclassified();
    Span span = Span.current();
    span.setAttribute(DEFECT_CODE, code);
    span.setAttribute(RULES_VERSION, verdict.rulesVersion());
    verdict.code().ifPresent(rule -> span.setAttribute(RULE, code));
    AttributesBuilder said = Attributes.builder().put(DEFECT_CODE, code);
    if (!verdict.partial().isEmpty()) {
      span.setAttribute(PARTIAL, verdict.partialCodes());
      said.put(PARTIAL, verdict.partialCodes());
      verdict.partial().forEach(rule -> instruments.ruleUndecided(rule.toString()));
    }
    events.say("error_classified", "An error got its code.", said.build());
    instruments.errorDetected(code, productName);
  }

  /** A circuit's evidence is on disk, in a folder that was not there before. */
  public void logArchived(Examination examination) {
    String place = examination.evidence().orElse("");
    Attributes where = Attributes.of(EVIDENCE_URI, place);
    Span.current().setAttribute(EVIDENCE_URI, place);
    events.say("directory_created", "A folder was made for evidence.", where);
    events.say("log_archived", "Evidence was kept.", where);
  }

  /** What can happen after a circuit was decided. */
  public FollowUpSignals followUps() {
    return new FollowUpSignals(instruments, events);
  }

  /**
   * A room was told.
   *
   * @param code of the failures, or nothing when there are several
   * @param alerts how many failures the message told
   */
  public void alertSent(String code, long alerts) {
    if (alerts == 0) {
      return;
    }
    events.say(
        "alert_sent", "An alert was sent.", Attributes.of(DEFECT_CODE, code, CHANNEL, channel));
    instruments.alert(channel, "sent", "new", alerts);
  }

  /** A room was not told, on purpose. */
  public void alertSuppressed(String reason, long alerts) {
    events.say(
        "alert_suppressed",
        "An alert was kept back.",
        Attributes.of(REASON, reason, CHANNEL, channel));
    instruments.alert(channel, "suppressed", reason, alerts);
  }

  /** A room could not be told. */
  public void alertFailed(String reason, long alerts) {
    events.say(
        "alert_failed",
        "An alert could not be sent.",
        Attributes.of(REASON, reason, CHANNEL, channel));
    instruments.alert(channel, "failed", reason, alerts);
  }

  /**
   * A neighbour was called.
   *
   * @param semantic attributes of the HTTP semantic conventions
   */
  public void neighbourCalled(double seconds, Attributes semantic) {
    instruments.request(seconds, semantic);
  }

  /**
   * MDSO was called.
   *
   * @param endpoint path template, never a path with an id in it
   * @param status of the answer, or {@code none} without one
   */
  public void mdsoCalled(String endpoint, String status) {
    instruments.apiCall(endpoint, status);
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
    if (!summary.incomplete()) {
      lastSuccess.put(summary.productType(), clock.millis() / 1000.0);
    }
  }

  /** Spans, log records or points of a metric were dropped. */
  void dropped(Drops.Drop drop) {
    instruments.dropped(drop.signal(), drop.reason(), drop.number());
  }
}
