package io.orchscope.step;

import io.orchscope.alert.Alert;
import io.orchscope.alert.AlertPolicy;
import io.orchscope.alert.Room;
import io.orchscope.alert.Rooms;
import io.orchscope.alert.Suppression;
import io.orchscope.alert.TerminalMessage;
import io.orchscope.alert.WebexMessage;
import io.orchscope.alert.WebexReply;
import io.orchscope.defect.Examination;
import io.orchscope.ledger.Ledger;
import io.orchscope.report.Audience;
import io.orchscope.settings.Secret;
import io.orchscope.telemetry.Signals;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the routes of alerts ask: which there are, whether to send them, in which words. */
public final class Alerting {

  private static final Logger log = LoggerFactory.getLogger(Alerting.class);

  private final Rooms rooms;
  private final AlertPolicy policy;
  private final String environment;
  private final Secret webexToken;
  private final Ledger ledger;
  private final Notice notice;

  /** Who hears of alerts besides their rooms. */
  public record Notice(Signals signals, Audience audience, Clock clock) {}

  public Alerting(
      Rooms rooms, String environment, Secret webexToken, Ledger ledger, Notice notice) {
    this.rooms = rooms;
    this.policy = new AlertPolicy(rooms);
    this.environment = environment;
    this.webexToken = webexToken;
    this.ledger = ledger;
    this.notice = notice;
  }

  /** One for each occurrence. */
  public List<Alert> alertsOf(Examination examination) {
    return Alert.of(
        examination, environment, KeepEvidence.currentTraceId(), notice.clock().instant());
  }

  /** Whether the room wants it and has not heard it. */
  public boolean deservesSending(Alert alert) {
    Optional<Suppression> suppression =
        ledger.isNews(alert.key()) ? policy.suppression(alert) : Optional.of(Suppression.REPEATED);
    suppression.ifPresentOrElse(
        why -> notice.signals().alertSuppressed(why.word()),
        () -> notice.signals().alertOwed(alert.key()));
    return suppression.isEmpty();
  }

  /** The JSON to post to Webex. */
  public String message(Alert alert) {
    return WebexMessage.of(alert, rooms.roomOf(alert)).json();
  }

  public String authorization() {
    return "Bearer " + webexToken.reveal();
  }

  /** Takes note of Webex's answer. */
  public Alert posted(Alert alert, byte[] answer) {
    WebexReply reply = WebexReply.of(new String(answer, StandardCharsets.UTF_8));
    log.debug("Webex took a message. key={} reply={}", alert.key(), reply);
    Room room = rooms.roomOf(alert);
    notice.audience().alerted(TerminalMessage.plain(alert, room, true), true);
    return alert;
  }

  /** Shows the alert in place of sending it. */
  public Alert show(Alert alert) {
    notice.audience().alerted(TerminalMessage.plain(alert, rooms.roomOf(alert), false), false);
    return alert;
  }

  /** Takes note that the room was told. */
  public Alert sent(Alert alert) {
    ledger.alerted(alert.key());
    notice.signals().alertSent(alert.key(), alert.defectCode());
    return alert;
  }
}
