package io.orchscope.trace;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.orchscope.circuit.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The look-ups of a circuit's orchestration trace, one call at a time, and what they have brought.
 *
 * <p>Immutable: the route asks {@code isOpen}, sends {@code path} and {@code query} to MDSO, and
 * goes on with what {@code read} returns. A look-up is followed from page to page; the first that
 * brings a TraceLog is the last. Source: domain.md §3.2.
 *
 * @param ownsTrace whether there should be a trace at all
 * @param remaining the look-up that is under way and those after it; none when the search is over
 * @param skipped look-ups that cannot be asked, because MDSO's filters cannot express the id
 * @param offset of the page to ask for
 * @param page its number within the look-up, from 0
 * @param attempts newest first, with those whose entries could not all be read
 * @param garbledAttempts resource ids of those
 * @param incomplete whether the look-up that found something left TraceLogs unread
 * @param foundBy the look-up that brought the attempts
 * @param garbled what could not be read so far: one line, none of MDSO's text but TraceLog ids
 */
public record TraceSearch(
    Resource resource,
    boolean ownsTrace,
    List<Lookup> remaining,
    List<Lookup> skipped,
    int offset,
    int page,
    List<OrchestrationTrace> attempts,
    List<String> garbledAttempts,
    boolean incomplete,
    Optional<Lookup> foundBy,
    Optional<String> garbled) {

  /** TraceLogs on a page: one is 5 to 500 KB, and a page is in memory as a whole. */
  static final int LIMIT = 20;

  /** Pages of one look-up. */
  static final int MOST_PAGES = 10;

  private static final int LONGEST_NOTE = 1000;
  private static final int LONGEST_ID = 64;

  /** A way to find a TraceLog, in the order in which they are tried. */
  public enum Lookup {
    ORIGINATION_ID,
    LABEL,
    CIRCUIT_NAME,
    DEPENDENCIES;

    /** The word in summaries and metrics. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public TraceSearch {
    remaining = List.copyOf(remaining);
    skipped = List.copyOf(skipped);
    attempts = List.copyOf(attempts);
    garbledAttempts = List.copyOf(garbledAttempts);
  }

  /** A search that has asked nothing yet; it is over at once when there is no trace to look for. */
  public static TraceSearch of(Resource resource, boolean ownsTrace) {
    List<Lookup> asked = new ArrayList<>();
    List<Lookup> skipped = new ArrayList<>();
    for (Lookup lookup : ownsTrace ? Lookup.values() : new Lookup[0]) {
      (TraceQuery.canAsk(lookup, resource) ? asked : skipped).add(lookup);
    }
    return new TraceSearch(
        resource,
        ownsTrace,
        asked,
        skipped,
        0,
        0,
        List.of(),
        List.of(),
        false,
        Optional.empty(),
        Optional.empty());
  }

  /** Whether another call should be made. */
  @JsonIgnore
  public boolean isOpen() {
    return !remaining.isEmpty();
  }

  /** Where to call, below the Market's base. Errors: none is left to ask once it is closed. */
  public String path() {
    return TraceQuery.path(current(), resource);
  }

  /** What to ask there, ready for a URL. Errors: none is left to ask once it is closed. */
  public String query() {
    return TraceQuery.query(current(), resource, offset, LIMIT);
  }

  /**
   * The search after MDSO's answer to the call.
   *
   * <p>Errors: never throws; an answer that is no list is noted in {@code garbled} and the next
   * look-up has its turn, unless an earlier page has already brought something.
   */
  public TraceSearch read(byte[] reply) {
    if (!isOpen()) {
      return this;
    }
    TracePage found = TraceReader.read(reply);
    if (found.garbled().isPresent()) {
      return noting("the reply " + found.garbled().get()).nextLookup();
    }
    List<TracePage.Found> answers =
        found.traceLogs().stream()
            .filter(each -> TraceQuery.isAnswer(current(), resource, each.trace()))
            .toList();
    TraceSearch grown = adding(answers);
    if (found.strangers() > 0) {
      grown = grown.noting(found.strangers() + " items are not objects");
    }
    // MDSO may repeat a page while TraceLogs are being added, so we stop when none is new.
    boolean repeats = !answers.isEmpty() && grown.attempts.size() == attempts.size();
    if (repeats || !found.isFollowed(offset)) {
      return grown.nextLookup();
    }
    if (page + 1 == MOST_PAGES) {
      return grown.noting("more than " + MOST_PAGES + " pages, the rest is unread").nextLookup();
    }
    return grown.at(remaining, offset + found.size(), page + 1);
  }

  /** The newest attempt with an entry to read, or with a list of entries that is rightly empty. */
  public Optional<OrchestrationTrace> newest() {
    return attempts.stream()
        .filter(each -> !each.entries().isEmpty() || !isGarbled(each))
        .findFirst();
  }

  /** The same as {@link #whyUnreadable}, as one line: {@code no-trace: …}. */
  public Optional<String> unreadable() {
    return whyUnreadable().map(Unreadable::text);
  }

  /**
   * Why the trace cannot be trusted; nothing when it can, when none was to be looked for, or while
   * the search is open.
   *
   * <p>It is said also of a trace of which a part, or a newer attempt, could not be read: an error
   * in the rest counts, but the rest alone makes no circuit healthy.
   */
  public Optional<Unreadable> whyUnreadable() {
    return Unreadable.of(this);
  }

  /** Whether not all of an attempt's entries could be read. */
  boolean isGarbled(OrchestrationTrace trace) {
    return garbledAttempts.contains(trace.resourceId());
  }

  private Lookup current() {
    if (!isOpen()) {
      throw new IllegalStateException("The search is over, there is nothing to ask.");
    }
    return remaining.get(0);
  }

  private TraceSearch adding(List<TracePage.Found> answers) {
    Attempts all = new Attempts(attempts, garbledAttempts).with(answers);
    Optional<String> notes = garbled;
    for (TracePage.Found answer : answers) {
      if (answer.garbled().isPresent()) {
        String id = printable(answer.trace().resourceId());
        notes = joined(notes, "TraceLog " + id + ": " + answer.garbled().get());
      }
    }
    return new TraceSearch(
        resource,
        ownsTrace,
        remaining,
        skipped,
        offset,
        page,
        all.newestFirst(),
        all.garbledIds(),
        incomplete,
        all.newestFirst().isEmpty() ? Optional.empty() : Optional.of(current()),
        notes);
  }

  /** With a part that stays unread; it matters to the attempts only where there are some. */
  private TraceSearch noting(String what) {
    return new TraceSearch(
        resource,
        ownsTrace,
        remaining,
        skipped,
        offset,
        page,
        attempts,
        garbledAttempts,
        incomplete || !attempts.isEmpty(),
        foundBy,
        joined(garbled, current().word() + ": " + what));
  }

  private TraceSearch nextLookup() {
    return at(attempts.isEmpty() ? remaining.subList(1, remaining.size()) : List.of(), 0, 0);
  }

  private TraceSearch at(List<Lookup> lookups, int nextOffset, int nextPage) {
    return new TraceSearch(
        resource,
        ownsTrace,
        lookups,
        skipped,
        nextOffset,
        nextPage,
        attempts,
        garbledAttempts,
        incomplete,
        foundBy,
        garbled);
  }

  private static Optional<String> joined(Optional<String> notes, String more) {
    String all = notes.map(before -> before + "; " + more).orElse(more);
    return Optional.of(
        all.length() <= LONGEST_NOTE ? all : all.substring(0, LONGEST_NOTE - 1) + "…");
  }

  private static String printable(String id) {
    String clean = id.replaceAll("[^A-Za-z0-9._:-]", "?");
    return clean.isEmpty()
        ? "without an id"
        : clean.substring(0, Math.min(clean.length(), LONGEST_ID));
  }
}
