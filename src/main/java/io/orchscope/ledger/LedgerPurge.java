package io.orchscope.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * Removes from the ledger what is older than somebody wants to keep.
 *
 * <p>Never removed: alerts that are owed or planned, what a dead letter is about, resources that
 * are not decided or that a poll has listed since, groups that are acknowledged or muted for
 * longer. In many short transactions, each whole by itself, with a rest after each that is as long,
 * so that polls go on; a crash or an end in between leaves the rest to the next purge.
 */
public final class LedgerPurge {

  /** Rows that the first turn looks at; what follows depends on how long it took. */
  private static final int FIRST_TURN = 100;

  private static final int SHORTEST_TURN = 20;
  private static final int LONGEST_TURN = 500;
  private static final Duration LONG = Duration.ofMillis(25);
  private static final Duration SHORT = Duration.ofMillis(8);

  private final Ledger ledger;
  private final Clock clock;

  public LedgerPurge(Ledger ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * Removes what was seen last before a moment.
   *
   * <p>Errors: {@link LedgerException}; doing it again is safe.
   *
   * @param limit not younger than any poll looks back, or old failures would be found anew
   * @param trial whether all is only counted
   * @param goesOn asked between two turns; no ends it early
   */
  public PurgedRows olderThan(Instant limit, boolean trial, BooleanSupplier goesOn) {
    if (!ledger.exists()) {
      return PurgedRows.NOTHING;
    }
    Sweep.Order order = new Sweep.Order(limit, clock.instant(), trial);
    if (!trial) {
      ledger.transact(
          (handle, circuits) -> {
            Forgotten.before(handle, limit);
            return true;
          });
    }
    Turns turns = new Turns();
    Map<String, Long> rows = new LinkedHashMap<>();
    for (Sweep sweep : Sweep.ALL) {
      rows.put(sweep.word(), turns.through(sweep, order, goesOn));
    }
    if (!trial) {
      ledger.transact((handle, circuits) -> BlindSpots.removeForgotten(handle));
    }
    // Hashes of names, which nobody misses.
    rows.remove(Sweep.NAMES);
    long bytes = trial ? 0 : turns.giveBack(goesOn);
    return new PurgedRows(rows, bytes, turns.longest);
  }

  /** Turns that become shorter when they take long, and longer when they do not. */
  private final class Turns {

    private int size = FIRST_TURN;
    private Duration longest = Duration.ZERO;

    private long through(Sweep sweep, Sweep.Order order, BooleanSupplier goesOn) {
      long rows = 0;
      String after = "";
      size = FIRST_TURN;
      while (goesOn.getAsBoolean()) {
        String from = after;
        Sweep.Turn turn = held((handle, c) -> sweep.turn(handle, from, size, order));
        rows += turn.rows();
        if (turn.last().isEmpty()) {
          return rows;
        }
        after = turn.last().get();
      }
      return rows;
    }

    private long giveBack(BooleanSupplier goesOn) {
      long bytes = 0;
      size = FIRST_TURN;
      while (goesOn.getAsBoolean()) {
        long more = held((handle, circuits) -> ledger.giveBack(handle, size));
        if (more == 0) {
          return bytes;
        }
        bytes += more;
      }
      return bytes;
    }

    private <T> T held(Store.Work<T> work) {
      // Waiting for the others' turn is no holding.
      AtomicLong begun = new AtomicLong();
      T result =
          ledger.transact(
              (handle, circuits) -> {
                begun.set(System.nanoTime());
                return work.on(handle, circuits);
              });
      Duration took = Duration.ofNanos(System.nanoTime() - begun.get());
      longest = took.compareTo(longest) > 0 ? took : longest;
      if (took.compareTo(LONG) > 0) {
        size = Math.max(SHORTEST_TURN, size / 2);
      } else if (took.compareTo(SHORT) < 0) {
        size = Math.min(LONGEST_TURN, size * 2);
      }
      rest(took);
      return result;
    }

    private void rest(Duration time) {
      try {
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new LedgerException("Interrupted while the ledger was purged.", e);
      }
    }
  }
}
