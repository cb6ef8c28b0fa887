package io.orchscope.cli;

import io.orchscope.mdso.PollSummary;
import java.io.PrintWriter;
import java.util.List;

/** One line that moves while polls are under way. */
final class ProgressBar implements AutoCloseable {

  private static final int WIDTH = 30;

  private final PrintWriter err;
  private final boolean visible;
  private int last;

  ProgressBar(PrintWriter err, boolean visible) {
    this.err = err;
    // The launcher knows; System.console() means something else since Java 22.
    this.visible = visible && System.getProperty("orchscope.terminal", "no").equals("yes");
  }

  /** Draws the state of this moment over the one before. */
  void show(List<PollSummary> underWay, int ended, int polls) {
    if (!visible) {
      return;
    }
    long expected = underWay.stream().mapToLong(PollSummary::expected).sum();
    long done = underWay.stream().mapToLong(poll -> poll.decided() + poll.tooOld()).sum();
    double seconds =
        underWay.stream().mapToDouble(poll -> poll.took().toMillis() / 1000.0).max().orElse(0);
    draw(
        done,
        expected,
        "%d of %d circuits, %d of %d polls ended%s"
            .formatted(
                done,
                expected,
                ended,
                polls,
                seconds > 1 ? ", %.0f/s".formatted(done / seconds) : ""));
  }

  /** Draws how much of something is done. */
  void show(long done, long expected, String things) {
    if (visible) {
      draw(done, expected, "%d of %d %s".formatted(done, expected, things));
    }
  }

  /** Shows what is waited for. */
  void show(String words) {
    if (visible) {
      err.print("\r" + words + " ".repeat(Math.max(0, last - words.length())));
      err.flush();
      last = words.length();
    }
  }

  private void draw(long done, long expected, String words) {
    double share = expected == 0 ? 0 : Math.min(1.0, (double) done / expected);
    int filled = (int) Math.round(share * WIDTH);
    String line = "[%s%s] %s".formatted("#".repeat(filled), ".".repeat(WIDTH - filled), words);
    err.print("\r" + line + " ".repeat(Math.max(0, last - line.length())));
    err.flush();
    last = line.length();
  }

  @Override
  public void close() {
    if (visible) {
      err.print("\r" + " ".repeat(last) + "\r");
      err.flush();
    }
  }
}
