package io.orchscope.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Guard between decoder and server: refuses what is no sound request, and keeps the state of the
 * connection.
 *
 * <p>After a refusal nothing more of the connection is read as a request: its end is unknown.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A write that fails closes the connection.
final class RequestGuard extends ChannelDuplexHandler {

  private final Connection connection;
  private Optional<HttpResponseStatus> refusal = Optional.empty();
  private boolean isRefused;
  private boolean isAnswering;

  RequestGuard(Connection connection) {
    this.connection = connection;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (isRefused) {
      ReferenceCountUtil.release(message);
      return;
    }
    Optional<HttpResponseStatus> found = objection(message);
    if (found.isPresent()) {
      ReferenceCountUtil.release(message);
      refuse(context, found.get(), message instanceof HttpRequest);
      return;
    }
    if (message instanceof HttpRequest) {
      connection.headerRead();
    }
    if (message instanceof LastHttpContent) {
      connection.requestRead();
    }
    context.fireChannelRead(message);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof HttpResponse response && response.status().code() >= 200) {
      isAnswering = true;
    }
    if (message instanceof LastHttpContent) {
      context.write(message, promise.unvoid().addListener(written -> answered(context)));
    } else {
      context.write(message, promise);
    }
  }

  private void answered(ChannelHandlerContext context) {
    isAnswering = false;
    connection.answered();
    if (connection.unanswered() == 0) {
      refusal.ifPresent(status -> send(context, status));
    }
  }

  private static Optional<HttpResponseStatus> objection(Object message) {
    if (message instanceof HttpRequest request) {
      return request.decoderResult().isSuccess()
          ? RequestRules.objection(request)
          : Optional.of(status(request.decoderResult()));
    }
    return message instanceof HttpContent content && content.decoderResult().isFailure()
        ? Optional.of(HttpResponseStatus.BAD_REQUEST)
        : Optional.empty();
  }

  private static HttpResponseStatus status(DecoderResult failed) {
    if (failed.cause() instanceof TooLongHttpLineException) {
      return HttpResponseStatus.REQUEST_URI_TOO_LONG;
    }
    return failed.cause() instanceof TooLongHttpHeaderException
        ? HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
        : HttpResponseStatus.BAD_REQUEST;
  }

  /**
   * Answers at once, or behind the answers to earlier requests.
   *
   * @param isHeader whether a request begins with the fault; otherwise it is in the body of one
   */
  private void refuse(ChannelHandlerContext context, HttpResponseStatus status, boolean isHeader) {
    isRefused = true;
    int unanswered = connection.unanswered();
    if (isHeader && unanswered > 0) {
      refusal = Optional.of(status);
      connection.requestRead();
    } else if (isHeader || (unanswered == 1 && !isAnswering)) {
      send(context, status);
    } else {
      connection.refused();
      context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> end(context));
    }
  }

  private void send(ChannelHandlerContext context, HttpResponseStatus status) {
    byte[] text =
        ("This is no request that can be answered: " + status.reasonPhrase() + ".\n")
            .getBytes(StandardCharsets.US_ASCII);
    FullHttpResponse response =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(text));
    response
        .headers()
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE)
        .set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
        .setInt(HttpHeaderNames.CONTENT_LENGTH, text.length);
    connection.refused();
    context.writeAndFlush(response).addListener(written -> end(context));
  }

  /** Closes gently: a reset would destroy the refusal before the client has read it. */
  private static void end(ChannelHandlerContext context) {
    if (context.pipeline().get(SslHandler.class) == null
        && context.channel() instanceof DuplexChannel duplex) {
      duplex.shutdownOutput();
    } else {
      context.close();
    }
  }
}
