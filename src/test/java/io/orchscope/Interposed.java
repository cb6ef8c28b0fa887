package io.orchscope;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * An HTTP server that a test speaks for: it answers what the test wants answered, and hands the
 * rest on to the neighbour behind it, if there is one.
 */
public final class Interposed implements AutoCloseable {

  /** A request as it arrived; header names in lower case. */
  public record Asked(
      Instant time,
      String method,
      String path,
      String query,
      Map<String, String> headers,
      String body) {

    public boolean isFor(String wanted, String end) {
      return method.equals(wanted) && path.endsWith(end);
    }
  }

  /** Writes an answer's body for as long as it likes; the length is not told beforehand. */
  public interface Body {
    void write(OutputStream out) throws IOException;
  }

  /** What to answer; a stream, if there is one, stands in place of the body. */
  public record Answer(
      int status, Map<String, String> headers, String body, Optional<Body> stream) {

    public Answer(int status, Map<String, String> headers, String body) {
      this(status, headers, body, Optional.empty());
    }

    public static Answer of(Body stream) {
      return new Answer(200, Map.of(), "", Optional.of(stream));
    }

    public static Answer of(int status) {
      return new Answer(status, Map.of(), "{}");
    }

    public static Answer of(int status, String body) {
      return new Answer(status, Map.of(), body);
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Optional<URI> behind;
  private final Function<Asked, Optional<Answer>> script;
  private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();

  private Interposed(Optional<URI> behind, Function<Asked, Optional<Answer>> script)
      throws IOException {
    this.behind = behind;
    this.script = script;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Answers what the script answers, and forwards the rest. */
  public static Interposed before(URI neighbour, Function<Asked, Optional<Answer>> script)
      throws IOException {
    return new Interposed(Optional.of(neighbour), script);
  }

  /** Answers everything itself. */
  static Interposed alone(Function<Asked, Answer> script) throws IOException {
    return new Interposed(Optional.empty(), request -> Optional.of(script.apply(request)));
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Every request so far. */
  public List<Asked> asked() {
    return List.copyOf(asked);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new TreeMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
    URI uri = exchange.getRequestURI();
    Asked request =
        new Asked(
            Instant.now(),
            exchange.getRequestMethod(),
            uri.getPath(),
            uri.getRawQuery() == null ? "" : uri.getRawQuery(),
            headers,
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    asked.add(request);
    Answer answer = script.apply(request).orElseGet(() -> forward(uri, request));
    answer.headers().forEach(exchange.getResponseHeaders()::add);
    if (answer.stream().isPresent()) {
      exchange.sendResponseHeaders(answer.status(), 0);
      try (exchange) {
        answer.stream().get().write(exchange.getResponseBody());
      }
      return;
    }
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    boolean bodiless = answer.status() == 204;
    exchange.sendResponseHeaders(answer.status(), bodiless ? -1 : body.length);
    if (!bodiless) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  private Answer forward(URI uri, Asked request) {
    HttpRequest.Builder onward =
        HttpRequest.newBuilder(behind.orElseThrow().resolve(uri.toString()))
            .method(request.method(), HttpRequest.BodyPublishers.ofString(request.body()));
    for (String name : List.of("authorization", "content-type")) {
      if (request.headers().containsKey(name)) {
        onward.header(name, request.headers().get(name));
      }
    }
    try {
      HttpResponse<String> reply =
          client.send(onward.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      return Answer.of(reply.statusCode(), reply.body());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (InterruptedException ended) {
      throw new IllegalStateException(ended);
    }
  }
}
