package io.orchscope.mdso;

import java.util.Optional;

/**
 * Where a poll stands in MDSO's list.
 *
 * <p>Follows {@code nextPageToken}, or counts offsets up to {@code total} where there is none or
 * MDSO does not take its own. Offsets overlap, and a list that came out shorter than the largest
 * total that was said is walked once more by offsets, because resources that come and go while we
 * read shift what stands behind them.
 *
 * @param offset of the next page, or of the page that the token stands for
 * @param offsetsOnly whether page tokens are passed over
 * @param pass 1, or 2 when the list is walked again
 * @param distinct resources listed so far that had not been listed before in this poll
 * @param most the largest total that MDSO has said in this poll
 * @param emptyHanded pages in a row that brought nothing new
 * @param garbled replies in a row that could not be read
 */
record Paging(
    int limit,
    long offset,
    Optional<String> token,
    boolean offsetsOnly,
    int pass,
    long distinct,
    long most,
    int emptyHanded,
    int garbled,
    boolean done) {

  /** A server that hands out pages in a circle is left after this many pages without news. */
  private static final int EMPTY_HANDED_PAGES = 3;

  private static final int GARBLED_REPLIES = 3;
  private static final int PASSES = 2;

  static Paging start(int limit) {
    return new Paging(limit, 0, Optional.empty(), false, 1, 0, 0, 0, 0, false);
  }

  /**
   * On with the page after this one, of whose resources {@code news} were not known to the poll.
   */
  Paging after(Page page, long news) {
    Paging grown = counting(news, page.total().orElse(0));
    boolean ofTokens = page.nextPageToken().isPresent() && !offsetsOnly;
    // The second walk passes over much that is known, and must not end for that.
    boolean idle = pass == 1 && grown.emptyHanded >= EMPTY_HANDED_PAGES;
    if (page.size() == 0 || idle || (ofTokens && page.nextPageToken().equals(token))) {
      return grown.endOfPass();
    }
    if (ofTokens) {
      return grown.at(offset + page.size(), page.nextPageToken());
    }
    long end = offset + page.size();
    boolean more = page.total().isPresent() ? end < page.total().getAsLong() : page.size() >= limit;
    return more ? grown.at(end - overlap(page), Optional.empty()) : grown.endOfPass();
  }

  /** The same page again. Errors: {@link GarbledReplyException} when that has not helped. */
  Paging afterGarbled(GarbledReplyException fault) {
    if (garbled + 1 >= GARBLED_REPLIES) {
      throw fault;
    }
    return new Paging(
        limit, offset, token, offsetsOnly, pass, distinct, most, emptyHanded, garbled + 1, done);
  }

  /** The same place by its offset, for a server that does not take its own token any more. */
  Paging withoutToken() {
    return new Paging(
        limit, offset, Optional.empty(), true, pass, distinct, most, emptyHanded, garbled, done);
  }

  private static long overlap(Page page) {
    return Math.min(20, page.size() / 10);
  }

  private Paging counting(long news, long total) {
    return new Paging(
        limit,
        offset,
        token,
        offsetsOnly,
        pass,
        distinct + news,
        Math.max(most, total),
        news == 0 ? emptyHanded + 1 : 0,
        0,
        done);
  }

  private Paging at(long next, Optional<String> nextToken) {
    return new Paging(
        limit, next, nextToken, offsetsOnly, pass, distinct, most, emptyHanded, garbled, false);
  }

  private Paging endOfPass() {
    return distinct < most && pass < PASSES
        ? new Paging(limit, 0, Optional.empty(), true, pass + 1, distinct, most, 0, 0, false)
        : new Paging(limit, offset, token, offsetsOnly, pass, distinct, most, 0, 0, true);
  }
}
