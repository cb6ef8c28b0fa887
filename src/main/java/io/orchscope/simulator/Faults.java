package io.orchscope.simulator;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What goes wrong on purpose, and when; {@code every} n means each n-th request, 0 means never.
 *
 * <p>Counted are MDSO's market calls, except that {@code slowEvery} counts token calls too. One
 * request has one fault; the earlier component wins.
 *
 * @param unauthorizedEvery answers 401 although the token is good
 * @param unauthorizedAfterLists all tokens end, once, after so many lists of resources
 * @param tooManyEvery answers 429 with {@code Retry-After}
 * @param retryAfterSeconds what {@code Retry-After} says, for MDSO
 * @param serverErrorEvery answers 500 and 503 in turns
 * @param cutBodyEvery closes the connection in the middle of the body
 * @param garbageEvery answers 200 with text that is not JSON
 * @param slowEvery answers late by {@code slowBy}
 * @param slowBy how late
 * @param duplicateItems so many items of a page stand again at the head of the next
 * @param shift what happens to a list while somebody pages through it
 * @param noPageToken lists know only offset and limit
 * @param loopingPages the second page names itself as the next one
 * @param failCount counting over all or by exact type is refused with 403, as to an ordinary tenant
 * @param webexTooManyEvery Webex answers 429 with {@code Retry-After}
 * @param webexRetryAfterSeconds what {@code Retry-After} says, for Webex
 * @param webexStatus status with which Webex refuses a room, by room id: 400, 403, 404, 500
 */
public record Faults(
    int unauthorizedEvery,
    int unauthorizedAfterLists,
    int tooManyEvery,
    int retryAfterSeconds,
    int serverErrorEvery,
    int cutBodyEvery,
    int garbageEvery,
    int slowEvery,
    Duration slowBy,
    int duplicateItems,
    Shift shift,
    boolean noPageToken,
    boolean loopingPages,
    boolean failCount,
    int webexTooManyEvery,
    int webexRetryAfterSeconds,
    Map<String, Integer> webexStatus) {

  /** What happens to a list of resources with every page after the first. */
  public enum Shift {
    NONE,
    /** One new failed resource appears at the front; lists are newest first. */
    INSERT,
    /** The oldest resource goes away, so that one unread resource slides onto the page before. */
    REMOVE
  }

  public Faults {
    webexStatus = Map.copyOf(webexStatus);
  }

  public static Faults none() {
    return new Draft().finish();
  }

  /** These faults but for what is written into the draft. */
  public Faults with(Consumer<Draft> changes) {
    Draft draft = new Draft();
    draft.unauthorizedEvery = unauthorizedEvery;
    draft.unauthorizedAfterLists = unauthorizedAfterLists;
    draft.tooManyEvery = tooManyEvery;
    draft.retryAfterSeconds = retryAfterSeconds;
    draft.serverErrorEvery = serverErrorEvery;
    draft.cutBodyEvery = cutBodyEvery;
    draft.garbageEvery = garbageEvery;
    draft.slowEvery = slowEvery;
    draft.slowBy = slowBy;
    draft.duplicateItems = duplicateItems;
    draft.shift = shift;
    draft.noPageToken = noPageToken;
    draft.loopingPages = loopingPages;
    draft.failCount = failCount;
    draft.webexTooManyEvery = webexTooManyEvery;
    draft.webexRetryAfterSeconds = webexRetryAfterSeconds;
    draft.webexStatus.putAll(webexStatus);
    changes.accept(draft);
    return draft.finish();
  }

  /** Faults that are still being written down; see the record for what each one means. */
  public static final class Draft {
    public int unauthorizedEvery;
    public int unauthorizedAfterLists;
    public int tooManyEvery;
    public int retryAfterSeconds = 1;
    public int serverErrorEvery;
    public int cutBodyEvery;
    public int garbageEvery;
    public int slowEvery;
    public Duration slowBy = Duration.ofSeconds(1);
    public int duplicateItems;
    public Shift shift = Shift.NONE;
    public boolean noPageToken;
    public boolean loopingPages;
    public boolean failCount;
    public int webexTooManyEvery;
    public int webexRetryAfterSeconds = 1;
    public final Map<String, Integer> webexStatus = new TreeMap<>();

    private Draft() {}

    private Faults finish() {
      return new Faults(
          unauthorizedEvery,
          unauthorizedAfterLists,
          tooManyEvery,
          retryAfterSeconds,
          serverErrorEvery,
          cutBodyEvery,
          garbageEvery,
          slowEvery,
          slowBy,
          duplicateItems,
          shift,
          noPageToken,
          loopingPages,
          failCount,
          webexTooManyEvery,
          webexRetryAfterSeconds,
          webexStatus);
    }
  }
}
