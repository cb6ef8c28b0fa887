package io.orchscope.mdso;

import io.orchscope.defect.Outcome;
import java.util.Map;
import java.util.Optional;

/** What became of the circuits of a poll, whichever process worked on them. */
@FunctionalInterface
public interface PollTally {

  /**
   * How many circuits of the poll have each outcome so far; none is as good as zero. Nothing when
   * that cannot be told just now.
   */
  Optional<Map<Outcome, Long>> of(String pollId);
}
