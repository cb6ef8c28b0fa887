package io.orchscope.settings;

import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Edited files that the running application has rejected. The previous version stays active.
 *
 * <p>Page, API, health, metrics and log read from here, so that they agree.
 */
public final class RejectedFiles {

  /** A kind of file that may be edited while the application runs. */
  public enum Kind {
    ROUTES("Route change rejected"),
    RULES("Rule change rejected");

    private final String title;

    Kind(String title) {
      this.title = title;
    }

    /** The word for it in metrics, health and API. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The title of its banner. */
    public String title() {
      return title;
    }
  }

  /**
   * A rejected change.
   *
   * @param since when it was rejected first
   * @param mistakes at least one
   */
  public record Rejection(Kind kind, Instant since, List<Mistake> mistakes) {

    /** The first mistake, and how many more there are. */
    public String reason() {
      Mistake first = mistakes.get(0);
      int more = mistakes.size() - 1;
      return first.file()
          + ": "
          + first.place()
          + ": "
          + first.reason()
          + (more == 0 ? "" : more == 1 ? " (and 1 more mistake)" : " (and " + more + " more)");
    }
  }

  private final Clock clock;
  private final Map<Kind, Rejection> current = new EnumMap<>(Kind.class);

  public RejectedFiles(Clock clock) {
    this.clock = clock;
  }

  /** Notes a rejection; it replaces an earlier one of the same kind. */
  public synchronized void reject(Kind kind, List<Mistake> mistakes) {
    Rejection before = current.get(kind);
    Instant since = before == null ? clock.instant() : before.since();
    current.put(kind, new Rejection(kind, since, List.copyOf(mistakes)));
  }

  /** Notes that the files on disk are the active ones; returns whether a rejection ended. */
  public synchronized boolean accept(Kind kind) {
    return current.remove(kind) != null;
  }

  /** All rejections of now, in the order of their kinds. */
  public synchronized List<Rejection> current() {
    return List.copyOf(current.values());
  }

  /** What a health check says about a kind; empty while its files are accepted. */
  public synchronized Optional<String> trouble(Kind kind) {
    return Optional.ofNullable(current.get(kind))
        .map(it -> "a change is rejected, the previous version stays active: " + it.reason());
  }

  /** 1 for each kind with a rejection, 0 for the others, by the word of the kind. */
  public synchronized Map<String, Double> gauge() {
    Map<String, Double> values = new TreeMap<>();
    Arrays.stream(Kind.values())
        .forEach(kind -> values.put(kind.word(), current.containsKey(kind) ? 1.0 : 0.0));
    return values;
  }
}
