package io.orchscope.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.alert.GroupKey;
import io.orchscope.defect.Fingerprint;
import java.sql.Connection;
import java.time.Clock;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.migration.Context;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A ledger of an earlier version, in which texts still hold secrets. */
abstract class MaskKeptTextsTest {

  private static final String SECRET = "MDSO | login with password=hunter2x refused";
  private static final String OTHER = "MDSO | login with password=Zebra-of-svc refused";
  private static final String CLEAN = "MDSO | login with password=*** refused";

  private Ledger ledger;

  abstract LedgerPlace place();

  @BeforeEach
  void open() {
    ledger = new Ledger(place(), Clock.systemUTC());
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void masksTextsAndCarriesTheStateOfGroupsToTheirNewName() {
    String id = id(SECRET);
    ledger.transact(
        (handle, circuits) -> {
          group(handle, SECRET, "muted", "ada", 3);
          group(handle, OTHER, "ongoing", "", 2);
          group(handle, "commit failed", "new", "", 1);
          handle.execute(
              "insert into dead_letter values ('circuit/r1', 'circuit', 'server', ?, '', 'x', 1)",
              "refused: token=abc123");
          handle.execute(
              "insert into occurrence (occurrence_key, resource_id, product_type, defect_code,"
                  + " first_seen, last_seen, times_seen, group_id, circuit_id, alert_body)"
                  + " values ('k', 'r1', 'p', 'UNCLASSIFIED', 'x', 'x', 1, ?, 'c', ?)",
              id,
              "{\"error_text\":\"" + SECRET + "\",\"n\":1}");
          return true;
        });

    migrate();
    migrate();

    String now = id(CLEAN);
    assertThat(now).isNotEqualTo(id);
    ledger.transact(
        (handle, circuits) -> {
          GroupRow row = FailureNotes.find(handle, now).orElseThrow();
          assertThat(row.standing().state().word()).isEqualTo("muted");
          assertThat(row.standing().owner()).isEqualTo("ada");
          assertThat(row.failures()).isEqualTo(5);
          assertThat(
                  text(handle, "select example from failure_group where group_id = '" + now + "'"))
              .isEqualTo(CLEAN);
          assertThat(text(handle, "select count(*) from failure_group")).isEqualTo("2");
          assertThat(text(handle, "select explanation from dead_letter"))
              .isEqualTo("refused: token=***");
          assertThat(text(handle, "select alert_body from occurrence"))
              .isEqualTo("{\"error_text\":\"" + CLEAN + "\",\"n\":1}");
          assertThat(text(handle, "select group_id from occurrence")).isEqualTo(now);
          return true;
        });
  }

  @Test
  void masksMoreTextsThanOneBatchHolds() {
    int letters = 2 * MaskKeptTexts.BATCH + 1;
    ledger.transact(
        (handle, circuits) -> {
          for (int letter = 0; letter < letters; letter++) {
            handle.execute(
                "insert into dead_letter values (?, 'circuit', 'server', ?, '', 'x', 1)",
                "circuit/" + letter,
                "refused: token=abc" + letter);
            handle.execute(
                "insert into audit (changed_at, place, who, verb, what, note)"
                    + " values (?, ?, 'ada', 'mute', 'g', 'password=abc')",
                letter / 2,
                letter % 2);
          }
          return true;
        });

    migrate();

    ledger.transact(
        (handle, circuits) -> {
          assertThat(text(handle, "select count(*) from dead_letter where explanation like '%***'"))
              .isEqualTo(Integer.toString(letters));
          assertThat(text(handle, "select count(*) from audit where note = 'password=***'"))
              .isEqualTo(Integer.toString(letters));
          return true;
        });
  }

  private void migrate() {
    ledger.transact(
        (handle, circuits) -> {
          new MaskKeptTexts().migrate(new Now(handle.getConnection()));
          return true;
        });
  }

  private record Now(Connection connection) implements Context {

    @Override
    public Configuration getConfiguration() {
      throw new IllegalStateException("The migration has no settings.");
    }

    @Override
    public Connection getConnection() {
      return connection;
    }
  }

  private static String text(Handle handle, String question) {
    return handle.createQuery(question).mapTo(String.class).one();
  }

  private static String id(String error) {
    return new GroupKey("lab", "p", "UNCLASSIFIED", Fingerprint.of(error)).id();
  }

  private static void group(
      Handle handle, String error, String state, String owner, long failures) {
    handle.execute(
        "insert into failure_group (group_id, environment, product_type, defect_code, fingerprint,"
            + " title, severity, example, state, state_since, owner, note, first_seen, last_seen,"
            + " failures, circuits, room_id) values (?, 'lab', 'p', 'UNCLASSIFIED', ?, 't',"
            + " 'major', ?, ?, 1, ?, '', 1, 1, ?, 1, 'room')",
        id(error),
        Fingerprint.of(error).value(),
        error,
        state,
        owner,
        failures);
  }
}
