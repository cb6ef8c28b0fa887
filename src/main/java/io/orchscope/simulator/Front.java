package io.orchscope.simulator;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP side of one neighbour: reads calls, waits out the latency, sends replies. */
final class Front {

  private static final Logger log = LoggerFactory.getLogger(Front.class);

  /** Digits of a limit that asks for much: from 100. */
  private static final int LONG_LIMIT = 3;

  private final Vertx vertx;
  private final String neighbour;
  private final Duration latency;
  private final Journal journal;
  private final Function<Call, Reply> api;

  Front(
      Vertx vertx, String neighbour, Duration latency, Journal journal, Function<Call, Reply> api) {
    this.vertx = vertx;
    this.neighbour = neighbour;
    this.latency = latency;
    this.journal = journal;
    this.api = api;
  }

  /** Listens on loopback and answers with the port. Errors: an exception when it is taken. */
  int listen(int port) {
    HttpServerOptions options =
        new HttpServerOptions().setHost("127.0.0.1").setPort(port).setMaxInitialLineLength(16_384);
    HttpServer server = vertx.createHttpServer(options).requestHandler(this::receive);
    return server.listen().toCompletionStage().toCompletableFuture().join().actualPort();
  }

  private void receive(HttpServerRequest request) {
    long arrived = System.nanoTime();
    request.body().onSuccess(body -> answer(request, body, arrived));
  }

  private void answer(HttpServerRequest request, Buffer body, long arrived) {
    Call call = call(request, body);
    if (isLong(call)) {
      vertx
          .executeBlocking(() -> reply(call), false)
          .onSuccess(reply -> sendInTime(request, reply, arrived));
    } else {
      sendInTime(request, reply(call), arrived);
    }
  }

  /**
   * A long list, or an archive, is written aside: everybody else would wait for it, and then come
   * in a crowd.
   */
  private static boolean isLong(Call call) {
    return call.param("limit").filter(limit -> limit.length() >= LONG_LIMIT).isPresent()
        || call.path().equals(LogArchiveApi.PATH);
  }

  private Reply reply(Call call) {
    Reply reply;
    try {
      reply = api.apply(call);
    } catch (RuntimeException e) {
      log.error("The simulator failed at a request. path={}", call.path(), e);
      reply = Reply.refusal(500, "Internal Server Error", "The simulator has a fault of its own.");
    }
    journal.add(neighbour, call, reply);
    return reply;
  }

  private void sendInTime(HttpServerRequest request, Reply reply, long arrived) {
    // The time that it takes to make a reply up is part of the latency, not on top of it.
    Duration spent = Duration.ofNanos(System.nanoTime() - arrived);
    long wait = latency.plus(reply.extraDelay()).minus(spent).toMillis();
    if (wait > 0) {
      vertx.setTimer(wait, timer -> send(request, reply));
    } else {
      send(request, reply);
    }
  }

  private static void send(HttpServerRequest request, Reply reply) {
    HttpServerResponse response = request.response();
    if (response.closed()) {
      return;
    }
    response.setStatusCode(reply.status());
    reply.headers().forEach(response::putHeader);
    if (reply.cut()) {
      response.putHeader("Content-Length", Integer.toString(reply.body().length));
      response
          .write(Buffer.buffer(reply.body()).slice(0, reply.body().length / 2))
          .onComplete(done -> request.connection().close());
    } else {
      response.end(Buffer.buffer(reply.body()));
    }
  }

  private static Call call(HttpServerRequest request, Buffer body) {
    Map<String, String> headers = new TreeMap<>();
    request.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
    Map<String, String> params = new LinkedHashMap<>();
    request.params().forEach((name, value) -> params.putIfAbsent(name, value));
    String query = request.query();
    return new Call(
        request.method().name(),
        URLDecoder.decode(request.path().replace("+", "%2B"), StandardCharsets.UTF_8),
        query == null ? "" : query,
        params,
        headers,
        body.getBytes());
  }
}
