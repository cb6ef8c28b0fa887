package io.orchscope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchscope.mdso.PollSummary;
import io.orchscope.mdso.ReplyTooLargeException;
import io.orchscope.simulator.Simulator;
import io.orchscope.step.LargeReplies;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpHead;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections after replies that were read to the end, and after replies that were not. */
final class ReplyLimitsTest {

  private static final int CALLS = 5;
  private static final String TEXT = "{\"items\":[1,2,3]}";
  private static final ReplyLimits LIMITS =
      new ReplyLimits(new LargeReplies(1L << 30, 4 << 20, 4), Duration.ofSeconds(10));

  @TempDir private Path folder;

  /** A way to read a reply. */
  private interface Reading {
    void read(HttpEntity entity) throws IOException;
  }

  /** Replies that are complete, and what a reader takes of them. */
  private enum Complete {
    LENGTH_READ_AS_CAMEL_DOES(
        plain("200 OK", TEXT), entity -> exactly(entity, TEXT.length(), TEXT.length())),
    LENGTH_READ_TO_THE_END(plain("200 OK", TEXT), ReplyLimitsTest::all),
    REFUSAL(plain("503 Busy", TEXT), entity -> exactly(entity, TEXT.length(), TEXT.length())),
    EMPTY(plain("200 OK", ""), entity -> exactly(entity, 0, 0)),
    CHUNKED_READ_TO_THE_END(chunked(TEXT), ReplyLimitsTest::all),
    CHUNKED_READ_BUT_FOR_ITS_LAST_CHUNK(
        chunked(TEXT), entity -> exactly(entity, TEXT.length(), TEXT.length())),
    EMPTY_CHUNKED(chunked(""), entity -> exactly(entity, 0, 0)),
    COMPRESSED(compressed(TEXT), ReplyLimitsTest::all),
    COMPRESSED_READ_TO_ITS_LAST_BYTE(
        compressed(TEXT), entity -> exactly(entity, TEXT.length(), TEXT.length())),
    NO_CONTENT(latin("HTTP/1.1 204 No Content\r\n\r\n"), entity -> {}),
    NOT_MODIFIED(latin("HTTP/1.1 304 Not Modified\r\n\r\n"), entity -> {});

    private final byte[] reply;
    private final Reading reading;

    Complete(byte[] reply, Reading reading) {
      this.reply = reply;
      this.reading = reading;
    }
  }

  /** Replies of which something is missing, or of which something was not read. */
  private enum BrokenOff {
    LENGTH_HALF_READ(plain("200 OK", TEXT), entity -> exactly(entity, 4, 4)),
    NOT_READ_AT_ALL(plain("200 OK", TEXT), entity -> exactly(entity, 0, 0)),
    CHUNKED_HALF_READ(chunked(TEXT), entity -> exactly(entity, 4, 4)),
    CHUNKED_READ_TO_A_CHUNK_BEFORE_THE_LAST(
        latin(
            "HTTP/1.1 200 OK\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n"
                + "4\r\n"
                + "abcd\r\n"
                + "4\r\n"
                + "efgh\r\n"
                + "0\r\n\r\n"),
        entity -> exactly(entity, 4, 4)),
    LARGE_REFUSAL(plain("500 Broken", "x".repeat(100_000)), ReplyLimitsTest::all);

    private final byte[] reply;
    private final Reading reading;

    BrokenOff(byte[] reply, Reading reading) {
      this.reply = reply;
      this.reading = reading;
    }
  }

  /** Replies that a server ends too early. */
  private enum Truncated {
    LENGTH(latin("HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n" + TEXT)),
    CHUNK(latin("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n90\r\n" + TEXT)),
    LAST_CHUNK(
        latin("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n11\r\n" + TEXT + "\r\n"));

    private final byte[] reply;

    Truncated(byte[] reply) {
      this.reply = reply;
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsTheConnectionOfACompleteReply(Complete complete) throws Exception {
    try (CountedConnections server = CountedConnections.replying(complete.reply, false);
        CloseableHttpClient client = client()) {
      for (int i = 0; i < CALLS; i++) {
        ask(client, new HttpGet(server.url()), complete.reading);
      }

      assertThat(server.opened()).isEqualTo(1);
    }
  }

  @Test
  void keepsTheConnectionOfAReplyToHead() throws Exception {
    byte[] reply = latin("HTTP/1.1 200 OK\r\nContent-Length: 17\r\n\r\n");
    try (CountedConnections server = CountedConnections.replying(reply, false);
        CloseableHttpClient client = client()) {
      for (int i = 0; i < CALLS; i++) {
        ask(client, new HttpHead(server.url()), entity -> {});
      }

      assertThat(server.opened()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void closesTheConnectionOfAReplyThatWasNotReadToTheEnd(BrokenOff broken) throws Exception {
    try (CountedConnections server = CountedConnections.replying(broken.reply, false);
        CloseableHttpClient client = client()) {
      for (int i = 0; i < CALLS; i++) {
        ask(client, new HttpGet(server.url()), broken.reading);
      }

      assertThat(server.opened()).isEqualTo(CALLS);
    }
  }

  @ParameterizedTest
  @EnumSource
  void failsOnAReplyThatIsCutShort(Truncated truncated) throws Exception {
    try (CountedConnections server = CountedConnections.replying(truncated.reply, true);
        CloseableHttpClient client = client()) {
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> ask(client, new HttpGet(server.url()), ReplyLimitsTest::all))
            .isInstanceOf(IOException.class);
      }

      assertThat(server.opened()).isEqualTo(2);
    }
  }

  @Test
  void failsOnACompressedReplyThatIsCutShort() throws Exception {
    byte[] whole = gzip("x".repeat(10_000));
    byte[] half = Arrays.copyOf(whole, whole.length - 10);
    byte[] reply = withHead("200 OK", "Content-Encoding: gzip\r\n", half);
    try (CountedConnections server = CountedConnections.replying(reply, false);
        CloseableHttpClient client = client()) {

      assertThatThrownBy(() -> ask(client, new HttpGet(server.url()), ReplyLimitsTest::all))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void countsWhatIsWrittenOrSkippedAsMuchAsWhatIsRead() throws Exception {
    byte[] reply = chunked("x".repeat(5 << 20));
    try (CountedConnections server = CountedConnections.replying(reply, false);
        CloseableHttpClient client = client()) {

      assertThatThrownBy(
              () ->
                  ask(
                      client,
                      new HttpGet(server.url()),
                      entity -> entity.writeTo(new ByteArrayOutputStream())))
          .isInstanceOf(ReplyTooLargeException.class);
      assertThatThrownBy(
              () ->
                  ask(
                      client,
                      new HttpGet(server.url()),
                      entity -> entity.getContent().skipNBytes(5 << 20)))
          .isInstanceOf(ReplyTooLargeException.class);
    }
  }

  @Test
  void pollsOverAFewConnections() throws Exception {
    try (Simulator simulator = Running.world(Map.of("resources", "60", "failures", "50%"));
        CountedConnections mdso = CountedConnections.relayTo(simulator.mdsoUrl());
        Running running =
            Running.start(
                folder, simulator, Map.of("mdso.url", mdso.url(), "mdso.calls-at-once", "8"))) {

      PollSummary poll = running.pollAndSettle();

      assertThat(poll.equation()).startsWith("listed 60 = ");
      assertThat(simulator.requests()).hasSizeGreaterThan(60);
      // The log-in has an endpoint of its own, and so connections of its own.
      assertThat(mdso.opened()).isLessThanOrEqualTo(2 * 8);
    }
  }

  private static CloseableHttpClient client() {
    HttpClientBuilder builder = HttpClientBuilder.create().disableAutomaticRetries();
    LIMITS.configureHttpClient(builder);
    return builder.build();
  }

  /** Closes the content alone, as Camel does: who closes the response ends its connection. */
  private static void ask(CloseableHttpClient client, HttpUriRequestBase request, Reading reading)
      throws IOException {
    ClassicHttpResponse response = client.executeOpen(null, request, null);
    HttpEntity entity = response.getEntity();
    if (entity != null) {
      reading.read(entity);
    }
  }

  private static void all(HttpEntity entity) throws IOException {
    try (InputStream content = entity.getContent()) {
      content.readAllBytes();
    }
  }

  private static void exactly(HttpEntity entity, int bytes, int expected) throws IOException {
    try (InputStream content = entity.getContent()) {
      assertThat(content.readNBytes(bytes)).hasSize(expected);
    }
  }

  private static byte[] plain(String status, String body) {
    return withHead(status, "", latin(body));
  }

  private static byte[] compressed(String body) {
    return withHead("200 OK", "Content-Encoding: gzip\r\n", gzip(body));
  }

  private static byte[] withHead(String status, String headers, byte[] body) {
    ByteArrayOutputStream reply = new ByteArrayOutputStream();
    reply.writeBytes(
        latin(
            "HTTP/1.1 "
                + status
                + "\r\n"
                + headers
                + "Content-Length: "
                + body.length
                + "\r\n\r\n"));
    reply.writeBytes(body);
    return reply.toByteArray();
  }

  private static byte[] chunked(String body) {
    String chunk =
        body.isEmpty() ? "" : Integer.toHexString(body.length()) + "\r\n" + body + "\r\n";
    return latin("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk + "0\r\n\r\n");
  }

  private static byte[] gzip(String body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(latin(body));
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return bytes.toByteArray();
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
