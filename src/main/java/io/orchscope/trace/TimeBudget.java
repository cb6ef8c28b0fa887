package io.orchscope.trace;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * The time that one computation about one circuit may take, checked by the computation itself.
 *
 * <p>A trace comes from a remote system and may hold any number of entries in any order; no order
 * of them may keep a thread for long. Units: the monotonic clock. Not for several threads.
 */
public final class TimeBudget {

  /** 100,000 entries take about a second; only a hostile trace needs more. */
  public static final Duration USUAL = Duration.ofSeconds(10);

  /** Reading the clock costs more than most steps of a computation. */
  private static final int STEPS_PER_LOOK = 512;

  private final Duration limit;
  private final long deadline;
  private final BooleanSupplier stopping;
  private int steps;

  private TimeBudget(Duration limit, BooleanSupplier stopping) {
    this.limit = limit;
    this.deadline = System.nanoTime() + limit.toNanos();
    this.stopping = stopping;
  }

  /** A budget that begins now. */
  public static TimeBudget of(Duration limit) {
    return new TimeBudget(limit, () -> false);
  }

  /** The same for a process that may stop meanwhile, which ends the computation at once. */
  public static TimeBudget of(Duration limit, BooleanSupplier stopping) {
    return new TimeBudget(limit, stopping);
  }

  /**
   * Counts one step of the computation.
   *
   * <p>Errors: {@link OverBudgetException} when the time is used up, the process stops or the
   * thread was interrupted.
   */
  void spend() {
    if (++steps % STEPS_PER_LOOK == 0) {
      check();
    }
  }

  /**
   * Whether the computation may go on, for one whose steps are long.
   *
   * <p>Errors: as of {@link #spend}.
   */
  public void check() {
    if (stopping.getAsBoolean() || Thread.currentThread().isInterrupted()) {
      throw new OverBudgetException(OverBudgetException.Reason.STOPPING, "the process stops");
    }
    if (System.nanoTime() - deadline >= 0) {
      throw new OverBudgetException(
          OverBudgetException.Reason.TIME, "it takes more than " + limit.toMillis() + " ms");
    }
  }
}
