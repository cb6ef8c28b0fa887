package io.orchscope.it;

import io.orchscope.alert.GroupKey;
import io.orchscope.defect.Fingerprint;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import java.util.UUID;

/**
 * Fills an empty ledger as if it had been used for 400 days: few circuits and few kinds of errors
 * make most of the failures, a third of which was told; a quarter of the circuits never failed.
 * Circuits and kinds with an odd number do not fail any more in the second half of that time. The
 * same seed makes the same ledger.
 *
 * @param occurrences how many errors; circuits are three tenths of it, groups a two-hundredth
 * @param now when the last of them was found
 */
record LedgerFilling(int occurrences, Instant now) {

  static final Duration SPAN = Duration.ofDays(400);
  static final String PRODUCT = "service_mapper";
  static final String ROOM = "room-1";

  private static final int ROOMS = 16;

  /** Characters of a message or an alert; texts of errors are long. */
  private static final int BODY = 1_200;

  int circuits() {
    return occurrences * 3 / 10;
  }

  int groups() {
    return occurrences / 200;
  }

  int messages() {
    return occurrences / 10;
  }

  static String resourceId(int circuit) {
    return new UUID(circuit * 0x9E3779B97F4A7C15L, circuit).toString();
  }

  static String circuit(int number) {
    return "80.L1XX.%06d..TEST".formatted(number);
  }

  static GroupKey group(int number) {
    return new GroupKey("lab", PRODUCT, "DE-%04d".formatted(1000 + number % 300), error(number));
  }

  static Fingerprint error(int number) {
    // In letters, since digits are masked.
    return Fingerprint.of(
        "an error called "
            + Integer.toString(number, 26)
                .replaceAll("[0-9]", "z$0")
                .chars()
                .mapToObj(c -> String.valueOf((char) (c < 'a' ? c - '0' + 'p' : c)))
                .reduce("", String::concat));
  }

  /** A device of a circuit. */
  static String tid(int circuit) {
    return "T%07dZW".formatted(circuit);
  }

  void fill(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    resources(connection);
    devices(connection);
    groups(connection);
    messages(connection);
    errors(connection);
    exports(connection);
  }

  private void resources(Connection connection) throws SQLException {
    String insert =
        "insert into resource (resource_id, product_type, circuit, orch_state, revision,"
            + " listed_in_poll, decided_revision, outcome, decided_at, settled_in_poll, settled_as,"
            + " listed_at) values (?, ?, ?, ?, 7, ?, 7, ?, ?, ?, ?, ?)";
    try (BatchedRows batch = new BatchedRows(connection, insert)) {
      for (int i = 0; i < circuits(); i++) {
        boolean fails = i < circuits() * 3 / 4;
        String poll = "poll-of-day-" + i % 400;
        Instant at = lastOf(i, circuits());
        batch.row(
            resourceId(i),
            PRODUCT,
            circuit(i),
            fails ? "failed" : "active",
            poll,
            fails ? "defective" : "healthy",
            at.toString(),
            poll,
            fails ? "defective" : "healthy",
            at.toEpochMilli());
      }
    }
  }

  private void devices(Connection connection) throws SQLException {
    try (BatchedRows batch =
        new BatchedRows(connection, "insert into device (tid, resource_id) values (?, ?)")) {
      for (int i = 0; i < circuits(); i++) {
        batch.row(tid(i), resourceId(i));
      }
    }
  }

  private void groups(Connection connection) throws SQLException {
    String insert =
        "insert into failure_group (group_id, environment, product_type, defect_code, fingerprint,"
            + " title, severity, example, state, state_since, owner, note, until_at, first_seen,"
            + " last_seen, failures, circuits, room_id, told_at) values (?, 'lab', ?, ?, ?,"
            + " 'Device cannot be reached', 'major', ?, ?, ?, '', '', ?, ?, ?, 200, 60, ?, ?)";
    String[] states = {"new", "ongoing", "ongoing", "regressed", "resolved", "resolved", "muted"};
    try (BatchedRows batch = new BatchedRows(connection, insert)) {
      for (int i = 0; i < groups(); i++) {
        GroupKey key = group(i);
        String state = i % 50 == 49 ? "acknowledged" : states[i % states.length];
        long last = lastOf(i, groups()).toEpochMilli();
        batch.row(
            key.id(),
            PRODUCT,
            key.defectCode(),
            key.fingerprint().value(),
            "x".repeat(BODY / 2),
            state,
            last,
            state.equals("muted") ? last + Duration.ofDays(7).toMillis() : null,
            now.minus(SPAN).toEpochMilli(),
            last,
            "room-" + i % ROOMS,
            last);
      }
    }
  }

  private void messages(Connection connection) throws SQLException {
    String insert =
        "insert into outbox (message_key, room_id, group_id, kind, body, alerts, sender, state,"
            + " planned_at, place, not_before, attempts, owned_until, sent_at, webex_id) values"
            + " (?, ?, ?, 'root', ?, 3, '', 'sent', ?, 0, 0, 1, 0, ?, ?)";
    Random random = new Random(2);
    try (BatchedRows batch = new BatchedRows(connection, insert)) {
      for (int i = 0; i < messages(); i++) {
        int group = ofThatTime(group(random, groups()), i, messages());
        long at = at(i, messages()).toEpochMilli();
        batch.row(
            messageKey(i),
            "room-" + group % ROOMS,
            group(group).id(),
            "x".repeat(BODY),
            at,
            at,
            "webex-" + i);
      }
    }
  }

  private void errors(Connection connection) throws SQLException {
    String insert =
        "insert into occurrence (occurrence_key, resource_id, product_type, defect_code,"
            + " first_seen, last_seen, times_seen, alerted_at, alert, alert_reason, alert_body,"
            + " group_id, circuit_id, message_key, owed_at, started_at, sender, over_at) values"
            + " (?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    Random random = new Random(3);
    try (BatchedRows batch = new BatchedRows(connection, insert)) {
      for (int i = 0; i < occurrences; i++) {
        int circuit = ofThatTime(circuit(random, circuits() * 3 / 4), i, occurrences);
        GroupKey group = group(ofThatTime(group(random, groups()), i, occurrences));
        Instant at = at(i, occurrences);
        boolean told = i % 10 < 3;
        // The last few are on their way.
        boolean owed = i >= occurrences - 50;
        batch.row(
            resourceId(circuit) + "/" + Long.toHexString(random.nextLong()) + "/" + i % 40,
            resourceId(circuit),
            PRODUCT,
            group.defectCode(),
            at.toString(),
            at.toString(),
            told && !owed ? at.toString() : null,
            owed ? "owed" : told ? "told" : "suppressed",
            told || owed ? null : "acknowledged",
            owed ? "x".repeat(BODY) : null,
            group.id(),
            GroupKey.circuitId(PRODUCT, circuit(circuit)),
            told && !owed ? messageKey((int) ((long) i * messages() / occurrences)) : null,
            at.toEpochMilli(),
            at.minusSeconds(600).toEpochMilli(),
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            i % 5 == 0 ? null : at.plusSeconds(7200).toEpochMilli());
      }
    }
  }

  private void exports(Connection connection) throws SQLException {
    Random random = new Random(4);
    try (BatchedRows batch =
        new BatchedRows(connection, "insert into exported_orchestration values (?, ?, ?)")) {
      for (int i = 0; i < circuits(); i++) {
        batch.row(hex(random, 2), hex(random, 4), at(i, circuits()).toString());
      }
    }
  }

  private static String hex(Random random, int longs) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < longs; i++) {
      text.append("%016x".formatted(random.nextLong()));
    }
    return text.toString();
  }

  private static int ofThatTime(int number, int row, int rows) {
    return row < rows / 2 ? number : number / 2 * 2;
  }

  /** When a circuit or a group was seen last. */
  private Instant lastOf(int number, int all) {
    return number % 2 == 1 ? at(number / 2, all) : at((all + number) / 2, all);
  }

  /** Spread evenly over the days, the last is now. */
  private Instant at(int number, int all) {
    return now.minusMillis(SPAN.toMillis() - SPAN.toMillis() * number / all)
        .truncatedTo(ChronoUnit.MILLIS);
  }

  /** Low numbers often, high ones seldom: a tenth of the groups makes half of the failures. */
  static int group(Random random, int all) {
    return (int) (all * Math.pow(random.nextDouble(), 3.3));
  }

  /** Not as unequal: a tenth of the circuits makes a fifth of them, the worst some hundreds. */
  private static int circuit(Random random, int all) {
    return (int) (all * Math.pow(random.nextDouble(), 1.5));
  }

  private static String messageKey(int number) {
    return new UUID(number * 0x9E3779B97F4A7C15L, ~number).toString();
  }
}
