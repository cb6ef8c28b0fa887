package io.orchscope.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchscope.Assembly;
import io.orchscope.ledger.FollowUpBacklog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a command waits for after its polls, as a line at the terminal and now and then in the log.
 */
final class PendingWork {

  private static final Logger log = LoggerFactory.getLogger(PendingWork.class);
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);
  private static final int LONGEST_WHY = 120;

  private final Assembly assembly;
  private final ProgressBar bar;
  private final Clock clock = Clock.systemUTC();
  private long lastLine = System.nanoTime() - BETWEEN_LINES.toNanos();
  private long alerts;

  PendingWork(Assembly assembly, ProgressBar bar) {
    this.assembly = assembly;
    this.bar = bar;
  }

  /** So many alerts and messages are left. */
  void alerts(long left) {
    alerts = left;
    if (left > 0) {
      line("Waiting for " + count(left, "alert"));
    }
  }

  /** So many follow-ups are left. */
  void followUps(FollowUpBacklog left) {
    if (left.movable() > 0) {
      line(
          "Waiting for "
              + count(left.movable(), "follow-up")
              + (left.silent() > 0
                  ? " (%d of a process that may have ended)".formatted(left.silent())
                  : "")
              + (alerts > 0 ? " and " + count(alerts, "alert") : "")
              + later(left, clock.instant()));
    }
  }

  /** Says in the log what is left to the next process that uses the ledger. */
  void end() {
    FollowUpBacklog left = assembly.followUpBacklog();
    long unsent = assembly.pendingAlerts();
    if (left.due() + left.underWay() + left.later() + left.elsewhere() + unsent > 0) {
      log.info(
          "Work is left to the next process. follow_ups_due={} follow_ups_later={}"
              + " follow_ups_elsewhere={} alerts={} next_due={} missing=\"{}\"",
          left.due() + left.underWay(),
          left.later(),
          left.elsewhere(),
          unsent,
          left.nextDue().map(Instant::toString).orElse("-"),
          why(left));
    }
  }

  /** What is left, for {@code --json}. */
  static void write(Assembly assembly, ObjectNode into) {
    FollowUpBacklog left = assembly.followUpBacklog();
    into.put("alerts", assembly.pendingAlerts());
    into.put("follow_ups_due", left.due() + left.underWay());
    into.put("follow_ups_later", left.later());
    into.put("follow_ups_elsewhere", left.elsewhere());
    left.nextDue().ifPresent(due -> into.put("next_due", due.toString()));
    if (!left.missing().isEmpty()) {
      into.put("missing", why(left));
    }
  }

  /** What is left, for people. */
  static String words(Assembly assembly) {
    FollowUpBacklog left = assembly.followUpBacklog();
    long unsent = assembly.pendingAlerts();
    long open = left.due() + left.underWay() + left.later() + left.elsewhere();
    return open + unsent == 0
        ? ""
        : "Pending: "
            + count(open, "follow-up")
            + " and "
            + count(unsent, "alert")
            + later(left, Clock.systemUTC().instant())
            + "; 'run' or the next 'collect' goes on with them.";
  }

  private static String later(FollowUpBacklog left, Instant now) {
    if (left.later() == 0 || left.nextDue().isEmpty()) {
      return "";
    }
    long seconds = Math.max(0, Duration.between(now, left.nextDue().get()).toSeconds());
    String why = why(left);
    return " (%d tried and put back, next due in %d s%s)"
        .formatted(left.later(), seconds, why.isEmpty() ? "" : ": " + why);
  }

  private static String why(FollowUpBacklog left) {
    String why = Onlooker.printable(left.missing());
    return why.length() <= LONGEST_WHY ? why : why.substring(0, LONGEST_WHY - 1) + "…";
  }

  private static String count(long number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }

  private void line(String words) {
    bar.show(words);
    long now = System.nanoTime();
    if (now - lastLine >= BETWEEN_LINES.toNanos()) {
      lastLine = now;
      log.info("{}.", words);
    }
  }
}
