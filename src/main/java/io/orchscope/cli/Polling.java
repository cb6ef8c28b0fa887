package io.orchscope.cli;

import io.orchscope.Assembly;
import io.orchscope.mdso.PollRequest;
import io.orchscope.mdso.PollSummary;
import io.orchscope.settings.Durations;
import io.orchscope.settings.InvalidFileException;
import java.time.Duration;
import java.util.List;

/** One poll of each of some products, watched until the last circuit, alert and follow-up. */
final class Polling {

  private static final Duration LIMIT_OF_ALERTS = Duration.ofMinutes(10);

  /** Without one that ends; each of them has limits of its own that are shorter. */
  private static final Duration LIMIT_OF_FOLLOW_UPS = Duration.ofMinutes(10);

  private final Assembly assembly;
  private final Onlooker onlooker;
  private final ProgressBar bar;

  Polling(Assembly assembly, Onlooker onlooker, ProgressBar bar) {
    this.assembly = assembly;
    this.onlooker = onlooker;
    this.bar = bar;
  }

  /** Starts the application and answers with the figures of each poll. */
  List<PollSummary> run(List<String> types, Duration window) throws InterruptedException {
    assembly.start();
    assembly.tryEachFollowUpOnce();
    types.forEach(type -> assembly.pollNow(new PollRequest(type, window)));
    List<PollSummary> ended;
    do {
      bar.show(assembly.polls().underWay(), onlooker.pollsEnded(), types.size());
      ended = onlooker.awaitBriefly(types.size());
    } while (ended.size() < types.size());
    PendingWork pending = new PendingWork(assembly, bar);
    assembly.awaitAlerts(LIMIT_OF_ALERTS, pending::alerts);
    // What is missing after one try each is looked for by the next process that uses the ledger.
    assembly.awaitFollowUps(LIMIT_OF_FOLLOW_UPS, pending::followUps);
    assembly.awaitAlerts(LIMIT_OF_ALERTS, pending::alerts);
    pending.end();
    return ended;
  }

  /** What was typed after {@code --since}. Errors: {@link InvalidFileException}. */
  static Duration window(String since) {
    return window("--since", since);
  }

  /** What was typed after an option. Errors: {@link InvalidFileException}. */
  static Duration window(String option, String typed) {
    try {
      return Durations.parse(typed);
    } catch (IllegalArgumentException wrong) {
      throw new InvalidFileException(
          "command line", option, String.valueOf(wrong.getMessage()), "Try " + option + " 8h.");
    }
  }
}
