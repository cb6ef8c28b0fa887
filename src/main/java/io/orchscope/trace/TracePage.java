package io.orchscope.trace;

import java.util.List;
import java.util.Optional;

/**
 * What one list reply of the Market holds.
 *
 * @param traceLogs in the order of the reply
 * @param size number of members, TraceLogs or not
 * @param strangers members that are not even objects
 * @param total how many there are on all pages; -1 when not said
 * @param announcesMore whether it names a next page
 * @param garbled why the reply is no list, without any of its text
 */
record TracePage(
    List<Found> traceLogs,
    int size,
    int strangers,
    long total,
    boolean announcesMore,
    Optional<String> garbled) {

  /**
   * One TraceLog, with as many of its entries as could be read.
   *
   * @param garbled what is wrong with its entries, if anything
   */
  record Found(OrchestrationTrace trace, Optional<String> garbled) {}

  static TracePage unreadable(String why) {
    return new TracePage(List.of(), 0, 0, -1, false, Optional.of(why));
  }

  /** Whether there are more, when this page began at that offset; an empty page ends every list. */
  boolean isFollowed(int offset) {
    return size > 0 && (announcesMore || offset + size < total);
  }
}
