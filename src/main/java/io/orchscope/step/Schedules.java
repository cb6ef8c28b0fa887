package io.orchscope.step;

import io.orchscope.settings.ClockJumps;
import io.orchscope.settings.Clocks;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.apache.camel.Exchange;
import org.apache.camel.component.quartz.QuartzComponent;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps schedules going when somebody puts the machine's clock back: Quartz 2.5.2 reckons each
 * product's next poll once, when the one before begins, and would wait until the clock shows it.
 */
public final class Schedules {

  private static final Logger log = LoggerFactory.getLogger(Schedules.class);

  private final ClockJumps jumps;

  public Schedules(Clocks clocks) {
    this.jumps = new ClockJumps(clocks);
  }

  /**
   * Reckons anew when polls begin, if the clock was put back since the last look.
   *
   * <p>Errors: {@link SchedulerException}; the next turn of the clock tries again.
   */
  public void look(Exchange exchange) throws SchedulerException {
    Duration turned = jumps.sinceLastLook();
    if (turned.isNegative()) {
      QuartzComponent quartz = exchange.getContext().getComponent("quartz", QuartzComponent.class);
      reckonAnew(quartz.getScheduler());
      log.warn("The clock was put back; schedules go by what it shows now. by={}", turned);
    }
  }

  private static void reckonAnew(Scheduler scheduler) throws SchedulerException {
    if (scheduler == null) {
      return;
    }
    for (TriggerKey key : scheduler.getTriggerKeys(GroupMatcher.anyGroup())) {
      Trigger trigger = scheduler.getTrigger(key);
      scheduler.rescheduleJob(
          key, trigger.getTriggerBuilder().startAt(Date.from(Instant.now())).build());
    }
  }
}
