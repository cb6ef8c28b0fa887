package io.orchscope.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orchscope.FreePort;
import io.orchscope.simulator.Simulator;
import io.orchscope.simulator.SimulatorOptions;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program with few files, and somebody who opens more connections to both pages than it has
 * files, sends half a request and stops: polls, alerts and page go on.
 *
 * <p>Runs on request: {@code -Didle.sockets=600}. The full size: {@code -Didle.sockets=5000
 * -Didle.files=1024 -Didle.seconds=120}; the attacker's own process needs as many files as sockets.
 */
@EnabledIfSystemProperty(named = "idle.sockets", matches = "\\d+")
final class IdleConnectionsIT {

  private static final int SOCKETS = Integer.getInteger("idle.sockets", 600);
  private static final int FILES = Integer.getInteger("idle.files", 512);
  private static final int SECONDS = Integer.getInteger("idle.seconds", 15);
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofMillis(2);
  private static final byte[] HALF =
      "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Half: ".getBytes(StandardCharsets.US_ASCII);

  @TempDir private Path folder;

  @Test
  void pollsAlertsAndShowsThePageWhileConnectionsThatSendNothingPileUp() throws Exception {
    int page = FreePort.next();
    int metrics = FreePort.next();
    Path home = folder.resolve("home");
    copy(Path.of("config"), home.resolve("config"));
    copy(Path.of("routes"), home.resolve("routes"));
    Path products = home.resolve("config/products.yaml");
    String text = Files.readString(products).replaceAll("(?m)^ +schedule:.*\n", "");
    Files.writeString(
        products,
        text.replaceFirst(
            "(?m)^( +)circuit-id: (.*)$", "$1circuit-id: $2\n$1schedule: '0/3 * * * * ?'"));
    try (Simulator simulator =
            Simulator.start(
                SimulatorOptions.parse(
                    Map.of("products", "ServiceMapper", "resources", "20", "failures", "50%")));
        Attack attack = new Attack(List.of(page, metrics))) {
      Process process = start(home, settings(simulator, page, metrics));
      try {
        await().atMost(LIMIT).ignoreExceptions().until(() -> get(page, "/groups") == 200);
        await()
            .atMost(LIMIT)
            .untilAsserted(
                () ->
                    assertThat(calls(simulator, "/messages"))
                        .as("%s%n%s", logs(home), simulator.requests())
                        .isPositive());
        long before = filesOf(process);
        attack.begin();
        await().atMost(LIMIT).until(() -> attack.opened.get() >= SOCKETS);
        long polls = calls(simulator, "/tokens");
        long alerts = calls(simulator, "/messages");
        List<Long> millis = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        int scrapes = 0;
        long until = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
        while (System.nanoTime() < until) {
          simulator.arrive(1);
          long begun = System.nanoTime();
          if (answered(page, "/groups", failures)) {
            millis.add((System.nanoTime() - begun) / 1_000_000);
          }
          if (answered(metrics, "/observe/health/ready", failures)
              && answered(metrics, "/observe/metrics", failures)) {
            scrapes++;
          }
          long next = System.nanoTime() + Duration.ofMillis(500).toNanos();
          await().until(() -> System.nanoTime() >= next);
        }
        await().atMost(LIMIT).until(() -> calls(simulator, "/messages") > alerts);
        long files = filesOf(process);
        List<Long> sorted = millis.stream().sorted().toList();
        System.out.printf(
            "A9 %d sockets with %d files for %d s: opened %d, closed by the server %d, files open"
                + " %d before and %d after, page p50 %d ms p95 %d ms max %d ms (%d), scrapes %d, failed"
                + " requests %d, polls %d, messages %d%n",
            SOCKETS,
            FILES,
            SECONDS,
            attack.opened.get(),
            attack.closed.get(),
            before,
            files,
            sorted.get(sorted.size() / 2),
            sorted.get(sorted.size() * 95 / 100),
            sorted.get(sorted.size() - 1),
            sorted.size(),
            scrapes,
            failures.size(),
            calls(simulator, "/tokens") - polls,
            calls(simulator, "/messages") - alerts);
        assertThat(calls(simulator, "/tokens")).isGreaterThan(polls);
        // A connection may be among those that are closed for room; a browser tries again.
        assertThat(failures).hasSizeLessThanOrEqualTo(Math.max(2, (millis.size() + scrapes) / 20));
        assertThat(files).isLessThan(FILES * 9L / 10);
        assertThat(Files.readString(home.resolve("err.txt")) + logs(home))
            .as("the program's log")
            .doesNotContain("Too many open files");
        assertThat(process.isAlive()).isTrue();
      } finally {
        process.destroyForcibly().waitFor();
      }
    }
  }

  /** Keeps as many half requests open as it can, evenly over some ports. */
  private static final class Attack implements AutoCloseable {

    private final List<Integer> ports;
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicLong closed = new AtomicLong();
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final Thread thread = new Thread(this::run, "attack");
    private final Deque<SocketChannel> sockets = new ArrayDeque<>();

    Attack(List<Integer> ports) {
      this.ports = ports;
    }

    void begin() {
      thread.setDaemon(true);
      thread.start();
    }

    private void run() {
      ByteBuffer nothing = ByteBuffer.allocate(256);
      while (!isOver.get()) {
        LockSupport.parkNanos(PAUSE.toNanos());
        try {
          if (sockets.size() < SOCKETS) {
            int port = ports.get(opened.get() % ports.size());
            SocketChannel socket = SocketChannel.open();
            sockets.add(socket);
            opened.incrementAndGet();
            // From another address than the operators'.
            socket.bind(new InetSocketAddress("127.0.0.2", 0));
            socket.connect(new InetSocketAddress("127.0.0.1", port));
            socket.write(ByteBuffer.wrap(HALF));
            socket.configureBlocking(false);
          } else {
            // One that the server has closed is opened again.
            SocketChannel oldest = sockets.remove();
            nothing.clear();
            if (isClosed(oldest, nothing)) {
              closed.incrementAndGet();
              oldest.close();
            } else {
              sockets.add(oldest);
            }
          }
        } catch (IOException refused) {
          closed.incrementAndGet();
        }
      }
    }

    private static boolean isClosed(SocketChannel socket, ByteBuffer nothing) {
      try {
        return socket.isBlocking() || socket.read(nothing) < 0;
      } catch (IOException reset) {
        return true;
      }
    }

    @Override
    public void close() throws Exception {
      isOver.set(true);
      thread.join();
      for (SocketChannel each : sockets) {
        each.close();
      }
    }
  }

  private static Process start(Path home, Map<String, String> settings) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder builder =
        new ProcessBuilder(
                "bash",
                "-c",
                "ulimit -n "
                    + FILES
                    + "; exec "
                    + java
                    + " -XX:TieredStopAtLevel=1 -Xmx512m"
                    + " -Dlogback.configurationFile=config/logback.xml"
                    + " -cp \"$CLASS_PATH\" io.orchscope.Orchscope run")
            .directory(home.toFile())
            .redirectOutput(home.resolve("out.txt").toFile())
            .redirectError(home.resolve("err.txt").toFile());
    String path = System.getenv().getOrDefault("PATH", "");
    builder.environment().clear();
    builder.environment().put("PATH", path);
    builder.environment().put("CLASS_PATH", absoluteClassPath());
    settings.forEach(
        (key, value) ->
            builder
                .environment()
                .put(key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'), value));
    return builder.start();
  }

  private static String absoluteClassPath() {
    List<String> parts = new ArrayList<>();
    for (String part : System.getProperty("java.class.path").split(File.pathSeparator)) {
      parts.add(Path.of(part).toAbsolutePath().toString());
    }
    return String.join(File.pathSeparator, parts);
  }

  private static Map<String, String> settings(Simulator simulator, int page, int metrics) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("mdso.url", simulator.mdsoUrl().toString());
    settings.put("mdso.username", simulator.credentials().username());
    settings.put("mdso.password", simulator.credentials().password());
    settings.put("mdso.tenant", simulator.credentials().tenant());
    settings.put("webex.url", simulator.webexUrl().toString());
    settings.put("webex.token", simulator.credentials().webexBotToken());
    settings.put("alerts.channel", "webex");
    settings.put("alerts.group-wait", "1s");
    settings.put("alerts.group-interval", "1s");
    settings.put("alerts.messages-per-minute", "1000");
    settings.put("evidence.fsync", "no");
    settings.put("evidence.keep", "all");
    settings.put("console.listen", "127.0.0.1:" + page);
    settings.put("observe.listen", "127.0.0.1:" + metrics);
    return settings;
  }

  private static long calls(Simulator simulator, String end) {
    return simulator.requests().stream()
        .filter(it -> it.method().equals("POST") && it.path().endsWith(end))
        .count();
  }

  /** Whether a page answers; what went wrong otherwise is added to the failures. */
  private static boolean answered(int port, String path, List<String> failures)
      throws InterruptedException {
    try {
      assertThat(get(port, path)).isIn(200, 503);
      return true;
    } catch (IOException failure) {
      failures.add(path + ": " + failure);
      return false;
    }
  }

  private static int get(int port, String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(20))
            .build();
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .build()
        .send(request, BodyHandlers.discarding())
        .statusCode();
  }

  private static long filesOf(Process process) throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc", String.valueOf(process.pid()), "fd"))) {
      return files.count();
    }
  }

  private static String logs(Path home) throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(home.resolve("var/log"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(Files.readString(file));
      }
    }
    return all.toString();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> found = Files.walk(from)) {
      for (Path source : found.sorted().toList()) {
        Path target = to.resolve(from.relativize(source).toString());
        if (Files.isDirectory(source)) {
          Files.createDirectories(target);
        } else {
          Files.copy(source, target);
        }
      }
    }
  }
}
