package io.orchscope.otlp;

import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * An OpenTelemetry backend on a free port of loopback, from start to close: OTLP over gRPC and over
 * HTTP, compressed or not, at the same address.
 *
 * <p>All of its methods may be called from any thread while it serves. What it refuses or leaves
 * unanswered counts as a request, and is not taken.
 */
public final class OtlpReceiver implements AutoCloseable {

  private final Vertx vertx =
      Vertx.vertx(
          new VertxOptions()
              .setEventLoopPoolSize(1)
              .setWorkerPoolSize(1)
              .setInternalBlockingPoolSize(1)
              .setMaxEventLoopExecuteTime(60_000_000_000L)
              .setFileSystemOptions(
                  new FileSystemOptions()
                      .setClassPathResolvingEnabled(false)
                      .setFileCachingEnabled(false)));
  private final Traffic traffic = new Traffic();
  private final Queue<ReceivedSpan> spans;
  private final Kept kept;
  private final Front front;
  private final int port;
  private HttpServer server;
  private volatile Behaviour behaviour = Behaviour.normal();

  private OtlpReceiver(
      Queue<ReceivedSpan> spans, Consumer<ReceivedSpan> reader, boolean onlyCounts) {
    this.spans = spans;
    this.kept = new Kept(reader);
    Front.Intake intake =
        onlyCounts ? (signal, message, leaveOut) -> Messages.count(message) : kept::keep;
    this.front = new Front(vertx, () -> behaviour, traffic, intake);
    this.server = listen(0);
    this.port = server.actualPort();
  }

  /** One that keeps whatever it takes. */
  public static OtlpReceiver start() {
    Queue<ReceivedSpan> spans = new ConcurrentLinkedQueue<>();
    return new OtlpReceiver(spans, spans::add, false);
  }

  /**
   * One that keeps no spans, for more of them than fit into memory; metrics and logs are kept.
   *
   * @param reader is shown every span, one after the other, such as a {@link SpanTally}
   */
  public static OtlpReceiver start(Consumer<ReceivedSpan> reader) {
    return new OtlpReceiver(new ConcurrentLinkedQueue<>(), reader, false);
  }

  /** One that only counts, which costs next to nothing. */
  public static OtlpReceiver counting() {
    return new OtlpReceiver(new ConcurrentLinkedQueue<>(), span -> {}, true);
  }

  /** What to set as {@code otel.exporter.otlp.endpoint}, for either protocol. */
  public String endpoint() {
    return "http://127.0.0.1:" + port;
  }

  /** Answers like this from the next request on. */
  public void behave(Behaviour next) {
    behaviour = next;
  }

  /** Closes the port: whoever comes is refused the connection, until {@link #comeBack}. */
  public synchronized void goDown() {
    server.close().toCompletionStage().toCompletableFuture().join();
  }

  /** Listens again, at the same address. */
  public synchronized void comeBack() {
    server = listen(port);
  }

  /** All spans that were taken and kept, in the order in which they came. */
  public List<ReceivedSpan> spans() {
    return List.copyOf(spans);
  }

  /** All metrics that were taken, each as often as it was exported. */
  public List<ReceivedMetric> metrics() {
    return kept.metrics();
  }

  /** The newest export of the metric with this name. */
  public Optional<ReceivedMetric> metric(String name) {
    return metrics().stream()
        .filter(metric -> metric.name().equals(name))
        .reduce((older, newer) -> newer);
  }

  /** All log records that were taken, in the order in which they came. */
  public List<ReceivedLog> logs() {
    return kept.logs();
  }

  /** The spans that fit, once there is one. Errors: an exception when there is none in time. */
  public List<ReceivedSpan> awaitSpans(Predicate<ReceivedSpan> fitting, Duration limit) {
    return awaitAny(this::spans, fitting, limit);
  }

  /** The metrics that fit, once there is one. Errors: an exception when there is none in time. */
  public List<ReceivedMetric> awaitMetrics(Predicate<ReceivedMetric> fitting, Duration limit) {
    return awaitAny(this::metrics, fitting, limit);
  }

  /** The records that fit, once there is one. Errors: an exception when there is none in time. */
  public List<ReceivedLog> awaitLogs(Predicate<ReceivedLog> fitting, Duration limit) {
    return awaitAny(this::logs, fitting, limit);
  }

  /** Waits until so many have been taken. Errors: an exception when they have not in time. */
  public void awaitCount(Signal signal, long least, Duration limit) {
    await().atMost(limit).until(() -> count(signal) >= least);
  }

  /** Waits until so many requests have come. Errors: an exception when they have not in time. */
  public void awaitRequests(Signal signal, long least, Duration limit) {
    await().atMost(limit).until(() -> requests(signal) >= least);
  }

  /** How many spans, metrics or log records were taken, kept or not. */
  public long count(Signal signal) {
    return traffic.taken(signal);
  }

  /** How many requests came, answered or not. */
  public long requests(Signal signal) {
    return traffic.requests(signal);
  }

  /** How many bytes came as bodies of requests, as they were on the wire. */
  public long bytes(Signal signal) {
    return traffic.bytes(signal);
  }

  /** Why the last request that made no sense made none. */
  public Optional<Throwable> unreadable() {
    return traffic.unreadable();
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private HttpServer listen(int at) {
    HttpServerOptions options = new HttpServerOptions().setHost("127.0.0.1").setPort(at);
    return vertx
        .createHttpServer(options)
        .requestHandler(front::receive)
        .listen()
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }

  private static <T> List<T> awaitAny(Supplier<List<T>> all, Predicate<T> fitting, Duration limit) {
    return await()
        .atMost(limit)
        .until(() -> all.get().stream().filter(fitting).toList(), found -> !found.isEmpty());
  }
}
