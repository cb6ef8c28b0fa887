package io.orchscope;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.simulator.Simulator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests whose end two readers could see at different places, as raw bytes: each is refused or
 * unambiguous, and the request behind it on the same connection is not answered.
 */
final class FramingTest {

  private static final int PATIENCE_MILLIS = 5_000;
  private static final String SECOND =
      "GET /assets/style.css HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
  private static final String HOST = "Host: 127.0.0.1\r\n";
  private static final String POST = "POST /collections HTTP/1.1\r\n" + HOST;
  private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 ([0-9]{3})");

  @TempDir private static Path folder;

  private static int page;
  private static Simulator simulator;
  private static Running running;

  /** What came back on one connection. */
  private record Answers(String first, int number, boolean isClosed) {}

  @BeforeAll
  static void start() throws Exception {
    page = PageClient.freePort();
    simulator = Running.world(Map.of("resources", "5"));
    running =
        Running.start(
            folder,
            simulator,
            Map.of("console.listen", "127.0.0.1:" + page, "observe.listen", "127.0.0.1:0"));
  }

  @AfterAll
  static void stop() {
    running.close();
    simulator.close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ambiguous")
  void refusesARequestWithAmbiguousFramingAndClosesTheConnection(String name, String request)
      throws Exception {
    Answers answers = send(page, request + SECOND);

    System.out.printf(
        "A9 framing: %s: %s, answers %d, closed %s%n",
        name, answers.first, answers.number, answers.isClosed);
    assertThat(answers.first).isIn("400", "414", "431");
    assertThat(answers.number).isEqualTo(1);
    assertThat(answers.isClosed).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ambiguous")
  void refusesItOnTheMetricsPageToo(String name, String request) throws Exception {
    int port = URI.create(running.assembly().metricsUrl().orElseThrow()).getPort();

    Answers answers = send(port, request + SECOND);

    // Where the fault is in the body, the header has been answered before: there is no such page.
    assertThat(answers.first).as(name).isIn("400", "404", "414", "431");
    assertThat(answers.number).isEqualTo(1);
    assertThat(answers.isClosed).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sound")
  void answersARequestThatHasOneMeaningAndTheOneBehindIt(String name, String request)
      throws Exception {
    Answers answers = send(page, request + SECOND);

    System.out.printf(
        "A9 framing: %s: %s, answers %d, closed %s%n",
        name, answers.first, answers.number, answers.isClosed);
    assertThat(answers.first).as(name).isNotIn("none", "101");
    assertThat(answers.number).isEqualTo(2);
  }

  @Test
  void doesNotSpeakHttp2WithoutTls() throws Exception {
    String upgrade =
        "GET / HTTP/1.1\r\n"
            + HOST
            + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
            + "HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n\r\n";

    Answers answers = send(page, upgrade + SECOND);

    assertThat(answers.first).isEqualTo("200");
    assertThat(answers.number).isEqualTo(2);
  }

  private static Stream<Arguments> ambiguous() {
    Map<String, String> cases = new LinkedHashMap<>();
    lengthAndEncoding(cases);
    chunks(cases);
    hosts(cases);
    lines(cases);
    return cases.entrySet().stream().map(it -> Arguments.of(it.getKey(), it.getValue()));
  }

  private static void lengthAndEncoding(Map<String, String> cases) {
    String end = "\r\n0\r\n\r\n";
    cases.put("length and chunked", POST + "Content-Length: 5\r\n" + CHUNKED + end);
    cases.put("chunked and length", POST + CHUNKED + "Content-Length: 5\r\n" + end);
    cases.put("xchunked", POST + "Transfer-Encoding: xchunked\r\n" + end);
    cases.put("chunked, identity", POST + "Transfer-Encoding: chunked, identity\r\n" + end);
    cases.put("identity", POST + "Transfer-Encoding: identity\r\n" + end);
    cases.put("gzip, chunked", POST + "Transfer-Encoding: gzip, chunked\r\n" + end);
    cases.put("chunked twice", POST + CHUNKED + CHUNKED + end);
    cases.put("chunked, chunked", POST + "Transfer-Encoding: chunked, chunked\r\n" + end);
    cases.put("empty encoding", POST + "Transfer-Encoding:\r\n" + end);
    cases.put("quoted encoding", POST + "Transfer-Encoding: \"chunked\"\r\n" + end);
    cases.put("vertical tab in encoding", POST + "Transfer-Encoding: \u000bchunked\r\n" + end);
    cases.put("encoding after a fold", POST + "Transfer-Encoding: x\r\n chunked\r\n" + end);
    cases.put(
        "encoding in HTTP/1.0",
        "POST /collections HTTP/1.0\r\n" + HOST + "Connection: keep-alive\r\n" + CHUNKED + end);
    cases.put("space before colon", POST + "Transfer-Encoding : chunked\r\n" + end);
    cases.put("length space before colon", POST + "Content-Length : 5\r\n\r\nabcde");
    cases.put("two lengths", POST + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcde");
    cases.put("equal lengths", POST + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nabcde");
    cases.put("list of lengths", POST + "Content-Length: 5, 5\r\n\r\nabcde");
    cases.put("length with plus", POST + "Content-Length: +5\r\n\r\nabcde");
    cases.put("length with minus", POST + "Content-Length: -5\r\n\r\n");
    cases.put("length with space", POST + "Content-Length: 5 5\r\n\r\nabcde");
    cases.put("hexadecimal length", POST + "Content-Length: 0x5\r\n\r\nabcde");
    cases.put("empty length", POST + "Content-Length:\r\n\r\n");
    cases.put("length beyond a long", POST + "Content-Length: 99999999999999999999\r\n\r\n");
    cases.put("length with a fold", POST + "Content-Length: 5\r\n 0\r\n\r\nabcde");
  }

  private static void chunks(Map<String, String> cases) {
    String begin = POST + "Content-Type: application/json\r\n" + CHUNKED + "\r\n";
    cases.put("quoted line feed in extension", begin + "2;a=\"\n\"\r\n{}\r\n0\r\n\r\n");
    cases.put("quoted CRLF in extension", begin + "2;a=\"\r\n\"\r\n{}\r\n0\r\n\r\n");
    cases.put("negative chunk", begin + "-1\r\n{}\r\n0\r\n\r\n");
    cases.put("chunk beyond an int", begin + "80000000\r\n{}\r\n0\r\n\r\n");
    cases.put("chunk beyond a long", begin + "ffffffffffffffff2\r\n{}\r\n0\r\n\r\n");
    cases.put("chunk of 0x2", begin + "0x2\r\n{}\r\n0\r\n\r\n");
    cases.put("empty chunk size", begin + "\r\n{}\r\n0\r\n\r\n");
    cases.put("chunk longer than its size", begin + "2\r\n{}x\r\n0\r\n\r\n");
    cases.put("bare LF after chunk size", begin + "2\n{}\r\n0\r\n\r\n");
    cases.put("bare LF after chunk", begin + "2\r\n{}\n0\r\n\r\n");
  }

  private static void hosts(Map<String, String> cases) {
    cases.put("two hosts", "GET / HTTP/1.1\r\n" + HOST + "Host: evil.example.com\r\n\r\n");
    cases.put("same host twice", "GET / HTTP/1.1\r\n" + HOST + HOST + "\r\n");
    cases.put("no host", "GET / HTTP/1.1\r\n\r\n");
    cases.put("empty host", "GET / HTTP/1.1\r\nHost:\r\n\r\n");
    cases.put("host with a path", "GET / HTTP/1.1\r\nHost: 127.0.0.1/x\r\n\r\n");
    cases.put("host with a user", "GET / HTTP/1.1\r\nHost: a@127.0.0.1\r\n\r\n");
    cases.put("two hosts in one", "GET / HTTP/1.1\r\nHost: 127.0.0.1, localhost\r\n\r\n");
    cases.put("other host in target", "GET http://evil.example.com/ HTTP/1.1\r\n" + HOST + "\r\n");
    cases.put("target without slash", "GET groups HTTP/1.1\r\n" + HOST + "\r\n");
    cases.put("connect", "CONNECT 192.0.2.1:443 HTTP/1.1\r\n" + HOST + "\r\n");
  }

  private static void lines(Map<String, String> cases) {
    cases.put("bare LF after request line", "GET / HTTP/1.1\nHost: 127.0.0.1\r\n\r\n");
    cases.put("bare LF after header", "GET / HTTP/1.1\r\nHost: 127.0.0.1\nX: y\r\n\r\n");
    cases.put("bare CR in header", "GET / HTTP/1.1\r\n" + HOST + "X: y\rz: 1\r\n\r\n");
    cases.put("NUL in header", "GET / HTTP/1.1\r\n" + HOST + "X: a\0b\r\n\r\n");
    cases.put("NUL in name", "GET / HTTP/1.1\r\n" + HOST + "X\0: a\r\n\r\n");
    cases.put("header without colon", "GET / HTTP/1.1\r\n" + HOST + "Header\r\n\r\n");
    cases.put("header without name", "GET / HTTP/1.1\r\n" + HOST + ": a\r\n\r\n");
    cases.put("first header folded", "GET / HTTP/1.1\r\n X: a\r\n" + HOST + "\r\n");
    cases.put("HTTP/0.9", "GET /\r\n");
    cases.put("HTTP/2.0", "GET / HTTP/2.0\r\n" + HOST + "\r\n");
    cases.put("HTTP/1.2", "GET / HTTP/1.2\r\n" + HOST + "\r\n");
    cases.put("HTTP/01.1", "GET / HTTP/01.1\r\n" + HOST + "\r\n");
    cases.put("other protocol", "GET / RTSP/1.0\r\n" + HOST + "\r\n");
    cases.put("preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    cases.put("space in target", "GET /a b HTTP/1.1\r\n" + HOST + "\r\n");
    cases.put("control in method", "G\u0001T / HTTP/1.1\r\n" + HOST + "\r\n");
    cases.put("long target", "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\n" + HOST + "\r\n");
    cases.put("long header", "GET / HTTP/1.1\r\n" + HOST + "X: " + "a".repeat(60_000) + "\r\n\r\n");
    cases.put("many headers", "GET / HTTP/1.1\r\n" + HOST + "X: y\r\n".repeat(8_000) + "\r\n");
    cases.put("ClientHello of TLS", "\u0016\u0003\u0001\0\u0010\u0001\0\r\n\r\n");
  }

  private static Stream<Arguments> sound() {
    String json = "Content-Type: application/json\r\n";
    Map<String, String> cases = new LinkedHashMap<>();
    cases.put("GET", "GET / HTTP/1.1\r\n" + HOST + "\r\n");
    cases.put("length", POST + json + "Content-Length: 2\r\n\r\n{}");
    cases.put("chunks", POST + json + CHUNKED + "\r\n1\r\n{\r\n1\r\n}\r\n0\r\n\r\n");
    cases.put("chunk extension", POST + json + CHUNKED + "\r\n2;a=b;c=\"d\"\r\n{}\r\n0\r\n\r\n");
    cases.put("trailers", POST + json + CHUNKED + "\r\n2\r\n{}\r\n0\r\nContent-Length: 9\r\n\r\n");
    cases.put("own name in target", "GET http://127.0.0.1/ HTTP/1.1\r\n" + HOST + "\r\n");
    cases.put("folded header", "GET / HTTP/1.1\r\n" + HOST + "X: a\r\n b\r\n\r\n");
    cases.put("empty line first", "\r\nGET / HTTP/1.1\r\n" + HOST + "\r\n");
    cases.put("encoding in capitals", POST + json + "Transfer-Encoding: CHUNKED\r\n\r\n0\r\n\r\n");
    cases.put(
        "tunnel of WebSocket",
        "GET / HTTP/1.1\r\n" + HOST + "Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
    return cases.entrySet().stream().map(it -> Arguments.of(it.getKey(), it.getValue()));
  }

  private static Answers send(int port, String bytes) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      ByteArrayOutputStream received = new ByteArrayOutputStream();
      boolean closed = false;
      try {
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[8192];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          received.write(buffer, 0, read);
        }
        closed = true;
      } catch (SocketTimeoutException open) {
        closed = false;
      } catch (SocketException reset) {
        closed = true;
      }
      Matcher statuses = STATUS.matcher(received.toString(StandardCharsets.ISO_8859_1));
      String first = statuses.find() ? statuses.group(1) : "none";
      int number = first.equals("none") ? 0 : 1;
      while (statuses.find()) {
        number++;
      }
      return new Answers(first, number, closed);
    }
  }
}
