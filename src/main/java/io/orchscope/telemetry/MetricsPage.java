package io.orchscope.telemetry;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.exporter.prometheus.PrometheusMetricReader;
import io.prometheus.metrics.exporter.httpserver.MetricsHandler;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * The metrics for a Prometheus to scrape, at {@code /observe/metrics}; exemplars for those who ask
 * for OpenMetrics.
 *
 * <p>Without authentication, so it listens on loopback unless somebody says otherwise.
 */
public final class MetricsPage implements AutoCloseable {

  /** Where the page is, below the address. */
  public static final String PATH = "/observe/metrics";

  /** Gauges read the ledger, which may hang; the other half of the threads is for health. */
  private static final int SCRAPES = 4;

  private final PrometheusMetricReader reader = PrometheusMetricReader.create();
  private final HttpServer server;
  private final ExecutorService threads;

  private MetricsPage(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Opens the page.
   *
   * <p>Errors: {@link IOException} when the address cannot be listened at.
   *
   * @param address with port 0 for a free one
   */
  public static MetricsPage open(InetSocketAddress address) throws IOException {
    HttpServer server = HttpServer.create(address, 0);
    ExecutorService threads =
        Executors.newFixedThreadPool(
            2 * SCRAPES,
            task -> {
              Thread thread = new Thread(task, "metrics-page");
              thread.setDaemon(true);
              return thread;
            });
    MetricsPage page = new MetricsPage(server, threads);
    PrometheusRegistry registry = new PrometheusRegistry();
    registry.register(page.reader);
    server.createContext(PATH, limited(new MetricsHandler(registry)));
    server.setExecutor(threads);
    server.start();
    return page;
  }

  /** Refuses a scrape while too many others are under way. */
  private static HttpHandler limited(HttpHandler metrics) {
    Semaphore free = new Semaphore(SCRAPES);
    return exchange -> {
      if (!free.tryAcquire()) {
        try (exchange) {
          exchange.sendResponseHeaders(503, -1);
        }
        return;
      }
      try {
        metrics.handle(exchange);
      } finally {
        free.release();
      }
    };
  }

  /** Where it is, http://host:port/observe/metrics. */
  public String url() {
    InetSocketAddress bound = server.getAddress();
    return "http://" + bound.getHostString() + ":" + bound.getPort() + PATH;
  }

  /** What a page says: status of HTTP, and JSON. */
  public record Answer(int status, String json) {}

  /** Answers GET at another path, from now on. */
  public void answer(String path, Supplier<Answer> answer) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            boolean asks = exchange.getRequestMethod().matches("GET|HEAD");
            Answer said = asks ? answer.get() : new Answer(405, "{}");
            byte[] body = said.json().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            boolean silent = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(said.status(), silent ? -1 : body.length);
            if (!silent) {
              exchange.getResponseBody().write(body);
            }
          }
        });
  }

  PrometheusMetricReader reader() {
    return reader;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
