package io.orchscope.step;

import io.orchscope.report.Health;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the watchdog outside is told that all is well. */
public final class Pings {

  private static final Logger log = LoggerFactory.getLogger(Pings.class);

  private final Supplier<Map<String, Optional<String>>> health;
  private final Faults faults;
  private boolean isSilent;
  private boolean isUnheard;

  /**
   * With no ping sent yet.
   *
   * @param health the checks that stop the pings, each with what is wrong
   */
  public Pings(Supplier<Map<String, Optional<String>>> health, Faults faults) {
    this.health = health;
    this.faults = faults;
  }

  /** Whether every check is well; says once in the log when that changes. */
  public synchronized boolean areDue() {
    Map<String, Optional<String>> found = health.get();
    boolean isUp = Health.isUp(found);
    if (isUp && isSilent) {
      log.info("The watchdog outside is pinged again.");
    } else if (!isUp && !isSilent) {
      log.warn("The watchdog outside is not pinged any more. because={}", troubles(found));
    }
    isSilent = !isUp;
    return isUp;
  }

  /** Takes note that it has heard. */
  public synchronized void heard() {
    if (isUnheard) {
      log.info("The watchdog outside has heard a ping again.");
    }
    isUnheard = false;
  }

  /** Takes note that it has not, without its address: who knows that can ping too. */
  public synchronized void unheard(Throwable fault) {
    if (!isUnheard) {
      log.warn(
          "The watchdog outside (watch.ping-url) has not heard a ping; it is pinged on. reason={}",
          faults.reason(fault).word());
    }
    isUnheard = true;
  }

  private static String troubles(Map<String, Optional<String>> found) {
    return found.entrySet().stream()
        .filter(check -> check.getValue().isPresent())
        .map(check -> check.getKey() + ": " + check.getValue().orElseThrow())
        .collect(Collectors.joining("; "));
  }
}
