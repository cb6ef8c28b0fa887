package io.orchscope.step;

import io.orchscope.alert.Alert;
import io.orchscope.alert.AlertPolicy;
import io.orchscope.alert.Delivery;
import io.orchscope.alert.GroupKey;
import io.orchscope.alert.OwedAlert;
import io.orchscope.alert.Rooms;
import io.orchscope.alert.WebexPost;
import io.orchscope.alert.WebexReply;
import io.orchscope.defect.Examination;
import io.orchscope.defect.Fingerprint;
import io.orchscope.defect.Occurrence;
import io.orchscope.ledger.Complaint;
import io.orchscope.ledger.LedgerException;
import io.orchscope.ledger.Outbox;
import io.orchscope.mdso.GarbledReplyException;
import io.orchscope.remote.RemoteSystem;
import io.orchscope.remote.RetryAfterGate;
import io.orchscope.report.Audience;
import io.orchscope.settings.Clocks;
import io.orchscope.settings.Secret;
import io.orchscope.telemetry.Signals;
import io.orchscope.trace.FoundError;
import io.orchscope.trace.NormalisedError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the routes of alerts ask: which there are, when to send them, in which words. */
public final class Alerting {

  private static final Logger log = LoggerFactory.getLogger(Alerting.class);

  /** Between two looks whether Webex takes our token again. */
  static final Duration TOKEN_PAUSE = Duration.ofSeconds(10);

  private final Rooms rooms;
  private final AlertPolicy policy;
  private final String environment;
  private final Secret webexToken;
  private final Outbox outbox;
  private final Notice notice;
  private final RetryAfterGate quiet;
  private final Complaint complaint =
      new Complaint(
          log, "No alert can be sent: the ledger does not say which are owed, and nothing is lost");
  private final Complaint planning =
      new Complaint(log, "An internal error keeps messages from being written");
  private final AtomicBoolean isRefused = new AtomicBoolean();

  /**
   * Signals and output about alerts, and the state of Webex.
   *
   * @param webex its gate is closed while it asks for a pause, its health counts replies that are
   *     no answers
   */
  public record Notice(Signals signals, Audience audience, RemoteSystem webex, Clocks clocks) {}

  public Alerting(
      Rooms rooms, String environment, Secret webexToken, Outbox outbox, Notice notice) {
    this.rooms = rooms;
    this.policy = new AlertPolicy(rooms);
    this.environment = environment;
    this.webexToken = webexToken;
    this.outbox = outbox;
    this.notice = notice;
    this.quiet = new RetryAfterGate(notice.clocks().steady());
  }

  /** One for each occurrence, in their order. */
  List<OwedAlert> owed(Examination examination) {
    List<Alert> alerts =
        Alert.of(
            examination,
            environment,
            KeepEvidence.currentTraceId(),
            notice.clocks().wall().instant());
    List<OwedAlert> owed = new ArrayList<>();
    for (int i = 0; i < alerts.size(); i++) {
      owed.add(owed(alerts.get(i), examination.occurrences().get(i)));
    }
    return owed;
  }

  private OwedAlert owed(Alert alert, Occurrence occurrence) {
    FoundError error = occurrence.error();
    List<GroupKey> former =
        Fingerprint.former(error.text(), NormalisedError.of(error).text()).stream()
            .map(fingerprint -> group(alert, fingerprint))
            .toList();
    return new OwedAlert(
        alert,
        group(alert, Fingerprint.of(error.text())),
        former,
        rooms.roomOf(alert).id(),
        policy.suppression(alert),
        Sender.current());
  }

  private GroupKey group(Alert alert, Fingerprint fingerprint) {
    return new GroupKey(environment, alert.productType(), alert.defectCode(), fingerprint);
  }

  /** Turns what is due into messages. */
  public void plan() {
    try {
      outbox.plan().forEach((reason, number) -> notice.signals().alertSuppressed(reason, number));
      complaint.isOver();
      planning.isOver();
    } catch (LedgerException unusable) {
      complaint.about(unusable);
    } catch (RuntimeException bug) {
      // What is planned already is sent all the same.
      planning.about(bug);
    }
  }

  /** The messages whose time has come; none while Webex wants to hear nothing. */
  public List<Delivery> take() {
    if (notice.webex().gate().isClosed() || quiet.isClosed()) {
      return List.of();
    }
    try {
      return isRefused.get() ? outbox.take(1) : outbox.take();
    } catch (LedgerException unusable) {
      complaint.about(unusable);
      return List.of();
    }
  }

  /** Sends nothing for so long: Webex asked for a longer pause than a message waits for. */
  void pauseFor(Duration time) {
    quiet.closeFor(time);
  }

  /**
   * Sends nothing for a while, and then one message to see whether Webex takes our token again: it
   * is no fault of any message or room.
   */
  void refused(String explanation) {
    pauseFor(TOKEN_PAUSE);
    if (isRefused.compareAndSet(false, true)) {
      log.error(
          "Webex refuses our token; every room waits, and nothing is lost. explanation={}",
          explanation);
    }
  }

  /** Webex knows us: it has looked at a message, whatever it made of it. */
  void known() {
    if (isRefused.compareAndSet(true, false)) {
      log.info("Webex takes our token again; the rooms are told what has waited.");
    }
  }

  /** Whether the message is still ours to send; another process may have taken it over. */
  public boolean isOurs(Delivery delivery) {
    boolean ours = outbox.keep(delivery);
    if (!ours) {
      log.info("A message was taken over by another process. key={}", delivery.key());
    }
    return ours;
  }

  /** What to post to Webex. */
  public byte[] message(Delivery delivery) {
    return WebexPost.of(delivery).body();
  }

  /** What kind of text that is. */
  public String contentType(Delivery delivery) {
    return WebexPost.contentType(delivery);
  }

  public String authorization() {
    return "Bearer " + webexToken.reveal();
  }

  /**
   * What Webex answered to a message that it has taken.
   *
   * <p>Errors: {@link GarbledReplyException} for a 2xx that is no answer of Webex, such as the
   * login page of a proxy: the message was not delivered.
   *
   * @param answer null when it has no body
   */
  public WebexReply accepted(byte @Nullable [] answer) {
    WebexReply reply = WebexReply.of(answer == null ? new byte[0] : answer);
    if (!reply.hasId()) {
      notice.webex().health().called("an answer that is no message of Webex");
      throw new GarbledReplyException(
          "Webex's reply to a message is not a JSON object with an id.");
    }
    notice.webex().health().called("");
    return reply;
  }

  /** Takes note that Webex has taken a message. */
  public void posted(Delivery delivery, WebexReply reply) {
    known();
    if (reply.messageId().isEmpty() && !delivery.isEdit()) {
      log.warn(
          "Webex accepted a message and answered with an id that cannot be used; later messages of"
              + " its group start a new thread. room={} key={}",
          delivery.roomId(),
          delivery.key());
    }
    outbox.sent(delivery, reply.messageId(), reply.trackingId());
    if (!delivery.isEdit()) {
      told(delivery, true);
    }
  }

  /** Shows the message in place of sending it. */
  public void show(Delivery delivery) {
    outbox.sent(delivery, Optional.empty(), Optional.empty());
    told(delivery, false);
  }

  private void told(Delivery delivery, boolean sent) {
    notice.signals().alertSent(delivery.defectCode(), delivery.alerts());
    notice.audience().alerted(delivery.message().summary(), delivery.alerts(), sent);
  }
}
