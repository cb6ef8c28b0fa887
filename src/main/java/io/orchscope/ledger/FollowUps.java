package io.orchscope.ledger;

import io.orchscope.secret.SecretMask;
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
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import org.jdbi.v3.core.Handle;

/**
 * What is to be done for circuits after they were decided; it outlives the process.
 *
 * <p>A follow-up is owed in the transaction that decides its circuit, lent to one process at a
 * time, and owed until it is complete or too old. Whoever was gone for longer than a loan finds
 * that it is not theirs any more, and what they note is not taken.
 */
public final class FollowUps {

  /** A process that has not asked for so long is gone, or stands still. */
  private static final Duration LOAN = Duration.ofSeconds(60);

  private static final String DUE =
      "select * from follow_up where state = 'owed' and (due_at <= :now or due_at > :latest)"
          + " and (:again = 1 or tries = 0 or due_at <= :begun)";

  private static final String FREE =
      DUE + " and owner is null order by due_at, evidence limit :most";

  private static final String LENT =
      DUE + " and owner is not null order by due_at, evidence limit :most";

  /** So many that are lent are looked at, whether those who have them are still there. */
  private static final int LOOKED_AT = 1_000;

  private final Ledger ledger;
  private final FollowUpTimes times;
  private final Clock clock;
  private final String owner = UUID.randomUUID().toString();
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();
  private final SignsOfLife others;
  private final long begun;
  private final Object freed = new Object();
  private volatile boolean triesAgain = true;

  /** Those of this process. */
  public FollowUps(Ledger ledger, FollowUpTimes times) {
    this.ledger = ledger;
    this.times = times;
    this.clock = ledger.clock();
    this.begun = clock.millis();
    this.others = new SignsOfLife(LOAN, ledger.clocks().steady());
  }

  /**
   * From now on takes no follow-up that this process has tried, also when it is due again: a
   * command ends although the first tries take longer than the pause before the second.
   */
  public void tryEachOnce() {
    triesAgain = false;
  }

  /**
   * Those whose time has come, the longest due first; lent to the caller. What is under way here is
   * lent for longer: whoever asks is there.
   *
   * @param most how many may be under way here at a time
   */
  public List<FollowUp> take(int most) {
    if (!ledger.exists()) {
      return List.of();
    }
    List<FollowUp> taken =
        ledger.transact((handle, circuits) -> take(handle, clock.millis(), most));
    // Not before it is certain: nobody would work on what was not handed out.
    taken.forEach(followUp -> underWay.add(followUp.evidence()));
    return taken;
  }

  private List<FollowUp> take(Handle handle, long now, int most) throws SQLException {
    for (String evidence : underWay) {
      extend(handle, evidence, now);
    }
    int free = most - underWay.size();
    List<FollowUp> taken = new ArrayList<>();
    if (free <= 0) {
      return taken;
    }
    Set<String> lentElsewhere = new HashSet<>();
    List<FollowUp> found = new ArrayList<>();
    found.addAll(due(handle, LENT, LOOKED_AT, now, lentElsewhere));
    found.addAll(due(handle, FREE, free, now, lentElsewhere));
    for (FollowUp followUp : found) {
      if (taken.size() < free && lend(handle, followUp, now)) {
        taken.add(followUp);
      }
    }
    others.forgetAllBut(lentElsewhere);
    return taken;
  }

  private List<FollowUp> due(
      Handle handle, String query, int most, long now, Set<String> lentElsewhere) {
    return handle
        .createQuery(query)
        .bind("now", now)
        // No pause is that long: the clock was put back.
        .bind("latest", now + 2 * times.longestPause().toMillis())
        .bind("again", triesAgain ? 1 : 0)
        .bind("begun", begun)
        .bind("most", most)
        .map((row, context) -> borrow(row, now, lentElsewhere))
        .list()
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  /** The row as a follow-up, unless somebody who is there has it. */
  private Optional<FollowUp> borrow(ResultSet row, long now, Set<String> lentElsewhere)
      throws SQLException {
    String evidence = row.getString("evidence");
    if (underWay.contains(evidence)) {
      return Optional.empty();
    }
    if (row.getString("owner") != null) {
      long until = row.getLong("owned_until");
      lentElsewhere.add(evidence);
      if (!others.hasGone(evidence, until, until <= now)) {
        return Optional.empty();
      }
    }
    return Optional.of(followUp(row).triedAgain());
  }

  private boolean lend(Handle handle, FollowUp followUp, long now) {
    return handle.execute(
            "update follow_up set owner = ?, owned_until = ?, tries = ?"
                + " where evidence = ? and state = 'owed' and tries = ?",
            owner,
            now + LOAN.toMillis(),
            followUp.tries(),
            followUp.evidence(),
            followUp.tries() - 1)
        == 1;
  }

  private void extend(Handle handle, String evidence, long now) {
    int ours =
        handle.execute(
            "update follow_up set owned_until = ? where evidence = ? and owner = ?"
                + " and state = 'owed'",
            now + LOAN.toMillis(),
            evidence,
            owner);
    if (ours != 1) {
      underWay.remove(evidence);
    }
  }

  /** Whether a follow-up is still lent to this process, from now on for a whole loan again. */
  public boolean keep(FollowUp followUp) {
    ledger.transact(
        (handle, circuits) -> {
          extend(handle, followUp.evidence(), clock.millis());
          return true;
        });
    return isUnderWay(followUp);
  }

  boolean isUnderWay(FollowUp followUp) {
    return underWay.contains(followUp.evidence());
  }

  /** Whether what is missing now will not be looked for again. */
  public boolean isLast(FollowUp followUp) {
    return clock.instant().isAfter(followUp.owedAt().plus(times.longestAge()));
  }

  /** Takes note that all has been done that can be. */
  public void complete(FollowUp followUp, String missing) {
    end(followUp, "complete", missing);
  }

  /**
   * Takes note that something is missing; it is tried again later unless it is too old.
   *
   * @return false when it was given up
   */
  public boolean putBack(FollowUp followUp, String missing) {
    if (isLast(followUp)) {
      end(followUp, "given-up", missing);
      return false;
    }
    long due = clock.millis() + times.after(followUp.tries()).toMillis();
    letGo(
        followUp,
        handle ->
            handle.execute(
                "update follow_up set owner = null, owned_until = 0, due_at = ?, missing = ?"
                    + " where evidence = ? and owner = ? and state = 'owed'",
                due,
                SecretMask.textWithoutSecrets(missing),
                followUp.evidence(),
                owner));
    return true;
  }

  private void end(FollowUp followUp, String state, String missing) {
    long now = clock.millis();
    letGo(
        followUp,
        handle ->
            handle.execute(
                "update follow_up set owner = null, owned_until = 0, state = ?, missing = ?,"
                    + " ended_at = ? where evidence = ? and owner = ? and state = 'owed'",
                state,
                SecretMask.textWithoutSecrets(missing),
                now,
                followUp.evidence(),
                owner));
  }

  /** What the ledger does not take is lent until the loan is over, and then anybody's. */
  private void letGo(FollowUp followUp, ToIntFunction<Handle> note) {
    try {
      ledger.transact((handle, circuits) -> note.applyAsInt(handle));
    } finally {
      underWay.remove(followUp.evidence());
      wake();
    }
  }

  /** Waits until fewer are under way here than may be; returns whether that is so in time. */
  public boolean awaitFree(int most, Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    synchronized (freed) {
      while (underWay.size() >= most) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        TimeUnit.NANOSECONDS.timedWait(freed, left);
      }
    }
    return true;
  }

  /** Lets those look again that wait for a free place. */
  private void wake() {
    synchronized (freed) {
      freed.notifyAll();
    }
  }

  /**
   * What is still to be done. A follow-up that this process has tried and put back does not count
   * as due when its pause is over: with many of them there is always one, and no end.
   */
  public FollowUpBacklog backlog() {
    if (!ledger.exists()) {
      return FollowUpBacklog.NONE;
    }
    long now = clock.millis();
    Set<String> here = Set.copyOf(underWay);
    return ledger.look(
        handle ->
            handle
                .createQuery(
                    "select sum(case when is_free = 1 and is_due = 1 then 1 else 0 end) as due,"
                        + " sum(case when is_free = 0 then 1 else 0 end) as elsewhere,"
                        + " sum(case when is_free = 0 and owned_until <= :unrenewed"
                        + " then 1 else 0 end) as silent,"
                        + " sum(case when is_free = 1 and is_due = 0 then 1 else 0 end) as later,"
                        + " min(case when is_free = 1 and is_due = 0 then due_at end) as next_due"
                        + " from (select due_at, owned_until,"
                        + " case when owner is null or owned_until <= :now then 1 else 0 end"
                        + " as is_free, case when due_at <= :begun or (tries = 0 and"
                        + " due_at <= :now) then 1 else 0 end as is_due"
                        + " from follow_up where state = 'owed'"
                        + " and (owner is null or owner <> :owner)) waiting")
                .bind("now", now)
                .bind("begun", begun)
                .bind("unrenewed", begun + LOAN.toMillis())
                .bind("owner", owner)
                .map(
                    (row, context) -> {
                      long next = row.getLong("next_due");
                      Optional<Instant> due =
                          row.wasNull()
                              ? Optional.empty()
                              : Optional.of(Instant.ofEpochMilli(next));
                      return new FollowUpBacklog(
                          row.getLong("due"),
                          here.size(),
                          row.getLong("elsewhere"),
                          row.getLong("silent"),
                          row.getLong("later"),
                          due,
                          due.map(moment -> missing(handle, next)).orElse(""));
                    })
                .one());
  }

  private static String missing(Handle handle, long dueAt) {
    return handle
        .createQuery(
            "select missing from follow_up where state = 'owed' and due_at = :due"
                + " order by evidence limit 1")
        .bind("due", dueAt)
        .mapTo(String.class)
        .findOne()
        .orElse("");
  }

  static FollowUp followUp(ResultSet row) throws SQLException {
    return new FollowUp(
        row.getString("evidence"),
        row.getString("product_type"),
        row.getString("resource_id"),
        row.getString("circuit"),
        row.getString("sender"),
        Instant.ofEpochMilli(row.getLong("owed_at")),
        row.getInt("tries"));
  }
}
