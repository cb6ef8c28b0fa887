package io.orchscope.cli;

import io.orchscope.defect.Examination;
import io.orchscope.defect.Outcome;
import io.orchscope.mdso.PollSummary;
import io.orchscope.report.Audience;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Somebody at a terminal: sees verdicts, alerts and polls as lines, and can wait for polls to end.
 */
final class Onlooker implements Audience {

  private final PrintWriter out;
  private final boolean verdicts;
  private final List<PollSummary> ended = new ArrayList<>();
  private long alerts;

  Onlooker(PrintWriter out, boolean verdicts) {
    this.out = out;
    this.verdicts = verdicts;
  }

  @Override
  public synchronized void decided(Examination examination) {
    if (!verdicts || examination.outcome() == Outcome.HEALTHY) {
      return;
    }
    String circuit = printable(examination.resource().circuit().value());
    if (examination.outcome() == Outcome.UNREADABLE) {
      line(
          "verdict",
          "UNREADABLE    " + circuit + "  " + printable(examination.unreadable().orElse("")));
    }
    examination
        .occurrences()
        .forEach(
            occurrence ->
                line(
                    "verdict",
                    "%-13s %s  %s"
                        .formatted(
                            occurrence.classification().codeOrUnclassified(),
                            circuit,
                            occurrence.classification().title())));
  }

  @Override
  public synchronized void alerted(String text, long told, boolean sent) {
    alerts += told;
    if (verdicts) {
      text.lines().limit(1).forEach(first -> line(sent ? "webex" : "dry run", first));
    }
  }

  @Override
  public synchronized void pollEnded(PollSummary summary) {
    ended.add(summary);
    if (verdicts) {
      line(
          "poll",
          "%-26s %s  (%d ms)%s"
              .formatted(
                  summary.productType(),
                  summary.equation(),
                  summary.took().toMillis(),
                  summary.incomplete() ? "  INCOMPLETE" : ""));
    }
    notifyAll();
  }

  synchronized long alerts() {
    return alerts;
  }

  /** The polls that have ended, once there are as many as this, or the limit is over. */
  synchronized List<PollSummary> await(int polls, long seconds) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (ended.size() < polls && System.nanoTime() < deadline) {
      TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
    }
    return List.copyOf(ended);
  }

  /** The polls that have ended, looked at a few times a second. */
  synchronized List<PollSummary> awaitBriefly(int polls) throws InterruptedException {
    if (ended.size() < polls) {
      TimeUnit.MILLISECONDS.timedWait(this, 200);
    }
    return List.copyOf(ended);
  }

  synchronized int pollsEnded() {
    return ended.size();
  }

  /** The sum over polls, which must add up as each of them does. */
  static String total(List<PollSummary> polls) {
    long listed = polls.stream().mapToLong(PollSummary::listed).sum();
    Map<Outcome, Long> sums = new EnumMap<>(Outcome.class);
    for (Outcome outcome : Outcome.values()) {
      sums.put(outcome, polls.stream().mapToLong(poll -> poll.of(outcome)).sum());
    }
    long tooOld = polls.stream().mapToLong(PollSummary::tooOld).sum();
    long repeated = polls.stream().mapToLong(PollSummary::repeated).sum();
    long calls = polls.stream().mapToLong(PollSummary::calls).sum();
    PollSummary all =
        new PollSummary(
            "", "", 0, listed, tooOld, repeated, calls, sums, false, java.time.Duration.ZERO);
    return all.equation() + "  (too old " + tooOld + ", listed twice " + repeated + ")";
  }

  /** Text from outside without characters that move the cursor. */
  static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "·");
  }

  private void line(String kind, String text) {
    out.printf("%-8s %s%n", kind, text);
    out.flush();
  }
}
