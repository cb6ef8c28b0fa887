package io.orchscope.mdso;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orchscope.circuit.Product;
import io.orchscope.defect.Outcome;
import io.orchscope.settings.Clocks;
import io.orchscope.settings.Products;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The polls that are under way: begins them, turns their pages, and knows when they are done. */
public final class Polls {

  private static final Logger log = LoggerFactory.getLogger(Polls.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration BETWEEN_TALLIES = Duration.ofMillis(200);

  private static final Page NOTHING =
      new Page(List.of(), Map.of(), 0, OptionalLong.empty(), Optional.empty());
  private static final Page UNREAD =
      new Page(List.of(), Map.of(), -1, OptionalLong.empty(), Optional.empty());

  private final Products products;
  private final int pageSize;
  private final PollWindow window;
  private final Duration circuitsLimit;
  private final Clocks clocks;
  private final Optional<PollTally> tally;
  private volatile boolean leaving;
  private final Map<String, PollProgress> underWay = new ConcurrentHashMap<>();

  public Polls(
      Products products, int pageSize, Duration lookBack, Duration circuitsLimit, Clock clock) {
    this(
        products,
        pageSize,
        PollWindow.lookingBack(lookBack),
        circuitsLimit,
        Clocks.both(clock),
        Optional.empty());
  }

  /**
   * The same where other processes work on the circuits.
   *
   * @param tally what became of them; nothing when all are worked on here
   */
  public Polls(
      Products products,
      int pageSize,
      PollWindow window,
      Duration circuitsLimit,
      Clocks clocks,
      Optional<PollTally> tally) {
    this.products = products;
    this.pageSize = pageSize;
    this.window = window;
    this.circuitsLimit = circuitsLimit;
    this.clocks = clocks;
    this.tally = tally;
  }

  /** A new poll of a product over the usual window. */
  public Poll begin(String productType) {
    return begin(new PollRequest(productType, Duration.ZERO), window);
  }

  /** A new poll over a window of somebody's choice. */
  public Poll begin(PollRequest request) {
    return begin(request, PollWindow.lookingBack(request.window()));
  }

  private Poll begin(PollRequest request, PollWindow asked) {
    Instant now = clocks.wall().instant().truncatedTo(ChronoUnit.MILLIS);
    Product product = products.ofType(request.productType());
    Poll poll =
        new Poll(
            request.id(),
            product,
            asked.from(product.type(), now),
            now,
            request.circuit(),
            Paging.start(pageSize),
            NOTHING,
            List.of(),
            0);
    underWay.put(poll.id(), new PollProgress(poll, clocks.steady()));
    return poll;
  }

  /** Takes note of how many resources MDSO counted; a reply that says nothing is passed over. */
  public Poll count(Poll poll, byte[] reply) {
    try {
      JsonNode count = JSON.readTree(reply).path("count");
      if (count.isIntegralNumber()) {
        progress(poll.id()).expect(count.asLong());
      }
    } catch (IOException garbled) {
      log.debug("MDSO's count cannot be read. product={}", poll.product().type());
    }
    return poll;
  }

  /** The poll with the resources of MDSO's reply; the same page once more if it cannot be read. */
  public Poll read(Poll poll, byte[] reply) {
    try {
      Page page = PageReader.read(poll.product(), poll.startedAt(), reply);
      progress(poll.id()).undated(poll, page);
      return poll.with(page);
    } catch (GarbledReplyException garbled) {
      log.warn("Asking for a page again: {} poll={}", garbled.getMessage(), poll.id());
      return poll.with(poll.paging().afterGarbled(garbled)).with(UNREAD);
    }
  }

  /** Takes note of what a page held, once the ledger has told known from new. */
  public void listed(Poll poll, long distinct, long unchanged) {
    long young = poll.listed().size();
    long old = poll.page().resources().size() - young;
    progress(poll.id()).listed(distinct, old, young - distinct, unchanged);
  }

  /** Takes note that a circuit is about to be queued. */
  public void handOver(String pollId) {
    progress(pollId).handOver();
  }

  /** Takes note that listing has failed; its circuits are waited for all the same. */
  public Poll broken(Poll poll) {
    progress(poll.id()).broken();
    return poll;
  }

  /** The poll at its next page. */
  public Poll turn(Poll poll) {
    progress(poll.id()).handedOver();
    if (poll.page().size() < 0) {
      return poll;
    }
    ListedIds.News news = progress(poll.id()).turn(poll);
    return poll.with(poll.paging().after(poll.page(), poll.news() + news.old(), news.inThisPass()));
  }

  /** The poll at the same place by its offset, after MDSO has refused its own page token. */
  public Poll withoutToken(Poll poll) {
    log.info("MDSO refused its own page token; going on by offsets. poll={}", poll.id());
    return poll.with(poll.paging().withoutToken());
  }

  /** Whether the poll asked with a page token, so that a refusal may be about that. */
  public boolean usesToken(Poll poll) {
    return poll.paging().token().isPresent();
  }

  /** Waits until the last circuit of the poll has been decided, or the limit is over. */
  public Poll awaitCircuits(Poll poll) throws InterruptedException {
    if (!(tally.isPresent() ? awaitOthers(poll, tally.get()) : awaitOurs(poll))) {
      log.warn(
          "Some circuits are not decided yet; the next poll reads them again. poll={} limit={}",
          poll.id(),
          circuitsLimit);
    }
    return poll;
  }

  private boolean awaitOurs(Poll poll) throws InterruptedException {
    return progress(poll.id()).awaitCircuits(circuitsLimit);
  }

  private boolean awaitOthers(Poll poll, PollTally others) throws InterruptedException {
    Instant end = clocks.steady().instant().plus(circuitsLimit);
    PollProgress progress = progress(poll.id());
    do {
      others.of(poll.id()).ifPresent(progress::counted);
      if (progress.awaitCircuits(BETWEEN_TALLIES)) {
        return true;
      }
    } while (!leaving && clocks.steady().instant().isBefore(end));
    return false;
  }

  /** Lets polls end without the circuits that other processes still have; they go on with them. */
  public void leave() {
    leaving = true;
  }

  /** Whether the poll is one of this process and has not ended. */
  public boolean isUnderWay(String pollId) {
    return underWay.containsKey(pollId);
  }

  /** Takes note that MDSO is being asked something for a poll. */
  public void asked(String pollId) {
    PollProgress progress = underWay.get(pollId);
    if (progress != null) {
      progress.asked();
    }
  }

  /** Takes note of what was decided about one circuit of a poll. */
  public void decided(String pollId, Outcome outcome) {
    PollProgress progress = underWay.get(pollId);
    if (progress != null && tally.isEmpty()) {
      progress.decided(outcome);
    }
  }

  /** Takes note that a queued circuit is left to the next poll, because the process stops. */
  public void leftOver(String pollId) {
    PollProgress progress = underWay.get(pollId);
    if (progress != null) {
      progress.leftOver();
    }
  }

  /** Takes note that not everything of a poll could be written down, so that it is not complete. */
  public void spoil(String pollId) {
    PollProgress progress = underWay.get(pollId);
    if (progress != null) {
      progress.spoil();
    }
  }

  /** Takes note that the list was left, which is its end unless a shutdown broke the loop off. */
  public Poll complete(Poll poll) {
    if (poll.hasMore()) {
      return poll;
    }
    Optional<String> endless = poll.paging().endless();
    endless.ifPresentOrElse(
        why -> {
          progress(poll.id()).leftEarly(why);
          log.warn(
              "A list of MDSO was left before its end; what was listed is examined. product={}"
                  + " poll={} reason=\"{}\"",
              poll.product().type(),
              poll.id(),
              why);
        },
        () -> progress(poll.id()).complete());
    return poll;
  }

  /** Ends a poll and answers with its figures. */
  public PollSummary end(Poll poll) {
    PollProgress progress = progress(poll.id());
    underWay.remove(poll.id());
    return progress.summary();
  }

  /** The figures of all polls that are under way. */
  public List<PollSummary> underWay() {
    return underWay.values().stream().map(PollProgress::summary).toList();
  }

  private PollProgress progress(String pollId) {
    PollProgress progress = underWay.get(pollId);
    if (progress == null) {
      throw new IllegalStateException("No poll " + pollId + " is under way.");
    }
    return progress;
  }
}
