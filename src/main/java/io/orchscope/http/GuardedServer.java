package io.orchscope.http;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.impl.VertxBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * HTTP/1.1 server with limits on connections, time and framing.
 *
 * <p>HTTP/2 is off, with and without TLS: its framing has attacks of its own and a page needs
 * nothing of it.
 */
public final class GuardedServer implements AutoCloseable {

  private static final int LONGEST_LINE = 8_192;
  private static final int LARGEST_HEADER = 32_768;
  private static final Duration LONGEST_PERIOD = Duration.ofSeconds(1);

  /** Forward secrecy and authenticated encryption only. */
  private static final Set<String> SUITES =
      Set.of(
          "TLS_AES_256_GCM_SHA384",
          "TLS_AES_128_GCM_SHA256",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  private final ServerLimits limits;
  private final Connections connections;
  private final Vertx vertx;
  private final HttpServer server;

  /**
   * A server that does not listen yet.
   *
   * @param workers threads for what would block the event loop
   * @param options made by {@link #options}
   */
  public GuardedServer(ServerLimits limits, int workers, HttpServerOptions options) {
    this.limits = limits;
    this.connections = new Connections(limits, System::nanoTime);
    this.vertx = vertx(connections, workers);
    this.server = vertx.createHttpServer(options).connectionHandler(connections::watch);
  }

  /** Options of a server without HTTP/2; with TLS once it has a certificate. */
  public static HttpServerOptions options(ServerLimits limits) {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHttp2ClearTextEnabled(false)
            .setUseAlpn(false)
            .setMaxInitialLineLength(LONGEST_LINE)
            .setMaxHeaderSize(LARGEST_HEADER)
            .setRegisterWebSocketWriteHandlers(false)
            .setPerMessageWebSocketCompressionSupported(false)
            .setPerFrameWebSocketCompressionSupported(false)
            .setSslHandshakeTimeout(limits.headerTime().toMillis())
            .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
    options.setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"));
    SUITES.forEach(options::addEnabledCipherSuite);
    return options;
  }

  public Vertx vertx() {
    return vertx;
  }

  public HttpServer server() {
    return server;
  }

  /** How many connections are open. */
  public int connections() {
    return connections.count();
  }

  /**
   * Listens.
   *
   * <p>Errors: {@link IOException} when the address cannot be listened at; the server is closed
   * then.
   */
  public void listen(InetSocketAddress address, Handler<HttpServerRequest> requests)
      throws IOException {
    server.requestHandler(requests);
    try {
      server
          .listen(address.getPort(), address.getHostString())
          .toCompletionStage()
          .toCompletableFuture()
          .join();
    } catch (CompletionException failed) {
      close();
      Throwable cause = failed.getCause() == null ? failed : failed.getCause();
      throw new IOException(cause.getMessage(), cause);
    }
    long shortest = Math.min(limits.headerTime().toMillis(), limits.idleTime().toMillis());
    long period = Math.max(10, Math.min(LONGEST_PERIOD.toMillis(), shortest / 4));
    vertx.setPeriodic(period, tick -> connections.closeOverdue());
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private static Vertx vertx(Connections connections, int workers) {
    VertxOptions options =
        new VertxOptions()
            .setEventLoopPoolSize(1)
            .setWorkerPoolSize(workers)
            .setInternalBlockingPoolSize(2)
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setFileCachingEnabled(false)
                    .setClassPathResolvingEnabled(false));
    return new VertxBuilder(options).findTransport(connections.transport()).init().vertx();
  }
}
