package io.orchscope.step;

import io.orchscope.mdso.Sessions;
import io.orchscope.telemetry.Signals;

/** Takes the token out of MDSO's reply to a log-in. */
public final class KeepToken {

  private final Sessions sessions;
  private final Signals signals;

  public KeepToken(Sessions sessions, Signals signals) {
    this.sessions = sessions;
    this.signals = signals;
  }

  public void accept(String pollId, byte[] reply) {
    sessions.accept(pollId, reply);
    signals.tokenAcquired();
  }
}
