package io.orchscope.ledger;

import io.orchscope.errortest.ErrorTestFinding;
import io.orchscope.errortest.ErrorTestPlan;
import io.orchscope.errortest.Outcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** What tests on errors found: written down once for each error and test, with what is owed. */
public final class ErrorTestFindings {

  /** Nobody is told of an error's tests who is not told of the error. */
  private static final String NOTE =
      "insert into error_test (occurrence_key, test, kind, outcome, body, tested_at, telling)"
          + " select occurrence_key, :test, :kind, :outcome, :body, :tested, case when :told = 0"
          + " then null when group_id is null or alert is null or alert in ('suppressed',"
          + " 'dropped') then 'suppressed' else 'owed' end from occurrence where occurrence_key ="
          + " :key on conflict (occurrence_key, test) do update set kind = excluded.kind, outcome ="
          + " excluded.outcome, body = excluded.body, tested_at = excluded.tested_at, telling ="
          + " excluded.telling, message_key = null where error_test.outcome = 'not-tested'";

  private static final String FINDINGS =
      "select "
          + FindingRow.COLUMNS
          + ", t.message_key from error_test t join occurrence o"
          + " on o.occurrence_key = t.occurrence_key";

  private static final String LATEST_FIRST = " order by t.tested_at desc, t.occurrence_key, t.test";

  private final Ledger ledger;

  /**
   * A finding, and whether its room was told.
   *
   * @param telling owed, planned (its message says whether it waits, was sent or is a dead letter),
   *     suppressed, or none
   * @param messageKey of that message in the outbox
   */
  public record Kept(ErrorTestFinding finding, String telling, Optional<String> messageKey) {}

  public ErrorTestFindings(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * Writes a finding down, and owes its room the words if it is to be told; a finding that is there
   * already stays, unless it says that nothing could be tested.
   *
   * @return false when it was there, or when nobody knows the error
   */
  public boolean note(ErrorTestFinding finding) {
    return ledger.transact(
        (handle, circuits) ->
            handle
                    .createUpdate(NOTE)
                    .bind("key", finding.occurrenceKey())
                    .bind("test", finding.test())
                    .bind("kind", finding.kind().word())
                    .bind("outcome", finding.outcome().word())
                    .bind("body", FindingRow.body(finding))
                    .bind("tested", finding.testedAt().toEpochMilli())
                    .bind("told", finding.isTold() ? 1 : 0)
                    .execute()
                == 1);
  }

  /** Those of some tests that are still to be made on an error. */
  public List<ErrorTestPlan> stillDue(String occurrenceKey, List<ErrorTestPlan> plans) {
    if (plans.isEmpty()) {
      return plans;
    }
    Set<String> made = ledger.look(handle -> made(handle, occurrenceKey));
    return plans.stream().filter(plan -> !made.contains(plan.name())).toList();
  }

  /** What was found about a circuit, the latest first; nothing where there is no ledger yet. */
  public List<Kept> of(String circuit) {
    return list(
        FINDINGS
            + " where o.resource_id in (select resource_id from resource where"
            + CircuitPurge.OF_CIRCUIT
            + ")"
            + LATEST_FIRST,
        "circuit",
        circuit);
  }

  /** What was found about one error. */
  public List<Kept> ofOccurrence(String key) {
    return list(FINDINGS + " where o.occurrence_key = :key" + LATEST_FIRST, "key", key);
  }

  private List<Kept> list(String question, String name, String value) {
    if (!ledger.exists()) {
      return List.of();
    }
    return ledger.look(
        handle -> {
          Query query = handle.createQuery(question).bind(name, value);
          return query.map((row, context) -> kept(row)).list().stream()
              .flatMap(Optional::stream)
              .toList();
        });
  }

  private static Optional<Kept> kept(ResultSet row) throws SQLException {
    String telling = Optional.ofNullable(row.getString("telling")).orElse("none");
    Optional<String> message = Optional.ofNullable(row.getString("message_key"));
    return FindingRow.read(row).map(finding -> new Kept(finding, telling, message));
  }

  private static Set<String> made(Handle handle, String occurrenceKey) {
    return new TreeSet<>(
        handle
            .createQuery(
                "select test from error_test where occurrence_key = :key and outcome <> :open")
            .bind("key", occurrenceKey)
            .bind("open", Outcome.NOT_TESTED.word())
            .mapTo(String.class)
            .list());
  }
}
