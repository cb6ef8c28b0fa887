package io.orchscope.step;

import io.orchscope.errortest.ErrorTestPlan;
import io.orchscope.evidence.LogFolder;
import io.orchscope.evidence.StoredVerdict;
import io.orchscope.hostlog.LogBudget;
import io.orchscope.hostlog.LogGap;
import io.orchscope.ledger.FollowUp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A circuit that is being followed up: what is known of it, what was found, what is missing.
 *
 * <p>Hosts are asked beside each other, so whatever several of them add to is safe for any number
 * of threads.
 */
public final class CircuitWork {

  private final FollowUp followUp;
  private final StoredVerdict verdict;
  private final boolean isLast;
  private final Collecting collecting;
  private final long begun = System.nanoTime();
  private final Queue<LogGap> gaps = new ConcurrentLinkedQueue<>();
  private volatile List<DeviceLookUp> devices = List.of();
  private volatile List<ErrorTestWork> tests = List.of();
  private volatile boolean owesTests;
  private volatile boolean lacksDevices;

  /**
   * What logs are collected with.
   *
   * @param folder where they go; none where no hosts are known
   * @param hosts to ask this time
   */
  record Collecting(
      Optional<LogFolder> folder, List<String> hosts, LogWindow window, LogBudget budget) {}

  /** One host's share of the work. */
  public record HostWork(CircuitWork work, String host) {}

  CircuitWork(FollowUp followUp, StoredVerdict verdict, boolean isLast, Collecting collecting) {
    this.followUp = followUp;
    this.verdict = verdict;
    this.isLast = isLast;
    this.collecting = collecting;
  }

  /** The shares of the hosts that are asked. */
  public List<HostWork> hosts() {
    return collecting.hosts().stream().map(host -> new HostWork(this, host)).toList();
  }

  /** The tests that its errors ask for. */
  public List<ErrorTestWork> tests() {
    return tests;
  }

  FollowUp followUp() {
    return followUp;
  }

  StoredVerdict verdict() {
    return verdict;
  }

  /** Whether what is missing after this try is given up. */
  boolean isLast() {
    return isLast;
  }

  Collecting collecting() {
    return collecting;
  }

  String productType() {
    return followUp.productType();
  }

  /** How long this try has taken so far. */
  double seconds() {
    return (System.nanoTime() - begun) / 1e9;
  }

  String circuit() {
    return verdict.verdict().resource().circuit();
  }

  /** Takes down that something is missing. */
  void missing(LogGap gap) {
    gaps.add(gap);
  }

  List<LogGap> gaps() {
    return new ArrayList<>(gaps);
  }

  List<DeviceLookUp> devices() {
    return devices;
  }

  void know(List<DeviceLookUp> found) {
    devices = List.copyOf(found);
  }

  /** Whether somebody needs to know which devices carry it: hosts are asked, or they are tried. */
  boolean needsDevices() {
    return !collecting.hosts().isEmpty()
        || tests.stream().anyMatch(test -> test.plan().kind() == ErrorTestPlan.Kind.CONNECTIVITY);
  }

  /** Whether Beorn could know it: a product without circuits is known by its label. */
  boolean hasCircuit() {
    return !circuit().equals(verdict.verdict().resource().label())
        || circuit().matches(".*\\d{2}\\.[A-Z0-9]{4}\\.\\d{6}\\..*");
  }

  /** Whether logs are missing that may still come. */
  boolean mayBringMore() {
    return !isLast && gaps.stream().anyMatch(gap -> gap.reason().mayPass());
  }

  /** Takes down that somebody who knows devices of it did not answer. */
  void missingDevices(LogGap gap) {
    lacksDevices = true;
    missing(gap);
  }

  /** Whether another try may know devices better. */
  boolean mayKnowMoreDevices() {
    return !isLast && lacksDevices;
  }

  /** A test has to wait, or could not be made. */
  void owesTest() {
    owesTests = true;
  }

  boolean owesTests() {
    return owesTests;
  }

  void demand(List<ErrorTestWork> due) {
    tests = List.copyOf(due);
  }
}
