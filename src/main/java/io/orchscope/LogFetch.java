package io.orchscope;

import io.orchscope.hostlog.Fetch;
import io.orchscope.mdso.ReplyTooLargeException;
import io.orchscope.mdso.Sessions;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.http.base.HttpOperationFailedException;

/** The way to MDSO's log archive, through the route that asks it with MDSO's token. */
final class LogFetch implements Fetch {

  private static final String ROUTE = "direct:fetch-log-archive";
  private static final String ANSWER = "log-archive";

  private volatile ProducerTemplate template;

  LogFetch() {
    this.template = none();
  }

  @SuppressWarnings("NullAway") // until a context is there, nobody asks
  private static ProducerTemplate none() {
    return null;
  }

  /** Asks through the routes of a context from now on. */
  void through(CamelContext context) {
    template = context.createProducerTemplate();
  }

  @Override
  public InputStream get(String path, String query) throws IOException {
    Exchange answer =
        template.request(
            ROUTE,
            exchange -> {
              exchange.getMessage().setHeader("poll-id", Sessions.STRAY);
              exchange.getMessage().setHeader(Exchange.HTTP_PATH, path);
              exchange.getMessage().setHeader(Exchange.HTTP_QUERY, query);
            });
    Exception fault = answer.getException();
    if (fault == null) {
      return new ByteArrayInputStream(answer.getVariable(ANSWER, new byte[0], byte[].class));
    }
    throw said(fault, path);
  }

  private static IOException said(Exception fault, String path) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof HttpOperationFailedException refused) {
        return refused.getStatusCode() == 404
            ? new FileNotFoundException("MDSO has no " + path)
            : new IOException("MDSO answered HTTP " + refused.getStatusCode());
      }
      if (cause instanceof ReplyTooLargeException large) {
        return new TooLargeException(String.valueOf(large.getMessage()));
      }
      if (cause instanceof SocketTimeoutException late) {
        return late;
      }
    }
    return new IOException(fault.getClass().getSimpleName() + ": " + fault.getMessage(), fault);
  }
}
