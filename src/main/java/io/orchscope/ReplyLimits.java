package io.orchscope;

import io.orchscope.mdso.ReplyTooLargeException;
import io.orchscope.settings.Settings;
import io.orchscope.step.LargeReplies;
import io.orchscope.step.MdsoCalls;
import java.io.IOException;
import java.time.Duration;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;

/**
 * Keeps what neighbours answer within what memory bears, and each call within its time, however
 * slowly or endlessly they answer. What counts is what comes out of compression.
 *
 * @param longestCall from the question to the last byte of the answer
 */
record ReplyLimits(LargeReplies replies, Duration longestCall) implements HttpClientConfigurer {

  static ReplyLimits of(Settings settings) {
    return new ReplyLimits(
        new LargeReplies(
            Runtime.getRuntime().maxMemory(),
            (long) settings.count("http.largest-reply-megabytes") << 20,
            settings.count("mdso.calls-at-once")),
        settings.duration("http.longest-call"));
  }

  @Override
  public void configureHttpClient(HttpClientBuilder client) {
    client.addExecInterceptorFirst("orchscope-reply-limits", this::ask);
  }

  private ClassicHttpResponse ask(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    long deadline = System.nanoTime() + longestCall.toNanos();
    Header circuit = request.getFirstHeader(MdsoCalls.CIRCUIT);
    // It says who asks to us, and not to the neighbour.
    request.removeHeaders(MdsoCalls.CIRCUIT);
    ClassicHttpResponse response = chain.proceed(request, scope);
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return response;
    }
    if (entity.getContentLength() > replies.mostBytes() && response.getCode() < 400) {
      scope.execRuntime.discardEndpoint();
      throw new ReplyTooLargeException(
          "The reply is " + (entity.getContentLength() >> 20) + " MB,", replies.mostBytes());
    }
    response.setEntity(
        new LimitedReply(
            entity,
            new LimitedReply.Terms(
                replies,
                circuit == null ? "" : circuit.getValue(),
                deadline,
                response.getCode() >= 400,
                scope.execRuntime::discardEndpoint)));
    return response;
  }
}
