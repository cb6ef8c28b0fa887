package io.orchscope.mdso;

import io.orchscope.circuit.Resource;
import io.orchscope.defect.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has become of the resources of one poll so far; shared by all threads that work on them. */
public final class PollProgress {

  private static final Logger log = LoggerFactory.getLogger(PollProgress.class);

  private final Poll poll;
  private final Clock steady;
  private final Instant begun;
  private final Map<Outcome, LongAdder> outcomes = new EnumMap<>(Outcome.class);
  private final LongAdder calls = new LongAdder();
  private long expected;
  private long listed;
  private long tooOld;
  private long repeated;
  private long enqueued;
  private long decided;
  private long leftOver;
  private boolean handing;
  private boolean spoilt;
  private boolean listedToTheEnd;
  private long undated;
  private Optional<String> leftEarly = Optional.empty();
  private final ListedIds ids = new ListedIds();

  /** Begins now. It takes the time that passes, whatever becomes of the wall clock meanwhile. */
  PollProgress(Poll poll, Clock steady) {
    this.poll = poll;
    this.steady = steady;
    this.begun = steady.instant();
    for (Outcome outcome : Outcome.values()) {
      outcomes.put(outcome, new LongAdder());
    }
  }

  synchronized void expect(long total) {
    expected = total;
  }

  synchronized void listed(long young, long old, long again, long unchanged) {
    listed += young;
    tooOld += old;
    repeated += again;
    counter(Outcome.UNCHANGED).add(unchanged);
    expected = Math.max(expected, listed + tooOld);
  }

  /** One circuit is about to be queued; what was handed over before is with its queue. */
  synchronized void handOver() {
    enqueued++;
    handing = true;
  }

  synchronized void handedOver() {
    handing = false;
  }

  /** Listing has failed; what was being handed over then is with nobody. */
  synchronized void broken() {
    if (handing) {
      enqueued--;
      handing = false;
    }
  }

  void asked() {
    calls.increment();
  }

  synchronized void decided(Outcome outcome) {
    counter(outcome).increment();
    decided++;
    notifyAll();
  }

  /** One queued circuit is not examined in this poll, which is incomplete therefore. */
  synchronized void leftOver() {
    leftOver++;
    notifyAll();
  }

  synchronized void spoil() {
    spoilt = true;
  }

  /** Counts those of a page whose times cannot be read, and says so once in a poll. */
  synchronized void undated(Poll of, Page page) {
    List<Resource> found = page.resources().stream().filter(page::isUndated).toList();
    if (undated == 0 && !found.isEmpty()) {
      log.warn(
          "MDSO lists resources whose createdAt or updatedAt cannot be read; they are examined"
              + " whatever their age. product={} poll={} first_resource_id={}",
          of.product().type(),
          of.id(),
          found.get(0).id().value());
    }
    undated += found.size();
  }

  synchronized ListedIds.News turn(Poll at) {
    return ids.note(at);
  }

  /** The list did not come to an end; this is why the poll is not complete. */
  synchronized void leftEarly(String why) {
    leftEarly = Optional.of(why);
  }

  synchronized void complete() {
    listedToTheEnd = true;
  }

  /** What others have counted, in place of what was counted here. */
  synchronized void counted(Map<Outcome, Long> sums) {
    decided = 0;
    for (Outcome outcome : Outcome.values()) {
      if (outcome != Outcome.UNCHANGED) {
        counter(outcome).reset();
        counter(outcome).add(sums.getOrDefault(outcome, 0L));
        decided += sums.getOrDefault(outcome, 0L);
      }
    }
  }

  /**
   * Waits until no circuit is queued or being examined, or the limit is over; whether all that were
   * enqueued have been decided.
   */
  synchronized boolean awaitCircuits(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (decided + leftOver < enqueued) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return decided >= enqueued;
  }

  /** The figures of this moment. */
  public synchronized PollSummary summary() {
    Map<Outcome, Long> sums = new EnumMap<>(Outcome.class);
    outcomes.forEach((outcome, sum) -> sums.put(outcome, sum.sum()));
    return new PollSummary(
        poll.id(),
        poll.product().type(),
        expected,
        listed,
        tooOld,
        repeated,
        calls.sum(),
        sums,
        spoilt || !listedToTheEnd || decided < enqueued,
        Duration.between(begun, steady.instant()),
        undated,
        leftEarly);
  }

  private LongAdder counter(Outcome outcome) {
    LongAdder counter = outcomes.get(outcome);
    if (counter == null) {
      throw new IllegalStateException("No counter for outcome " + outcome + ".");
    }
    return counter;
  }
}
