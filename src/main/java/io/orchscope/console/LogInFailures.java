package io.orchscope.console;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Failed log-ins, reported in bursts.
 *
 * <p>The first failure from an address is reported at once. What follows within a minute is one
 * more report, so that an attacker fills neither the log nor the audit trail. Reports are made on a
 * thread of their own: a busy ledger delays no log-in.
 */
final class LogInFailures implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(LogInFailures.class);

  /** Addresses that are reported one by one in a minute. */
  private static final int MOST_ADDRESSES = 10;

  private static final int MOST_NAMES = 5;
  private static final String MORE = "more addresses";
  private static final Duration BURST = Duration.ofMinutes(1);

  private final Consumer<FailedLogIns> reports;
  private final Map<String, Burst> bursts = new LinkedHashMap<>();
  private final ScheduledThreadPoolExecutor reporter;
  private boolean isScheduled;

  LogInFailures(Consumer<FailedLogIns> reports) {
    this.reports = reports;
    this.reporter =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "log-in-reports");
              thread.setDaemon(true);
              return thread;
            });
    reporter.setKeepAliveTime(BURST.toMillis(), TimeUnit.MILLISECONDS);
    reporter.allowCoreThreadTimeOut(true);
    reporter.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /**
   * Notes a wrong name or password.
   *
   * @param name only if it is one of ours: people type passwords where a name belongs
   */
  synchronized void failed(String address, Optional<String> name) {
    Burst burst = burst(address);
    burst.failed++;
    if (burst.names.size() < MOST_NAMES) {
      burst.names.add(name.orElse("unknown"));
    }
    if (!burst.isReported) {
      burst.isReported = true;
      report(burst.take());
    }
    schedule();
  }

  /** Notes a log-in that was turned away unchecked. */
  synchronized void turnedAway(String address) {
    burst(address).turnedAway++;
    schedule();
  }

  /** Reports what has come since the last reports. */
  void flush() {
    List<FailedLogIns> found = new ArrayList<>();
    synchronized (this) {
      isScheduled = false;
      bursts.values().removeIf(Burst::isEmpty);
      bursts.values().forEach(burst -> found.add(burst.take()));
      if (!bursts.isEmpty()) {
        schedule();
      }
    }
    found.forEach(this::reportNow);
  }

  @Override
  public void close() {
    reporter.shutdown();
    flush();
  }

  private Burst burst(String address) {
    String key = bursts.containsKey(address) || bursts.size() < MOST_ADDRESSES ? address : MORE;
    return bursts.computeIfAbsent(key, Burst::new);
  }

  private void report(FailedLogIns failed) {
    if (!reporter.isShutdown()) {
      reporter.execute(() -> reportNow(failed));
    }
  }

  private void reportNow(FailedLogIns failed) {
    try {
      reports.accept(failed);
    } catch (RuntimeException unwritten) {
      log.error("Failed log-ins could not be reported. failures={}", failed.failed(), unwritten);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // A report that fails is logged where it fails.
  private void schedule() {
    if (!isScheduled && !reporter.isShutdown()) {
      isScheduled = true;
      reporter.schedule(this::flush, BURST.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** What has come from one address. */
  private static final class Burst {

    private final String address;
    private TreeSet<String> names = new TreeSet<>();
    private long failed;
    private long turnedAway;
    private boolean isReported;

    Burst(String address) {
      this.address = address;
    }

    boolean isEmpty() {
      return failed == 0 && turnedAway == 0;
    }

    FailedLogIns take() {
      FailedLogIns taken = new FailedLogIns(address, String.join(", ", names), failed, turnedAway);
      names = new TreeSet<>();
      failed = 0;
      turnedAway = 0;
      return taken;
    }
  }
}
