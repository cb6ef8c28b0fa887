package io.orchscope.otlp;

import com.google.protobuf.MessageLite;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;

/**
 * The wire: OTLP as protobuf over HTTP/1.1, and as gRPC over HTTP/2 without TLS.
 *
 * <p>A unary gRPC call is one POST whose body is a flag (is it compressed?), a length of four bytes
 * and a message, answered by the same and a trailer with the status.
 */
final class Front {

  private static final int PREFIX = 5;
  private static final int OK = 0;
  private static final int INVALID_ARGUMENT = 3;
  private static final int UNAVAILABLE = 14;

  /** Takes all but the last few things of a message, and answers how many it took. */
  interface Intake {
    int take(Signal signal, byte[] message, int leaveOut) throws IOException;
  }

  private final Vertx vertx;
  private final Supplier<Behaviour> behaviour;
  private final Traffic traffic;
  private final Intake intake;

  Front(Vertx vertx, Supplier<Behaviour> behaviour, Traffic traffic, Intake intake) {
    this.vertx = vertx;
    this.behaviour = behaviour;
    this.traffic = traffic;
    this.intake = intake;
  }

  void receive(HttpServerRequest request) {
    Optional<Signal> signal = Signal.ofPath(request.path());
    if (signal.isEmpty()) {
      request.response().setStatusCode(404).end();
    } else {
      request.body().onSuccess(body -> answer(request, signal.get(), body));
    }
  }

  private void answer(HttpServerRequest request, Signal signal, Buffer body) {
    traffic.arrived(signal, body.length());
    Behaviour now = behaviour.get();
    switch (now.answer()) {
      case TAKE -> take(request, signal, body, now);
      case REFUSE -> refuse(request, 400, INVALID_ARGUMENT);
      case TURN_AWAY -> {
        request.response().putHeader("retry-after", String.valueOf(now.retryAfter().toSeconds()));
        refuse(request, 503, UNAVAILABLE);
      }
      case NEVER -> {}
    }
  }

  /** Aside, so that whoever comes next is not kept waiting; one thread, so in order. */
  private void take(HttpServerRequest request, Signal signal, Buffer body, Behaviour now) {
    vertx
        .executeBlocking(() -> intake.take(signal, message(request, body), now.rejected()), true)
        .onSuccess(
            taken -> {
              traffic.took(signal, taken);
              after(now.delay(), () -> accept(request, now.rejected()));
            })
        .onFailure(
            unreadable -> {
              traffic.couldNotRead(unreadable);
              refuse(request, 400, INVALID_ARGUMENT);
            });
  }

  private void after(Duration delay, Runnable action) {
    if (delay.isZero()) {
      action.run();
    } else {
      vertx.setTimer(delay.toMillis(), timer -> action.run());
    }
  }

  private static byte[] message(HttpServerRequest request, Buffer body) throws IOException {
    if (!isGrpc(request)) {
      boolean zipped = "gzip".equals(request.getHeader("content-encoding"));
      return plain(body.getBytes(), zipped);
    }
    if (body.length() < PREFIX || body.length() != PREFIX + body.getInt(1)) {
      throw new IOException("A gRPC message of " + body.length() + " bytes has a wrong length.");
    }
    boolean zipped = body.getByte(0) == 1;
    if (zipped && !"gzip".equals(request.getHeader("grpc-encoding"))) {
      throw new IOException("A compressed gRPC message does not say how.");
    }
    return plain(body.getBytes(PREFIX, body.length()), zipped);
  }

  private static byte[] plain(byte[] bytes, boolean zipped) throws IOException {
    if (!zipped) {
      return bytes;
    }
    try (GZIPInputStream unzipped = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return unzipped.readAllBytes();
    }
  }

  private static void accept(HttpServerRequest request, int rejected) {
    ExportTraceServiceResponse.Builder answer = ExportTraceServiceResponse.newBuilder();
    if (rejected > 0) {
      answer.setPartialSuccess(
          ExportTracePartialSuccess.newBuilder()
              .setRejectedSpans(rejected)
              .setErrorMessage("left out on purpose"));
    }
    // The answers to metrics and logs look the same on the wire.
    reply(request, 200, OK, answer.build());
  }

  private static void refuse(HttpServerRequest request, int status, int grpcStatus) {
    reply(request, status, grpcStatus, ExportTraceServiceResponse.getDefaultInstance());
  }

  private static void reply(
      HttpServerRequest request, int status, int grpcStatus, MessageLite message) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    byte[] bytes = message.toByteArray();
    if (isGrpc(request)) {
      response.putHeader("content-type", "application/grpc");
      response.putTrailer("grpc-status", String.valueOf(grpcStatus));
      response.end(
          grpcStatus == OK
              ? Buffer.buffer().appendByte((byte) 0).appendInt(bytes.length).appendBytes(bytes)
              : Buffer.buffer());
    } else {
      response
          .setStatusCode(status)
          .putHeader("content-type", "application/x-protobuf")
          .end(Buffer.buffer(bytes));
    }
  }

  private static boolean isGrpc(HttpServerRequest request) {
    String type = request.getHeader("content-type");
    return type != null && type.startsWith("application/grpc");
  }
}
