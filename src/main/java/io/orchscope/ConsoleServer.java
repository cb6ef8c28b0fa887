package io.orchscope;

import io.orchscope.console.Reply;
import io.orchscope.console.Request;
import io.orchscope.console.Site;
import io.orchscope.http.GuardedServer;
import io.orchscope.http.ServerLimits;
import io.orchscope.settings.Settings;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.CamelContext;
import org.apache.camel.Service;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.component.vertx.common.VertxHelper;
import org.apache.camel.main.HttpManagementServerConfigurationProperties;
import org.apache.camel.main.HttpServerConfigurationProperties;
import org.apache.camel.main.MainHttpServerFactory;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Server of the operators' page with limits that Camel's own has no settings for.
 *
 * <p>It admits a request before its body is read. Checks of passwords run elsewhere, so they keep
 * neither the event loop nor a worker of the page. Written for Camel 4.18.0, whose server takes no
 * {@link HttpServerOptions}.
 */
final class ConsoleServer implements MainHttpServerFactory {

  private static final Logger log = LoggerFactory.getLogger(ConsoleServer.class);

  /** A quarter of the files that the process may still open. */
  private static final int SHARE_OF_FILES = 4;

  private static final int WORKERS = 20;

  /** 200 is how Vert.x calls a client that goes away while it sends. */
  private static final int[] CLIENT_ERRORS = {200, 400, 413, 417};

  private final Settings settings;
  private final Site site;
  private final Optional<SSLContextParameters> tls;

  ConsoleServer(Settings settings, Site site, Optional<SSLContextParameters> tls) {
    this.settings = settings;
    this.site = site;
    this.tls = tls;
  }

  @Override
  public Service newHttpServer(
      CamelContext context, HttpServerConfigurationProperties configuration) {
    VertxPlatformHttpServerConfiguration server = new VertxPlatformHttpServerConfiguration();
    server.setServerType(VertxPlatformHttpRouter.SERVER_TYPE_SERVER);
    server.setBindHost(configuration.getHost());
    server.setBindPort(configuration.getPort());
    server.setPath(configuration.getPath());
    server.setMaxBodySize(configuration.getMaxBodySize());
    server.getBodyHandler().setHandleFileUploads(false);
    return new Listening(server);
  }

  @Override
  public Service newHttpManagementServer(
      CamelContext context, HttpManagementServerConfigurationProperties configuration) {
    throw new UnsupportedOperationException("Orchscope has its own metrics page.");
  }

  private ServerLimits limits() {
    ServerLimits wanted =
        new ServerLimits(
            settings.duration("console.header-timeout"),
            settings.duration("console.body-timeout"),
            settings.duration("console.idle-timeout"),
            settings.count("console.most-connections"));
    ServerLimits limits = wanted.withinFiles(SHARE_OF_FILES);
    if (limits.mostConnections() < wanted.mostConnections()) {
      log.info(
          "The operators' page takes fewer connections than console.most-connections: a quarter of"
              + " the files that this process may still open. connections={} setting={}",
          limits.mostConnections(),
          wanted.mostConnections());
    }
    return limits;
  }

  /** Camel's server with a {@link GuardedServer} in it. */
  private final class Listening extends VertxPlatformHttpServer {

    private final VertxPlatformHttpServerConfiguration configuration;
    private Optional<GuardedServer> guarded = Optional.empty();

    Listening(VertxPlatformHttpServerConfiguration configuration) {
      super(configuration);
      this.configuration = configuration;
    }

    @Override
    protected @Nullable Vertx lookupVertx() {
      return guarded.map(GuardedServer::vertx).orElse(null);
    }

    @Override
    protected void initializeServer() {
      try {
        ServerLimits limits = limits();
        HttpServerOptions options = GuardedServer.options(limits);
        if (tls.isPresent()) {
          VertxHelper.setupSSLOptions(getCamelContext(), tls.get(), options);
        }
        guarded = Optional.of(new GuardedServer(limits, WORKERS, options));
      } catch (Exception unusable) {
        throw new IllegalStateException("The certificate of the page is unusable.", unusable);
      }
      super.initializeServer();
    }

    @Override
    protected void startServer() throws Exception {
      GuardedServer server = guarded.orElseThrow();
      String name = VertxPlatformHttpRouter.getRouterNameFromPort(configuration.getBindPort());
      VertxPlatformHttpRouter router = VertxPlatformHttpRouter.lookup(getCamelContext(), name);
      for (int status : CLIENT_ERRORS) {
        // Vert.x would log each as an error of ours; the client gets the status all the same.
        router.errorHandler(status, context -> {});
      }
      router.errorHandler(500, ConsoleServer::failed);
      server.listen(
          new InetSocketAddress(configuration.getBindHost(), configuration.getBindPort()),
          request -> admit(request, router));
      log.info(
          "The operators' page listens. address={} port={}",
          configuration.getBindHost(),
          server.server().actualPort());
    }

    @Override
    protected void stopServer() {
      guarded.ifPresent(GuardedServer::close);
      site.close();
      guarded = Optional.empty();
    }

    @Override
    protected void stopVertx() {
      // The guarded server has closed its own.
    }

    @Override
    public @Nullable HttpServer getServer() {
      return guarded.map(GuardedServer::server).orElse(null);
    }

    @Override
    public int getPort() {
      return guarded.map(it -> it.server().actualPort()).orElseGet(configuration::getBindPort);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Each outcome is an answer.
    private void admit(HttpServerRequest request, VertxPlatformHttpRouter router) {
      CompletableFuture<Optional<Reply>> decision =
          site.admit(head(request), String.valueOf(request.remoteAddress().hostAddress()))
              .toCompletableFuture();
      if (decision.isDone()) {
        decide(request, router, decision);
        return;
      }
      request.pause();
      Context loop = getVertx().getOrCreateContext();
      decision.whenComplete(
          (refusal, failed) ->
              loop.runOnContext(
                  next -> {
                    decide(request, router, decision);
                    request.resume();
                  }));
    }
  }

  /** Without a handler the rest of a refused request is read and dropped. */
  private static void decide(
      HttpServerRequest request,
      VertxPlatformHttpRouter router,
      CompletableFuture<Optional<Reply>> decision) {
    Optional<Reply> refusal = decision.join();
    if (refusal.isEmpty()) {
      router.handle(request);
      return;
    }
    HttpServerResponse response = request.response();
    if (!response.closed()) {
      Reply reply = refusal.get();
      response.setStatusCode(reply.status()).putHeader("Content-Type", reply.contentType());
      reply.headers().forEach(response::putHeader);
      response.end(Buffer.buffer(reply.body()));
    }
  }

  private static Request head(HttpServerRequest request) {
    Map<String, String> headers = new HashMap<>();
    request.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
    String path = String.valueOf(request.path());
    return new Request(
        request.method().name(),
        path.startsWith("/") ? path : "/",
        Map.of(),
        Map.of(),
        headers,
        new byte[0]);
  }

  /** A client that goes away while it sends is no error of ours. */
  private static void failed(RoutingContext context) {
    if (!context.response().closed()) {
      log.error(
          "A request could not be answered. path={}", context.normalizedPath(), context.failure());
    }
  }
}
