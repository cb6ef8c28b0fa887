package io.orchscope.step;

import io.orchscope.defect.Examination;
import io.orchscope.mdso.Answers;
import io.orchscope.mdso.GarbledReplyException;
import io.orchscope.mdso.Polls;
import io.orchscope.mdso.Sessions;
import io.orchscope.remote.RemoteSystem;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** What comes before and after every question to MDSO. */
public final class MdsoCalls {

  /** The variable in which MDSO's answer stands, byte[]. */
  static final String ANSWER = "mdso-answer";

  /** The header by which a call says to our own client which circuit it is for. */
  public static final String CIRCUIT = "Orchscope-Circuit";

  private final Sessions sessions;
  private final RemoteSystem mdso;
  private final Polls polls;
  private final Answers answers = new Answers();

  public MdsoCalls(Sessions sessions, RemoteSystem mdso, Polls polls) {
    this.sessions = sessions;
    this.mdso = mdso;
    this.polls = polls;
  }

  /** Whether MDSO may not be asked yet: without a token, or before the time that it named. */
  public boolean mustWait(Exchange exchange) {
    return mdso.gate().isClosed() || sessions.needsLogIn(pollId(exchange));
  }

  /** Sets the poll's token. Errors: TokenEndedException when it has ended this very moment. */
  public void setToken(Exchange exchange) {
    String pollId = pollId(exchange);
    exchange.getMessage().setHeader("Authorization", sessions.authorization(pollId));
    if (exchange.getMessage().getBody() instanceof Examination) {
      exchange.getMessage().setHeader(CIRCUIT, exchange.getExchangeId());
    }
    polls.asked(pollId);
  }

  /**
   * Leaves nothing of the call on the message but the answer in its variable.
   *
   * <p>Errors: GarbledReplyException for a proxy's page or half an answer.
   */
  public void accept(Exchange exchange) {
    try {
      answers.mustBeWhole(exchange.getVariable(ANSWER, byte[].class));
      mdso.health().called("");
    } catch (GarbledReplyException garbled) {
      mdso.health().called(String.valueOf(garbled.getMessage()));
      throw garbled;
    }
    forgetCall(exchange.getMessage());
  }

  /** Takes off a message what a call has put there, and how often it was tried. */
  static void forgetCall(Message message) {
    message.removeHeader("Authorization");
    message.removeHeader(CIRCUIT);
    message.removeHeader(Exchange.HTTP_PATH);
    message.removeHeader(Exchange.HTTP_QUERY);
    message.removeHeader(Exchange.HTTP_RESPONSE_CODE);
    message.removeHeader(Exchange.HTTP_RESPONSE_TEXT);
    message.removeHeader(Exchange.REDELIVERED);
    message.removeHeader(Exchange.REDELIVERY_COUNTER);
    message.removeHeader(Exchange.REDELIVERY_MAX_COUNTER);
    message.removeHeader(Exchange.REDELIVERY_DELAY);
  }

  private static String pollId(Exchange exchange) {
    return exchange.getMessage().getHeader("poll-id", "", String.class);
  }
}
