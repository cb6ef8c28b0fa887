package io.orchscope.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clients that take nothing of a large answer. */
final class GuardedServerTest {

  private static final ServerLimits LIMITS =
      new ServerLimits(Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(1), 40);
  private static final int CLIENTS = 20;

  /** More than the buffers of the operating system hold for one connection. */
  private static final int PARTS = 512;

  private static final Buffer PART = Buffer.buffer(new byte[1 << 15]);
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @Test
  void closesClientsThatTakeNothingOfTheirAnswerAndAnswersOthers() throws Exception {
    HttpServerOptions options = GuardedServer.options(LIMITS);
    List<Socket> stuck = new ArrayList<>();
    try (GuardedServer server = new GuardedServer(LIMITS, 1, options)) {
      server.listen(
          new InetSocketAddress("127.0.0.1", 0),
          request -> {
            if (request.path().equals("/large")) {
              request.response().setChunked(true);
              for (int i = 0; i < PARTS; i++) {
                request.response().write(PART);
              }
            }
            request.response().end();
          });
      int port = server.server().actualPort();
      for (int i = 0; i < CLIENTS; i++) {
        stuck.add(asks(port, "/large"));
      }
      await().atMost(LIMIT).until(() -> server.connections() == CLIENTS);

      await().atMost(LIMIT).until(() -> server.connections() == 0);

      for (int i = 0; i < 3; i++) {
        try (Socket other = asks(port, "/")) {
          other.setSoTimeout((int) LIMIT.toMillis());
          assertThat(other.getInputStream().read()).isEqualTo('H');
        }
      }
    } finally {
      for (Socket each : stuck) {
        each.close();
      }
    }
  }

  private static Socket asks(int port, String path) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4_096);
    socket.connect(new InetSocketAddress("127.0.0.1", port));
    socket
        .getOutputStream()
        .write(
            ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }
}
