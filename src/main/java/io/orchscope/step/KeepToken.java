package io.orchscope.step;

import io.orchscope.mdso.GarbledReplyException;
import io.orchscope.mdso.Sessions;
import io.orchscope.remote.RemoteSystem;
import io.orchscope.telemetry.Signals;

/** Takes the token out of MDSO's reply to a log-in. */
public final class KeepToken {

  private final Sessions sessions;
  private final RemoteSystem mdso;
  private final Signals signals;

  public KeepToken(Sessions sessions, RemoteSystem mdso, Signals signals) {
    this.sessions = sessions;
    this.mdso = mdso;
    this.signals = signals;
  }

  public void accept(String pollId, byte[] reply) {
    try {
      sessions.accept(pollId, reply);
      mdso.health().called("");
    } catch (GarbledReplyException garbled) {
      mdso.health().called(String.valueOf(garbled.getMessage()));
      throw garbled;
    }
    signals.tokenAcquired();
  }
}
