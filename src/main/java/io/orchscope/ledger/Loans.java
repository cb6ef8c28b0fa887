package io.orchscope.ledger;

import io.orchscope.alert.AlertJson;
import io.orchscope.alert.Delivery;
import io.orchscope.alert.Draft;
import io.orchscope.alert.RoomMessage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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

  /**
   * Loans to this process.
   *
   * @param perMinute how many messages a room gets at most
   */
  Loans(int perMinute, Clock steady) {
    this.perMinute = perMinute;
    this.others = new SignsOfLife(LENGTH, steady);
    this.sent = new LastMinute(steady);
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
    List<String> rooms =
        handle
            .createQuery("select distinct room_id from outbox where state = 'waiting'")
            .mapTo(String.class)
            .list();
    List<Delivery> taken = new ArrayList<>();
    Set<String> lentElsewhere = new HashSet<>();
    for (String room : rooms) {
      if (taken.size() < most && sentLately(handle, room, now) < perMinute) {
        first(handle, room, now, lentElsewhere).ifPresent(taken::add);
      }
    }
    others.forgetAllBut(lentElsewhere);
    return taken;
  }

  private long sentLately(Handle handle, String room, long now) {
    return Math.max(sent.to(room), LastMinute.to(handle, room, now));
  }

  /** Only the first, so that nothing overtakes in a room. */
  private Optional<Delivery> first(
      Handle handle, String room, long now, Set<String> lentElsewhere) {
    return handle
        .createQuery(
            "select o.*, p.webex_id as parent_id, g.defect_code from outbox o"
                + " left join outbox p on p.message_key = o.parent_key"
                + " left join failure_group g on g.group_id = o.group_id"
                + " where o.state = 'waiting' and o.room_id = :room"
                + " order by o.planned_at, o.place, o.message_key limit 1")
        .bind("room", room)
        .map((row, context) -> borrow(handle, row, now, lentElsewhere))
        .findOne()
        .flatMap(Function.identity());
  }

  private Optional<Delivery> borrow(
      Handle handle, ResultSet row, long now, Set<String> lentElsewhere) throws SQLException {
    String key = row.getString("message_key");
    if (!isFree(row, key, now, lentElsewhere)) {
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

  /** Whether its time has come and nobody who is there has it. */
  private boolean isFree(ResultSet row, String key, long now, Set<String> lentElsewhere)
      throws SQLException {
    if (row.getLong("not_before") > now || underWay.contains(key)) {
      return false;
    }
    if (row.getString("owner") == null) {
      return true;
    }
    long until = row.getLong("owned_until");
    lentElsewhere.add(key);
    return others.hasGone(key, until, until <= now);
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
    boolean edits = Draft.Kind.EDIT.word().equals(row.getString("kind"));
    Optional<String> parent = Optional.ofNullable(row.getString("parent_id"));
    return new Delivery(
        key,
        row.getString("room_id"),
        parent.filter(id -> !edits),
        parent.filter(id -> edits),
        message,
        row.getLong("alerts"),
        Optional.ofNullable(row.getString("defect_code")).orElse(""),
        row.getString("sender"),
        row.getLong("attempts") + 1,
        Instant.ofEpochMilli(row.getLong("planned_at")));
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

  /** Its room has taken it. */
  void sent(Delivery delivery) {
    sent.note(delivery.roomId());
    end(delivery);
  }

  /** It is over with the message, well or not; unless that was written down, its loan runs out. */
  void end(Delivery delivery) {
    underWay.remove(delivery.key());
  }
}
