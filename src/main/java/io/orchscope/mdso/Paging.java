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
 * <p>A list without an end is left: in either pass after some pages in a row whose resources the
 * pass has all been given before, and in the second after more pages without a resource that is new
 * to the poll than the first pass had pages.
 *
 * @param offset of the next page, or of the page that the token stands for
 * @param offsetsOnly whether page tokens are passed over
 * @param pass 1, or 2 when the list is walked again
 * @param distinct resources listed so far that had not been listed before in this poll
 * @param most the largest total that MDSO has said in this poll
 * @param run what the last pages brought
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
    Run run,
    int garbled,
    boolean done) {

  /** A server that hands out pages in a circle is left after this many pages without news. */
  private static final int EMPTY_HANDED_PAGES = 3;

  /** Pages overlap by a tenth at most, and resources come and go. */
  private static final int MORE_PAGES = 10;

  private static final int GARBLED_REPLIES = 3;
  private static final int PASSES = 2;

  /**
   * What the last pages brought.
   *
   * @param emptyHanded pages in a row that brought nothing that is new to the pass
   * @param stale pages in a row that brought nothing that is new to the poll
   * @param pages of this pass
   * @param before pages of the pass before; 0 in the first
   */
  record Run(int emptyHanded, int stale, int pages, int before) {

    static final Run NONE = new Run(0, 0, 0, 0);

    Run after(long news, long newsInPass) {
      return new Run(
          newsInPass == 0 ? emptyHanded + 1 : 0, news == 0 ? stale + 1 : 0, pages + 1, before);
    }

    Run again() {
      return new Run(0, 0, 0, pages);
    }

    boolean isEndless() {
      return emptyHanded >= EMPTY_HANDED_PAGES
          || (before > 0 && stale > before + before / 4 + MORE_PAGES);
    }
  }

  static Paging start(int limit) {
    return new Paging(limit, 0, Optional.empty(), false, 1, 0, 0, Run.NONE, 0, false);
  }

  /** The same where no page repeats one of its pass without being wholly known. */
  Paging after(Page page, long news) {
    return after(page, news, news);
  }

  /**
   * On with the page after this one, of whose resources {@code news} were not known to the poll and
   * {@code newsInPass} not to this pass.
   */
  Paging after(Page page, long news, long newsInPass) {
    Paging grown = counting(news, newsInPass, page.total().orElse(0));
    boolean ofTokens = page.nextPageToken().isPresent() && !offsetsOnly;
    if (page.size() == 0) {
      return grown.ended();
    }
    if (grown.run.isEndless() || (ofTokens && page.nextPageToken().equals(token))) {
      return grown.endOfPass();
    }
    if (ofTokens) {
      return grown.at(offset + page.size(), page.nextPageToken());
    }
    long end = offset + page.size();
    boolean more = page.total().isPresent() ? end < page.total().getAsLong() : page.size() >= limit;
    return more ? grown.at(end - overlap(page), Optional.empty()) : grown.ended();
  }

  /** Why the list was left before its end, if so. */
  Optional<String> endless() {
    boolean isShort = most == 0 || distinct < most;
    return done && run.isEndless() && isShort
        ? Optional.of(
            "the list repeats itself: %d resources in %d pages, total %s"
                .formatted(distinct, run.pages + run.before, most == 0 ? "not said" : most))
        : Optional.empty();
  }

  /** The same page again. Errors: {@link GarbledReplyException} when that has not helped. */
  Paging afterGarbled(GarbledReplyException fault) {
    if (garbled + 1 >= GARBLED_REPLIES) {
      throw fault;
    }
    return new Paging(
        limit, offset, token, offsetsOnly, pass, distinct, most, run, garbled + 1, done);
  }

  /** The same place by its offset, for a server that does not take its own token any more. */
  Paging withoutToken() {
    return new Paging(
        limit, offset, Optional.empty(), true, pass, distinct, most, run, garbled, done);
  }

  private static long overlap(Page page) {
    return Math.min(20, page.size() / 10);
  }

  private Paging counting(long news, long newsInPass, long total) {
    return new Paging(
        limit,
        offset,
        token,
        offsetsOnly,
        pass,
        distinct + news,
        Math.max(most, total),
        run.after(news, newsInPass),
        0,
        done);
  }

  private Paging at(long next, Optional<String> nextToken) {
    return new Paging(
        limit, next, nextToken, offsetsOnly, pass, distinct, most, run, garbled, false);
  }

  /** The list came to its end, as lists do: pages that repeated others before do not matter. */
  private Paging ended() {
    Run calm = new Run(0, 0, run.pages, run.before);
    return new Paging(limit, offset, token, offsetsOnly, pass, distinct, most, calm, 0, false)
        .endOfPass();
  }

  private Paging endOfPass() {
    return distinct < most && pass < PASSES
        ? new Paging(
            limit, 0, Optional.empty(), true, pass + 1, distinct, most, run.again(), 0, false)
        : new Paging(limit, offset, token, offsetsOnly, pass, distinct, most, run, 0, true);
  }
}
