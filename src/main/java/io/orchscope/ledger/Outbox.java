package io.orchscope.ledger;

import io.orchscope.alert.AlertTimes;
import io.orchscope.alert.Delivery;
import io.orchscope.alert.GroupMessages;
import io.orchscope.secret.SecretMask;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * What rooms are owed, from the decision about a circuit to Webex's answer; it outlives the
 * process.
 *
 * <p>A message is lent to one process at a time. Whoever was gone for longer than the loan finds
 * that it is not theirs any more, and sends nothing.
 */
public final class Outbox {

  /** A message that waits for longer is held up by its room. */
  private static final Duration SOON = Duration.ofSeconds(5);

  private final Ledger ledger;
  private final AlertTimes times;
  private final Planner planner;
  private final Clock clock;
  private final Loans loans;
  private final TurnedBack turnedBack;
  private volatile boolean everything;

  /** How much is on its way, and for how long the oldest of it, in seconds. */
  public record Depth(long alerts, double oldestSeconds) {}

  public Outbox(
      Ledger ledger,
      AlertTimes times,
      GroupMessages words,
      Function<String, String> roomTitles,
      Clock clock) {
    this.ledger = ledger;
    this.times = times;
    this.planner = new Planner(ledger, new Words(times, words, roomTitles));
    this.loans = new Loans(times.messagesPerMinute(), ledger.clocks().steady());
    this.turnedBack = new TurnedBack(ledger, times);
    this.clock = clock;
  }

  /**
   * Turns what is due into messages.
   *
   * @return how many failures are not told since somebody said so, by reason
   */
  public Map<String, Long> plan() {
    if (!ledger.exists()) {
      return Map.of();
    }
    Instant now = clock.instant();
    turnedBack.look(now);
    return planner.plan(now, everything).suppressed();
  }

  /** Whether everything is told now that is owed, due or not: the process is about to end. */
  public void hurry(boolean on) {
    everything = on;
  }

  /** The messages whose time has come, at most one for each room; lent to the caller. */
  public List<Delivery> take() {
    return take(Integer.MAX_VALUE);
  }

  /** The same, and no more than so many. */
  public List<Delivery> take(int most) {
    return ledger.exists()
        ? ledger.transact((handle, circuits) -> loans.take(handle, clock.millis(), most))
        : List.of();
  }

  /** Whether a message is still lent to this process, from now on for a whole loan again. */
  public boolean keep(Delivery delivery) {
    return ledger.transact(
        (handle, circuits) -> loans.extend(handle, delivery.key(), clock.millis()));
  }

  /**
   * Takes note that Webex has taken a message.
   *
   * @param webexId usable id of the message; none where there is none
   */
  public void sent(Delivery delivery, Optional<String> webexId, Optional<String> trackingId) {
    boolean endsOutage = loans.sent(delivery);
    Instant now = clock.instant();
    ledger.transact(
        (handle, circuits) -> {
          int ours =
              handle.execute(
                  "update outbox set state = 'sent', sent_at = ?, webex_id = ?, tracking_id = ?,"
                      + " owner = null, owned_until = 0, reason = null, explanation = null"
                      + " where message_key = ? and state = 'waiting'",
                  now.toEpochMilli(),
                  webexId.orElse(null),
                  trackingId.orElse(null),
                  delivery.key());
          if (ours == 1) {
            handle.execute(
                "update occurrence set alert = 'told', alerted_at = ?, alert_body = null"
                    + " where message_key = ?",
                now.toString(),
                delivery.key());
            circuits.forgetLetter("alert/" + delivery.key());
            if (webexId.isPresent()) {
              NewThread.openWith(handle, delivery);
            }
          }
          if (endsOutage) {
            // In their order, and not when the pause of each is over.
            handle.execute(
                "update outbox set not_before = 0 where state = 'waiting' and owner is null"
                    + " and room_id = ?",
                delivery.roomId());
          }
          return ours == 1;
        });
  }

  /**
   * Takes note that a message was not taken, and that its room may not take others either; it is
   * tried again later unless it is too old. Another message of the room is tried before.
   *
   * @return false when it was given up
   */
  public boolean putBack(Delivery delivery, String reason, String explanation, Instant notBefore) {
    loans.failed(delivery);
    return defer(delivery, reason, explanation, notBefore);
  }

  /**
   * Takes note that a message was not taken, for a reason that concerns no other message: its
   * thread waits, its room goes on.
   *
   * @return false when it was given up
   */
  public boolean defer(Delivery delivery, String reason, String explanation, Instant notBefore) {
    if (clock.instant().isAfter(delivery.plannedAt().plus(times.longestAge()))) {
      giveUp(delivery, "too_old", explanation);
      return false;
    }
    return keepWaiting(delivery, reason, explanation, notBefore);
  }

  /**
   * Takes note that Webex does not know the message any more whose thread a message belongs to. The
   * message waits to be sent at the top of its room, at once, as the first of a new thread.
   */
  public void parentLost(Delivery delivery, String explanation) {
    loans.end(delivery);
    ledger.transact(
        (handle, circuits) ->
            NewThread.after(handle, delivery, loans.owner(), explanation, clock.millis()));
  }

  /** The same for a message that must not get too old, since it is not to blame. */
  public boolean keepWaiting(
      Delivery delivery, String reason, String explanation, Instant notBefore) {
    loans.end(delivery);
    return ledger.transact(
        (handle, circuits) -> {
          // When it was put back tells later whether the clock was.
          handle.execute(
              "update outbox set owner = null, owned_until = ?, not_before = ?, reason = ?,"
                  + " explanation = ? where message_key = ? and owner = ? and state = 'waiting'",
              clock.millis(),
              notBefore.toEpochMilli(),
              reason,
              SecretMask.textWithoutSecrets(explanation),
              delivery.key(),
              loans.owner());
          return true;
        });
  }

  /**
   * Takes note that a message will never be taken: a dead letter, and the next one's turn. Of an
   * edit nothing is kept, for the thread tells the same.
   */
  public void giveUp(Delivery delivery, String reason, String explanation) {
    loans.end(delivery);
    if (delivery.isEdit()) {
      ledger.transact((handle, circuits) -> drop(handle, delivery.key(), reason, explanation));
      return;
    }
    ledger.transact(
        (handle, circuits) ->
            giveUp(
                handle,
                new DeadLetter(
                    "alert/" + delivery.key(),
                    "alert",
                    reason,
                    explanation,
                    delivery.message().summary(),
                    clock.instant(),
                    1)));
  }

  /** Makes a dead letter of a message that waits, and of the alerts that it tells. */
  static boolean giveUp(Handle handle, DeadLetter letter) {
    String key = letter.key().substring("alert/".length());
    int ours =
        handle.execute(
            "update outbox set state = 'dead', owner = null, owned_until = 0, reason = ?,"
                + " explanation = ? where message_key = ? and state = 'waiting'",
            letter.reason(),
            SecretMask.textWithoutSecrets(letter.explanation()),
            key);
    if (ours == 1) {
      handle.execute(
          "update occurrence set alert = 'dead', alert_reason = ? where message_key = ?",
          letter.reason(),
          key);
      DeadLetterBox.write(handle, letter);
    }
    return ours == 1;
  }

  /** Drops an edit that waits. */
  static int drop(Handle handle, String edit, String reason, String explanation) {
    return handle.execute(
        "update outbox set state = 'dropped', owner = null, owned_until = 0, reason = ?,"
            + " explanation = ? where message_key = ? and state = 'waiting'",
        reason,
        SecretMask.textWithoutSecrets(explanation),
        edit);
  }

  /** What is owed or waits. */
  public Depth depth() {
    if (!ledger.exists()) {
      return new Depth(0, 0);
    }
    long now = clock.millis();
    return ledger.transact(
        (handle, circuits) ->
            handle
                .createQuery(
                    "select count(*), min(owed_at) from occurrence"
                        + " where alert in ('owed', 'planned')")
                .map(
                    (row, context) -> {
                      long oldest = row.getLong(2);
                      double age = row.wasNull() ? 0 : Math.max(0, now - oldest) / 1000.0;
                      return new Depth(row.getLong(1), age);
                    })
                .one());
  }

  /**
   * How many alerts and findings are owed, and how many messages wait that may be tried at once.
   */
  public long movable() {
    long soon = clock.millis() + SOON.toMillis();
    return ledger.exists()
        ? ledger.transact(
            (handle, circuits) ->
                handle
                        .createQuery(
                            "select (select count(*) from outbox where state = 'waiting'"
                                + " and not_before <= :soon) + (select count(*) from occurrence"
                                + " where alert = 'owed')")
                        .bind("soon", soon)
                        .mapTo(Long.class)
                        .one()
                    + OwedFindings.number(handle))
        : 0;
  }
}
