package io.orchscope;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.simulator.Simulator;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that send nothing, or half a request, or read nothing: each is closed in time. */
final class ConnectionLimitsTest {

  private static final int MOST = 20;
  private static final String HOST = "Host: 127.0.0.1\r\n";

  @TempDir private static Path folder;

  private static int port;
  private static Simulator simulator;
  private static Running running;

  @BeforeAll
  static void start() throws Exception {
    port = PageClient.freePort();
    simulator = Running.world(Map.of("resources", "5"));
    running =
        Running.start(
            folder,
            simulator,
            Map.of(
                "console.listen",
                "127.0.0.1:" + port,
                "console.header-timeout",
                "1s",
                "console.body-timeout",
                "2s",
                "console.idle-timeout",
                "3s",
                "console.most-connections",
                String.valueOf(MOST)));
  }

  @AfterAll
  static void stop() {
    running.close();
    simulator.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GET / HT", "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: "})
  void closesAConnectionWithoutAHeader(String begin) throws Exception {
    try (Socket socket = open(begin)) {
      assertThat(closedAfter(socket)).isBetween(Duration.ofMillis(700), Duration.ofSeconds(6));
    }
  }

  @Test
  void closesAConnectionThatSendsItsHeaderByteByByte() throws Exception {
    try (Socket socket = open("GET / HTTP/1.1\r\n" + HOST)) {
      socket.setSoTimeout(100);
      long begun = System.nanoTime();
      Duration lived = Duration.ZERO;
      boolean isOpen = true;
      while (isOpen && lived.compareTo(Duration.ofSeconds(8)) < 0) {
        isOpen = drips(socket);
        lived = Duration.ofNanos(System.nanoTime() - begun);
      }

      assertThat(isOpen).isFalse();
    }
  }

  @Test
  void closesAConnectionWithoutABody() throws Exception {
    try (Socket socket =
        open("POST /collections HTTP/1.1\r\n" + HOST + "Content-Length: 9\r\n\r\nab")) {
      assertThat(closedAfter(socket)).isBetween(Duration.ofMillis(1500), Duration.ofSeconds(7));
    }
  }

  @Test
  void closesAConnectionThatAsksNothingMore() throws Exception {
    try (Socket socket = open("GET /assets/style.css HTTP/1.1\r\n" + HOST + "\r\n")) {
      assertThat(closedAfter(socket)).isBetween(Duration.ofMillis(2500), Duration.ofSeconds(8));
    }
  }

  @Test
  void answersWhileMoreConnectionsThanItTakesSendNothing() throws Exception {
    List<Socket> idle = new ArrayList<>();
    try {
      for (int i = 0; i < MOST * 10; i++) {
        idle.add(open("GET / HTTP/1.1\r\n"));
      }

      for (int i = 0; i < 10; i++) {
        assertThat(PageClient.at(port).get("/groups").statusCode()).isEqualTo(200);
        idle.add(open("GET / HTTP/1.1\r\n"));
      }

      long open = idle.stream().filter(ConnectionLimitsTest::isOpen).count();
      assertThat(open).isLessThanOrEqualTo(MOST);
    } finally {
      for (Socket each : idle) {
        each.close();
      }
    }
  }

  @Test
  void answersWhileConnectionsStayOpenAfterTheirAnswers() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < MOST; i++) {
        Socket answered = open("GET /assets/style.css HTTP/1.1\r\n" + HOST + "\r\n");
        sockets.add(answered);
        assertThat(answered.getInputStream().read()).isEqualTo('H');
      }

      Socket operator = open("GET /assets/style.css HTTP/1.1\r\n");
      sockets.add(operator);
      sockets.add(open("GET / HTTP/1.1\r\n"));
      sockets.add(open("GET / HTTP/1.1\r\n"));
      // Its answer shows that the server has accepted the two before it.
      sockets.add(open("GET /assets/style.css HTTP/1.1\r\n" + HOST + "\r\n"));
      assertThat(sockets.get(sockets.size() - 1).getInputStream().read()).isEqualTo('H');
      operator.getOutputStream().write((HOST + "\r\n").getBytes(StandardCharsets.US_ASCII));

      assertThat(operator.getInputStream().read()).isEqualTo('H');
    } finally {
      for (Socket each : sockets) {
        each.close();
      }
    }
  }

  private static Socket open(String begin) throws IOException {
    Socket socket = new Socket("127.0.0.1", port);
    socket.getOutputStream().write(begin.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static Duration closedAfter(Socket socket) throws IOException {
    long begun = System.nanoTime();
    socket.setSoTimeout(10_000);
    try {
      InputStream in = socket.getInputStream();
      while (in.read() >= 0) {
        // Until the server closes.
      }
    } catch (SocketTimeoutException open) {
      return Duration.ofDays(1);
    } catch (SocketException reset) {
      return Duration.ofNanos(System.nanoTime() - begun);
    }
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  /** Sends one byte and waits a tenth of a second; false once the server has closed. */
  private static boolean drips(Socket socket) throws IOException {
    try {
      socket.getOutputStream().write('X');
      return socket.getInputStream().read() >= 0;
    } catch (SocketTimeoutException open) {
      return true;
    } catch (SocketException reset) {
      return false;
    }
  }

  private static boolean isOpen(Socket socket) {
    try {
      socket.setSoTimeout(1);
      return socket.getInputStream().read() >= 0;
    } catch (SocketTimeoutException open) {
      return true;
    } catch (IOException closed) {
      return false;
    }
  }
}
