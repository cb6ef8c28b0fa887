package io.orchscope.telemetry;

import io.opentelemetry.exporter.prometheus.PrometheusMetricReader;
import io.orchscope.http.GuardedServer;
import io.orchscope.http.LocalNames;
import io.orchscope.http.ServerLimits;
import io.prometheus.metrics.exporter.common.PrometheusScrapeHandler;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Metrics page for Prometheus, at {@code /observe/metrics}; with exemplars for clients that accept
 * OpenMetrics.
 *
 * <p>It has no authentication, so it listens on loopback by default. It answers only to names of
 * this machine, so that no foreign web page reads it through a browser.
 */
public final class MetricsPage implements AutoCloseable {

  /** Where the page is, below the address. */
  public static final String PATH = "/observe/metrics";

  private static final Logger log = LoggerFactory.getLogger(MetricsPage.class);
  private static final ServerLimits LIMITS =
      new ServerLimits(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(90), 64);

  /** A sixteenth of the files that the process may still open. */
  private static final int SHARE_OF_FILES = 16;

  private static final int WORKERS = 8;

  /** Gauges read the ledger, which may hang; the other half of the workers is for health. */
  private static final int SCRAPES = WORKERS / 2;

  private final PrometheusMetricReader reader = PrometheusMetricReader.create();
  private final Map<String, Callable<Scrape>> pages = new ConcurrentHashMap<>();
  private final PrometheusScrapeHandler scrapes;
  private final Semaphore freeScrapes = new Semaphore(SCRAPES);
  private final String host;
  private final LocalNames names;
  private final GuardedServer server;

  private MetricsPage(String host, LocalNames names) {
    this.host = host;
    this.names = names;
    PrometheusRegistry registry = new PrometheusRegistry();
    registry.register(reader);
    this.scrapes = new PrometheusScrapeHandler(registry);
    ServerLimits limits = LIMITS.withinFiles(SHARE_OF_FILES);
    this.server = new GuardedServer(limits, WORKERS, GuardedServer.options(limits));
  }

  /**
   * Opens the page.
   *
   * <p>Errors: {@link IOException} when the address cannot be listened at.
   *
   * @param address with port 0 for a free one
   * @param names to which it answers
   */
  public static MetricsPage open(InetSocketAddress address, LocalNames names) throws IOException {
    MetricsPage page = new MetricsPage(address.getHostString(), names);
    page.server.listen(address, page::answer);
    return page;
  }

  /** Where it is, http://host:port/observe/metrics. */
  public String url() {
    return "http://" + host + ":" + server.server().actualPort() + PATH;
  }

  /** What a page says: status of HTTP, and JSON. */
  public record Answer(int status, String json) {}

  /** Answers GET at another path, from now on. */
  public void answer(String path, Supplier<Answer> answer) {
    pages.put(
        path,
        () -> {
          Answer said = answer.get();
          Scrape scrape = new Scrape(HttpMethod.GET.name(), "", Map.of());
          scrape.setHeader("Content-Type", "application/json");
          scrape
              .sendHeadersAndGetBody(said.status(), 0)
              .write(said.json().getBytes(StandardCharsets.UTF_8));
          return scrape;
        });
  }

  PrometheusMetricReader reader() {
    return reader;
  }

  @Override
  public void close() {
    server.close();
  }

  private void answer(HttpServerRequest request) {
    String path = String.valueOf(request.path());
    Optional<Callable<Scrape>> page =
        path.equals(PATH)
            ? Optional.of(() -> scrape(request))
            : Optional.ofNullable(pages.get(path));
    boolean isRead =
        request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
    if (!names.include(String.valueOf(request.getHeader("Host")))) {
      end(request, 421, "That is not a name of this machine. Add it to observe.names.\n");
    } else if (page.isEmpty()) {
      end(request, 404, "There is nothing here. See " + PATH + ".\n");
    } else if (!isRead) {
      request.response().putHeader("Allow", "GET, HEAD");
      end(request, 405, "Only GET and HEAD.\n");
    } else {
      server
          .vertx()
          .executeBlocking(page.get(), false)
          .onSuccess(scrape -> send(request, scrape))
          .onFailure(
              failed -> {
                log.error("The metrics page could not answer. path={}", path, failed);
                end(request, 500, "This could not be answered.\n");
              });
    }
  }

  private Scrape scrape(HttpServerRequest request) throws IOException {
    Scrape scrape =
        new Scrape(
            request.method().name(),
            request.query() == null ? "" : request.query(),
            Map.of(
                "accept", String.join(",", request.headers().getAll("Accept")),
                "accept-encoding", String.join(",", request.headers().getAll("Accept-Encoding"))));
    if (!freeScrapes.tryAcquire()) {
      scrape.sendHeadersAndGetBody(503, 0);
      return scrape;
    }
    try {
      scrapes.handleRequest(scrape);
    } finally {
      freeScrapes.release();
    }
    return scrape;
  }

  private static void send(HttpServerRequest request, Scrape scrape) {
    HttpServerResponse response = request.response();
    if (response.closed()) {
      return;
    }
    response.setStatusCode(scrape.status());
    scrape.headers().forEach(response::putHeader);
    byte[] body = scrape.body();
    response.putHeader("Content-Length", String.valueOf(body.length));
    if (request.method().equals(HttpMethod.HEAD)) {
      response.end();
    } else {
      response.end(Buffer.buffer(body));
    }
  }

  private static void end(HttpServerRequest request, int status, String text) {
    if (!request.response().closed()) {
      request
          .response()
          .setStatusCode(status)
          .putHeader("Content-Type", "text/plain; charset=utf-8")
          .end(text);
    }
  }
}
