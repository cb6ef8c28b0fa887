package io.orchscope.ledger;

import io.orchscope.alert.Draft;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Which reports were made, so that each is made once, whichever process looks first. */
public final class ReportRuns {

  private final Ledger ledger;

  public ReportRuns(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * For which moment a report was made last.
   *
   * <p>A report that is new is taken to have been made a moment ago: its past is not made up for.
   */
  public Instant last(String name) {
    long now = ledger.clock().millis();
    return ledger.transact(
        (handle, circuits) -> {
          handle.execute(
              "insert into report_run (report_name, due_at) values (?, ?)"
                  + " on conflict (report_name) do nothing",
              name,
              now);
          return Instant.ofEpochMilli(
              handle
                  .createQuery("select due_at from report_run where report_name = :name")
                  .bind("name", name)
                  .mapTo(Long.class)
                  .one());
        });
  }

  /**
   * Takes note that a report is made, and of what its room is owed, both or nothing.
   *
   * @param drafts the first, and what hangs below it
   * @return false when somebody else has made it
   */
  public boolean send(
      String name, Instant last, Instant due, String roomId, List<Draft> drafts, String sender) {
    return ledger.transact(
        (handle, circuits) -> {
          int ours =
              handle.execute(
                  "update report_run set due_at = ? where report_name = ? and due_at = ?",
                  due.toEpochMilli(),
                  name,
                  last.toEpochMilli());
          if (ours == 1) {
            send(handle, roomId, drafts, sender);
          }
          return ours == 1;
        });
  }

  /** Owes a room a report that somebody asked for. */
  public void send(String roomId, List<Draft> drafts, String sender) {
    ledger.transact((handle, circuits) -> send(handle, roomId, drafts, sender));
  }

  private int send(Handle handle, String roomId, List<Draft> drafts, String sender) {
    Optional<String> first = Optional.empty();
    int place = 0;
    for (Draft draft : drafts) {
      Envelope envelope =
          new Envelope(roomId, Optional.empty(), first, sender, ledger.clock().instant(), place++);
      String key = envelope.send(handle, draft);
      first = first.or(() -> Optional.of(key));
    }
    return place;
  }
}
