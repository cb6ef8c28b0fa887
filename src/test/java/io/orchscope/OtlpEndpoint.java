package io.orchscope;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/** A collector that takes spans by OTLP over HTTP, as far as a test asks about them. */
public final class OtlpEndpoint implements AutoCloseable {

  /** A span that was taken, in the order of arrival. */
  public record Span(String service, String traceId, String spanId, String name) {}

  private final HttpServer server;
  private final AtomicInteger status = new AtomicInteger(200);
  private final Queue<Span> spans = new ConcurrentLinkedQueue<>();

  private OtlpEndpoint(HttpServer server) {
    this.server = server;
  }

  public static OtlpEndpoint start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    OtlpEndpoint endpoint = new OtlpEndpoint(server);
    server.createContext("/", endpoint::take);
    server.start();
    return endpoint;
  }

  /** The line of {@code otel.properties} that leads here. */
  public String property() {
    return "otel.exporter.otlp.endpoint = " + url() + "\n";
  }

  public String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  /** What is answered from now on. */
  public void answer(int code) {
    status.set(code);
  }

  public List<Span> spansOf(String service) {
    return spans.stream().filter(span -> span.service().equals(service)).toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void take(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (status.get() == 200 && exchange.getRequestURI().getPath().endsWith("/v1/traces")) {
      fields(ByteBuffer.wrap(body), (number, resourceSpans) -> read(resourceSpans));
    }
    exchange.sendResponseHeaders(status.get(), -1);
    exchange.close();
  }

  private void read(ByteBuffer resourceSpans) {
    StringBuilder service = new StringBuilder();
    List<ByteBuffer> found = new ArrayList<>();
    fields(
        resourceSpans,
        (number, part) -> {
          if (number == 1) {
            fields(part, (n, attribute) -> service.append(serviceName(attribute)));
          } else if (number == 2) {
            fields(part, (n, span) -> found.addAll(n == 2 ? List.of(span) : List.of()));
          }
        });
    for (ByteBuffer span : found) {
      String[] words = {"", "", "", ""};
      fields(
          span,
          (number, value) -> {
            if (number == 1 || number == 2) {
              words[number] = hex(value);
            } else if (number == 5) {
              words[3] = text(value);
            }
          });
      spans.add(new Span(service.toString(), words[1], words[2], words[3]));
    }
  }

  private static String serviceName(ByteBuffer attribute) {
    String[] words = {"", ""};
    fields(
        attribute,
        (number, value) -> {
          if (number == 1) {
            words[0] = text(value);
          } else {
            fields(value, (kind, content) -> words[1] = text(content));
          }
        });
    return words[0].equals("service.name") ? words[1] : "";
  }

  /** The fields of a protobuf message that have a length. */
  private static void fields(ByteBuffer message, BiConsumer<Integer, ByteBuffer> each) {
    while (message.hasRemaining()) {
      long tag = varint(message);
      switch ((int) (tag & 7)) {
        case 0 -> varint(message);
        case 1 -> message.position(message.position() + 8);
        case 5 -> message.position(message.position() + 4);
        default -> {
          int length = (int) varint(message);
          each.accept((int) (tag >> 3), message.slice(message.position(), length));
          message.position(message.position() + length);
        }
      }
    }
  }

  private static long varint(ByteBuffer message) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = message.get();
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  private static String text(ByteBuffer value) {
    return StandardCharsets.UTF_8.decode(value).toString();
  }

  private static String hex(ByteBuffer value) {
    byte[] bytes = new byte[value.remaining()];
    value.get(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
