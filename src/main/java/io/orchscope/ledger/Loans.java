package io.orchscope.ledger;

import io.orchscope.alert.AlertJson;
import io.orchscope.alert.Delivery;
import io.orchscope.alert.Draft;
import io.orchscope.alert.RoomMessage;
import io.orchscope.alert.WebexMessageId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * Lends messages of the outbox to one process at a time.
 *
 * <p>Whether another process has gone is not left to the wall clock alone, which somebody may turn:
 * whoever is there extends its loans, and that can be seen.
 */
final class Loans {

  /** A process that has not asked for so long is gone, or stands still. */
  static final Duration LENGTH = Duration.ofSeconds(15);

  private final int perMinute;
  private final String owner = UUID.randomUUID().toString();
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();
  private final SignsOfLife others;
  private final LastMinute sent;
  private final RoomBackoff rooms;

  /** A waiting message, without its text. */
  private record Waiting(
      String key,
      String thread,
      long notBefore,
      long attempts,
      Optional<String> owner,
      long ownedUntil) {

    /** An edit waits for earlier edits of its message only; replies do not wait for it. */
    static Waiting of(ResultSet row) throws SQLException {
      String key = row.getString("message_key");
      String parent = Optional.ofNullable(row.getString("parent_key")).orElse(key);
      return new Waiting(
          key,
          isEdit(row) ? "edit/" + parent : parent,
          row.getLong("not_before"),
          row.getLong("attempts"),
          Optional.ofNullable(row.getString("owner")),
          row.getLong("owned_until"));
    }
  }

  /**
   * Loans to this process.
   *
   * @param perMinute how many messages a room gets at most
   */
  Loans(int perMinute, Clock steady) {
    this.perMinute = perMinute;
    this.others = new SignsOfLife(LENGTH, steady);
    this.sent = new LastMinute(steady);
    this.rooms = new RoomBackoff(steady);
  }

  String owner() {
    return owner;
  }

  /**
   * The messages whose time has come, at most one for each room. Those that are under way are lent
   * for longer: whoever asks is there.
   *
   * @param most how many at most
   */
  List<Delivery> take(Handle handle, long now, int most) {
    underWay.forEach(key -> extend(handle, key, now));
    List<String> waiting =
        handle
            .createQuery("select distinct room_id from outbox where state = 'waiting'")
            .mapTo(String.class)
            .list();
    List<Delivery> taken = new ArrayList<>();
    Set<String> lentElsewhere = new HashSet<>();
    for (String room : waiting) {
      boolean mayTry =
          taken.size() < most && !rooms.isPaused(room) && sentLately(handle, room, now) < perMinute;
      if (mayTry) {
        next(handle, room, now, lentElsewhere).ifPresent(taken::add);
      }
    }
    others.forgetAllBut(lentElsewhere);
    return taken;
  }

  private long sentLately(Handle handle, String room, long now) {
    return Math.max(sent.to(room), LastMinute.to(handle, room, now));
  }

  /**
   * The first message whose thread does not wait. Nothing overtakes in a thread, and a room gets
   * one message at a time.
   */
  private Optional<Delivery> next(Handle handle, String room, long now, Set<String> lentElsewhere) {
    List<Waiting> waiting =
        handle
            .createQuery(
                "select message_key, parent_key, kind, not_before, attempts, owner, owned_until"
                    + " from outbox where state = 'waiting' and room_id = :room"
                    + " order by planned_at, place, message_key")
            .bind("room", room)
            .map((row, context) -> Waiting.of(row))
            .list();
    long lent = waiting.stream().filter(each -> isLent(each, now, lentElsewhere)).count();
    if (lent > 0) {
      return Optional.empty();
    }
    Set<String> threads = new HashSet<>();
    List<Waiting> due = new ArrayList<>();
    for (Waiting each : waiting) {
      if (threads.add(each.thread()) && each.notBefore() <= now) {
        due.add(each);
      }
    }
    if (rooms.isInTrouble(room)) {
      // Another message shows whether the trouble is about one message or about all of them.
      due.sort(Comparator.comparingLong(Waiting::attempts));
    }
    for (Waiting each : due) {
      Optional<Delivery> borrowed = borrow(handle, each, now);
      if (borrowed.isPresent()) {
        return borrowed;
      }
    }
    return Optional.empty();
  }

  /** Whether a process that is there has it. */
  private boolean isLent(Waiting message, long now, Set<String> lentElsewhere) {
    if (underWay.contains(message.key())) {
      return true;
    }
    if (message.owner().isEmpty()) {
      return false;
    }
    lentElsewhere.add(message.key());
    return !others.hasGone(message.key(), message.ownedUntil(), message.ownedUntil() <= now);
  }

  /**
   * Borrows a message. Its parent is the message that its group's thread hangs from now, if its own
   * is lost.
   */
  private Optional<Delivery> borrow(Handle handle, Waiting judged, long now) {
    return handle
        .createQuery(
            "select o.*, p.webex_id as parent_id, t.webex_id as thread_id, g.defect_code"
                + " from outbox o left join outbox p on p.message_key = o.parent_key"
                + " left join failure_group g on g.group_id = o.group_id"
                + " left join outbox t on t.message_key = g.thread_key"
                + " and t.message_key <> o.message_key"
                + " where o.message_key = :key and o.state = 'waiting'"
                // Another process may have leased it since it was judged to be free.
                + " and o.owned_until = :until")
        .bind("key", judged.key())
        .bind("until", judged.ownedUntil())
        .map((row, context) -> borrow(handle, row, now))
        .findOne()
        .flatMap(Function.identity());
  }

  private Optional<Delivery> borrow(Handle handle, ResultSet row, long now) throws SQLException {
    String key = row.getString("message_key");
    if (isEdit(row) && usable(row, "parent_id").isEmpty()) {
      Outbox.drop(handle, key, "no-message", "The edited message has no usable id in Webex.");
      return Optional.empty();
    }
    Optional<RoomMessage> message = message(handle, row, key, now);
    if (message.isEmpty()) {
      return Optional.empty();
    }
    Delivery delivery = delivery(row, key, message.get());
    int borrowed =
        handle.execute(
            "update outbox set owner = ?, owned_until = ?, attempts = attempts + 1"
                + " where message_key = ? and owned_until = ? and state = 'waiting'",
            owner,
            now + LENGTH.toMillis(),
            key,
            row.getLong("owned_until"));
    if (borrowed != 1) {
      return Optional.empty();
    }
    underWay.add(key);
    return Optional.of(delivery);
  }

  /** What it says; a message that nobody can read would hold its room up for ever. */
  private static Optional<RoomMessage> message(Handle handle, ResultSet row, String key, long now)
      throws SQLException {
    try {
      return Optional.of(AlertJson.readMessage(row.getString("body")));
    } catch (IllegalStateException unreadable) {
      Outbox.giveUp(
          handle,
          new DeadLetter(
              "alert/" + key,
              "alert",
              "unreadable",
              String.valueOf(unreadable.getMessage()),
              "",
              Instant.ofEpochMilli(now),
              1));
      return Optional.empty();
    }
  }

  private static Delivery delivery(ResultSet row, String key, RoomMessage message)
      throws SQLException {
    boolean edits = isEdit(row);
    Optional<String> own = usable(row, "parent_id");
    boolean hangs = row.getString("parent_key") != null;
    return new Delivery(
        key,
        row.getString("room_id"),
        edits || !hangs ? Optional.empty() : own.isPresent() ? own : usable(row, "thread_id"),
        own.filter(id -> edits),
        message,
        row.getLong("alerts"),
        Optional.ofNullable(row.getString("defect_code")).orElse(""),
        row.getString("sender"),
        row.getLong("attempts") + 1,
        Instant.ofEpochMilli(row.getLong("planned_at")));
  }

  private static boolean isEdit(ResultSet row) throws SQLException {
    return Draft.Kind.EDIT.word().equals(row.getString("kind"));
  }

  /** An id that was stored before ids were checked may be unusable. */
  private static Optional<String> usable(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column))
        .flatMap(WebexMessageId::of)
        .map(WebexMessageId::value);
  }

  /** Lends it for a whole loan again, from now on; answers false when it is lent to another. */
  boolean extend(Handle handle, String key, long now) {
    boolean ours =
        handle.execute(
                "update outbox set owned_until = ? where message_key = ? and owner = ?"
                    + " and state = 'waiting'",
                now + LENGTH.toMillis(),
                key,
                owner)
            == 1;
    if (!ours) {
      underWay.remove(key);
    }
    return ours;
  }

  /** Its room has taken it; answers whether this ends an outage that held several messages. */
  boolean sent(Delivery delivery) {
    sent.note(delivery.roomId());
    end(delivery);
    return rooms.succeeded(delivery.roomId());
  }

  /** Its room has not taken it, and may not take others either. */
  void failed(Delivery delivery) {
    rooms.failed(delivery.roomId());
  }

  /** It is over with the message, well or not; unless that was written down, its loan runs out. */
  void end(Delivery delivery) {
    underWay.remove(delivery.key());
  }
}
