package io.orchscope.ledger;

import io.orchscope.alert.AlertTimes;
import io.orchscope.alert.OwedAlert;
import io.orchscope.circuit.Resource;
import io.orchscope.defect.Examination;
import io.orchscope.defect.Occurrence;
import io.orchscope.defect.Outcome;
import io.orchscope.mdso.Poll;
import io.orchscope.settings.Clocks;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * What was seen of each resource and what was decided about it, in SQLite or PostgreSQL.
 *
 * <p>A revision counts as decided only when its circuit has been worked on to the end, so that a
 * crash repeats work rather than losing it. Errors: {@link LedgerException} that names the place,
 * when it cannot be used.
 */
public final class Ledger implements AutoCloseable {

  /** What a transaction answers that has nothing to say. */
  private static final Boolean DONE = true;

  /** Why an alert is not told that another process tells. */
  private static final String SUPERSEDED = "superseded";

  /** So many resources of a page are claimed at once; circuits are decided in between. */
  private static final int TURN = 50;

  private static final Duration PROBE_PATIENCE = Duration.ofMillis(1_500);

  private final Store store;
  private final WriteHealth writes;
  private final Clock clock;
  private final Clocks clocks;

  /** A ledger that is opened, and made where there is none, when it is first asked. */
  public Ledger(LedgerPlace place, Clocks clocks) {
    this.store = place.store();
    this.clocks = clocks;
    this.clock = clocks.wall();
    this.writes = new WriteHealth(clock);
  }

  /** The same for a short while, in which nobody turns the clock. */
  public Ledger(LedgerPlace place, Clock clock) {
    this(place, Clocks.both(clock));
  }

  <T> T transact(Store.Work<T> work) {
    return writes.watch(store, work);
  }

  /**
   * Why the ledger cannot be written now; nothing when it can. Waits for locks, but no longer than
   * a look at the health of the whole may take.
   */
  public Optional<String> trouble() {
    return writes.trouble(store, PROBE_PATIENCE);
  }

  <T> T look(Store.Look<T> question) {
    return store.look(question);
  }

  boolean comparesBytes() {
    return store.comparesBytes();
  }

  long giveBack(Handle handle, int pages) throws SQLException {
    return store.giveBack(handle, pages);
  }

  Clock clock() {
    return clock;
  }

  Clocks clocks() {
    return clocks;
  }

  /** Whether there is one already; asking one that is not there makes it. */
  boolean exists() {
    return store.exists();
  }

  /** What a page's resources were to the ledger. */
  public record Claim(List<Resource> fresh, long distinct, long unchanged) {}

  /**
   * Takes note of a page and answers which of its resources somebody has to look at: those that the
   * poll lists for the first time and whose revision has not been decided.
   */
  public Claim claim(Poll poll) {
    List<Resource> fresh = new ArrayList<>();
    Set<String> onThisPage = new HashSet<>();
    long distinct = 0;
    long unchanged = 0;
    List<Resource> listed = poll.listed();
    for (int from = 0; from < listed.size(); from += TURN) {
      List<Resource> some = listed.subList(from, Math.min(listed.size(), from + TURN));
      Claim claim = transact((handle, circuits) -> claim(circuits, poll, some, onThisPage));
      fresh.addAll(claim.fresh());
      distinct += claim.distinct();
      unchanged += claim.unchanged();
    }
    return new Claim(List.copyOf(fresh), distinct, unchanged);
  }

  private Claim claim(
      CircuitWrites circuits, Poll poll, List<Resource> listed, Set<String> onThisPage)
      throws SQLException {
    List<Resource> fresh = new ArrayList<>();
    boolean anyForgotten = circuits.anyForgotten();
    long distinct = 0;
    long unchanged = 0;
    for (Resource resource : listed) {
      Optional<CircuitWrites.Seen> seen = circuits.seen(resource);
      boolean repeated =
          !onThisPage.add(resource.id().value())
              || seen.filter(row -> row.poll().equals(poll.id())).isPresent();
      if (repeated) {
        continue;
      }
      distinct++;
      if (seen.isEmpty() && anyForgotten && circuits.isForgotten(resource)) {
        // Not written down again, either.
        unchanged++;
        continue;
      }
      boolean isDecided = seen.filter(row -> row.decided() == resource.revision()).isPresent();
      if (isDecided && poll.circuit().isEmpty()) {
        unchanged++;
      } else {
        fresh.add(resource);
      }
      circuits.claim(resource, poll.id(), clock.millis());
    }
    return new Claim(fresh, distinct, unchanged);
  }

  /**
   * Takes note of what was decided, of the errors that were found, and of what rooms are owed, all
   * of it or nothing.
   *
   * @param owed the alerts of the occurrences
   * @return for each alert why it is not told; nothing for those that will be
   */
  public List<Optional<String>> decide(
      Examination examination, List<OwedAlert> owed, AlertTimes times) {
    return decide(examination, owed, times, Optional.empty());
  }

  /**
   * The same, and owes the circuit a follow-up.
   *
   * @param sender W3C {@code traceparent} of the span that the follow-up belongs to; none when it
   *     is owed none
   */
  List<Optional<String>> decide(
      Examination examination, List<OwedAlert> owed, AlertTimes times, Optional<String> sender) {
    Instant now = clock.instant();
    Resource resource = examination.resource();
    return transact(
        (handle, circuits) -> {
          if (!circuits.settle(examination, now.toString())) {
            // Listed anew by a later poll, which will decide it.
            return owed.stream().map(alert -> Optional.of(SUPERSEDED)).toList();
          }
          for (Occurrence occurrence : examination.occurrences()) {
            handle
                .createUpdate(OCCURRENCE)
                .bind("key", occurrence.key())
                .bind("resource", resource.id().value())
                .bind("product", resource.productType())
                .bind("code", occurrence.classification().codeOrUnclassified())
                .bind("now", now.toString())
                .execute();
          }
          circuits.forgetLetter(key(resource.id().value()));
          sender.ifPresent(span -> OwedFollowUps.owe(handle, examination, span, now));
          List<Optional<String>> silences = new ArrayList<>();
          for (OwedAlert alert : owed) {
            silences.add(FailureNotes.failed(handle, alert, times));
          }
          if (examination.outcome() == Outcome.HEALTHY && resource.orchState().isTerminal()) {
            FailureNotes.succeeded(handle, resource, times, now);
          }
          return List.copyOf(silences);
        });
  }

  /**
   * Keeps a circuit that could not be finished. Its revision stays undecided, so that the next poll
   * tries it again.
   */
  public void deadLetter(String resourceId, String reason, String explanation, String body) {
    DeadLetter letter =
        new DeadLetter(key(resourceId), "circuit", reason, explanation, body, clock.instant(), 1);
    transact(
        (handle, circuits) -> {
          DeadLetterBox.write(handle, letter);
          return DONE;
        });
  }

  /** How many dead letters there are of each kind, circuit or alert. */
  public Map<String, Long> deadLettersByKind() {
    Map<String, Long> sums = new TreeMap<>();
    transact(
        (handle, circuits) ->
            handle
                .createQuery("select kind, count(*) from dead_letter group by kind")
                .map((row, context) -> sums.put(row.getString(1), row.getLong(2)))
                .list());
    return sums;
  }

  /** How many resources each outcome has, by product type and outcome word. */
  public Map<String, Map<String, Long>> outcomes() {
    Map<String, Map<String, Long>> sums = new TreeMap<>();
    transact(
        (handle, circuits) ->
            handle
                .createQuery(
                    "select product_type, coalesce(outcome, 'undecided') as outcome, count(*) as n"
                        + " from resource group by 1, 2")
                .map(
                    (row, context) ->
                        sums.computeIfAbsent(row.getString(1), type -> new TreeMap<>())
                            .put(row.getString(2), row.getLong(3)))
                .list());
    return sums;
  }

  @Override
  public void close() {
    store.close();
  }

  private static String key(String resourceId) {
    return "circuit/" + resourceId;
  }

  private static final String OCCURRENCE =
      "insert into occurrence (occurrence_key, resource_id, product_type, defect_code, first_seen,"
          + " last_seen, times_seen) values (:key, :resource, :product, :code, :now, :now, 1)"
          + " on conflict (occurrence_key) do update set last_seen = excluded.last_seen,"
          + " defect_code = excluded.defect_code, times_seen = occurrence.times_seen + 1";
}
