package io.orchscope.ledger;

import java.sql.PreparedStatement;
import java.time.Clock;

/**
 * Which orchestrations were exported as traces, and with which entries, so that the same is not
 * exported twice by whoever shares the ledger.
 *
 * <p>Claimed before it is exported: a crash in between costs a trace that {@code orchscope replay}
 * cannot tell from an exported one, while the other way round would count spans twice in every
 * figure that a backend makes of them. What nobody took is given back.
 */
public final class ExportedOrchestrations {

  private static final String CLAIM =
      "insert into exported_orchestration (trace_id, entries_sha256, exported_at)"
          + " values (?, ?, ?) on conflict (trace_id, entries_sha256) do nothing";

  private static final String GIVE_BACK = "delete from exported_orchestration where trace_id = ?";

  private final Ledger ledger;
  private final Clock clock;

  public ExportedOrchestrations(Ledger ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /** Whether it is the caller's to export, and nobody's from now on. */
  public boolean claim(String traceId, String entriesSha256) {
    String now = clock.instant().toString();
    return ledger.transact(
        (handle, circuits) -> {
          try (PreparedStatement insert = handle.getConnection().prepareStatement(CLAIM)) {
            insert.setString(1, traceId);
            insert.setString(2, entriesSha256);
            insert.setString(3, now);
            return insert.executeUpdate() == 1;
          }
        });
  }

  /** Lets it be exported again, whatever its entries were. */
  public void giveBack(String traceId) {
    ledger.transact((handle, circuits) -> handle.execute(GIVE_BACK, traceId));
  }
}
