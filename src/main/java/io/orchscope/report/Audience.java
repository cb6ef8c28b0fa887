package io.orchscope.report;

import io.orchscope.defect.Examination;
import io.orchscope.mdso.PollSummary;

/**
 * Whoever looks on while circuits are worked on: a terminal, or nobody.
 *
 * <p>Called on the threads that do the work; an audience returns quickly and does not throw.
 */
public interface Audience {

  /** An audience that is not there. */
  Audience NOBODY = new Audience() {};

  /** A circuit was decided. */
  default void decided(Examination examination) {}

  /**
   * A message was sent, or is shown in place of being sent.
   *
   * @param alerts how many failures it tells
   */
  default void alerted(String text, long alerts, boolean sent) {}

  /** A poll has ended. */
  default void pollEnded(PollSummary summary) {}
}
