package io.orchscope.ledger;

import io.orchscope.circuit.Device;
import io.orchscope.circuit.Resource;
import io.orchscope.defect.Examination;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * What the ledger asks and says once per circuit, prepared once.
 *
 * <p>JDBI makes its statements anew each time, which is nothing for a command and was a tenth of a
 * circuit's processor time here. For one thread at a time, inside a transaction of the caller.
 */
final class CircuitWrites {

  /** What the ledger knows of a resource; the revision is -1 while none is decided. */
  record Seen(String poll, long decided) {}

  private static final int LONGEST_WHY = 400;
  private static final int LONGEST_TID = 100;

  private final PreparedStatement anyForgotten;
  private final PreparedStatement forgotten;
  private final PreparedStatement seen;
  private final PreparedStatement claim;
  private final PreparedStatement settle;
  private final PreparedStatement forgetLetter;
  private final PreparedStatement device;

  CircuitWrites(Connection connection) throws SQLException {
    anyForgotten = connection.prepareStatement("select 1 from forgotten limit 1");
    forgotten =
        connection.prepareStatement(
            "select 1 from forgotten where resource_sha256 = ? and decided_revision = ?");
    seen =
        connection.prepareStatement(
            "select listed_in_poll, coalesce(decided_revision, -1) from resource"
                + " where resource_id = ?");
    claim =
        connection.prepareStatement(
            "insert into resource"
                + " (resource_id, product_type, circuit, orch_state, revision, listed_in_poll,"
                + " listed_at) values (?, ?, ?, ?, ?, ?, ?)"
                + " on conflict (resource_id) do update set circuit = excluded.circuit,"
                + " orch_state = excluded.orch_state, revision = excluded.revision,"
                + " listed_in_poll = excluded.listed_in_poll,"
                + " listed_at = excluded.listed_at");
    settle =
        connection.prepareStatement(
            "update resource set decided_revision = ?, outcome = ?, decided_at = ?,"
                + " settled_in_poll = ?, settled_as = ?, why = ? where resource_id = ?"
                + " and listed_in_poll = ?");
    device =
        connection.prepareStatement(
            "insert into device (tid, resource_id) select ?, resource_id from resource"
                + " where resource_id = ? on conflict do nothing");
    forgetLetter = connection.prepareStatement("delete from dead_letter where letter_key = ?");
  }

  Optional<Seen> seen(Resource resource) throws SQLException {
    seen.setString(1, resource.id().value());
    try (ResultSet row = seen.executeQuery()) {
      return row.next()
          ? Optional.of(new Seen(row.getString(1), row.getLong(2)))
          : Optional.empty();
    }
  }

  /** Whether resources were removed by name at all; mostly there are none. */
  boolean anyForgotten() throws SQLException {
    try (ResultSet row = anyForgotten.executeQuery()) {
      return row.next();
    }
  }

  /** Whether this revision was decided before its circuit was removed by name. */
  boolean isForgotten(Resource resource) throws SQLException {
    forgotten.setString(1, Forgotten.sha256(resource.id().value()));
    forgotten.setLong(2, resource.revision());
    try (ResultSet row = forgotten.executeQuery()) {
      return row.next();
    }
  }

  void claim(Resource resource, String pollId, long now) throws SQLException {
    claim.setString(1, resource.id().value());
    claim.setString(2, resource.productType());
    claim.setString(3, resource.circuit().value());
    claim.setString(4, resource.orchState().wire());
    claim.setLong(5, resource.revision());
    claim.setString(6, pollId);
    claim.setLong(7, now);
    claim.executeUpdate();
  }

  /** Answers false when a later poll has listed the resource: the decision is not ours any more. */
  boolean settle(Examination examination, String now) throws SQLException {
    Resource resource = examination.resource();
    String outcome = examination.outcome().word();
    // What is not terminal is looked at again even if its revision stays.
    settle.setLong(1, resource.orchState().isTerminal() ? resource.revision() : -1);
    settle.setString(2, outcome);
    settle.setString(3, now);
    settle.setString(4, examination.pollId());
    settle.setString(5, outcome);
    settle.setString(6, examination.unreadable().map(CircuitWrites::oneLine).orElse(null));
    settle.setString(7, resource.id().value());
    settle.setString(8, examination.pollId());
    for (Device named : resource.devices()) {
      device.setString(1, brief(named.tid().value()));
      device.setString(2, resource.id().value());
      device.executeUpdate();
    }
    return settle.executeUpdate() == 1 || seen(resource).isEmpty();
  }

  private static String brief(String tid) {
    return tid.substring(0, Math.min(tid.length(), LONGEST_TID)).replace('\0', ' ');
  }

  private static String oneLine(String why) {
    return why.substring(0, Math.min(why.length(), LONGEST_WHY)).replace('\0', ' ');
  }

  void forgetLetter(String key) throws SQLException {
    forgetLetter.setString(1, key);
    forgetLetter.executeUpdate();
  }
}
