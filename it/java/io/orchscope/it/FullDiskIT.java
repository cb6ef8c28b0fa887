package io.orchscope.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.orchscope.FreePort;
import io.orchscope.simulator.Simulator;
import io.orchscope.simulator.SimulatorOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full for a while: evidence, ledger and log stand on it. */
final class FullDiskIT {

  private static final long LIMIT_SECONDS = 300;
  private static final int CIRCUITS = 150;
  private static final int DISK_MEGABYTES = 24;

  @TempDir private Path folder;

  /** The process, and its disk. */
  private record Host(Program.Begun begun, Path var, URI health) {}

  /** A disk in memory, at a folder; closing it takes it away with all that is on it. */
  private record Disk(Path at) implements AutoCloseable {

    static Optional<Disk> mount(Path at) throws Exception {
      Files.createDirectories(at);
      String size = "size=" + DISK_MEGABYTES + "m";
      return run("mount", "-t", "tmpfs", "-o", size, "tmpfs", at.toString()) == 0
          ? Optional.of(new Disk(at))
          : Optional.empty();
    }

    @Override
    public void close() throws Exception {
      assertThat(run("umount", "-l", at.toString())).as("umount %s", at).isZero();
    }

    private static int run(String... words) throws Exception {
      return new ProcessBuilder(words).redirectErrorStream(true).start().waitFor();
    }
  }

  @Test
  void losesNothingAndGoesOnWhenThereIsRoomAgain() throws Exception {
    Path home = folder.resolve("home");
    try (Simulator simulator = world()) {
      int port = FreePort.next();
      Map<String, String> settings = GivenSettings.of(simulator);
      settings.put("observe.listen", "127.0.0.1:" + port);
      settings.put("console.listen", "off");
      settings.put("evidence.keep", "all");
      settings.put("alerts.group-interval", "1s");
      Program program = Program.in(home, settings);
      pollOften(home);
      Optional<Disk> disk = Disk.mount(home.resolve("var"));
      assumeThat(disk).as("only root may mount a small disk; nothing was tested").isPresent();
      try (Disk small = disk.orElseThrow();
          Program.Begun begun = program.begin(List.of("run"))) {
        URI health = URI.create("http://127.0.0.1:" + port + "/observe/health/ready");
        fillAndFree(new Host(begun, small.at(), health), simulator);
        begun.process().destroyForcibly().waitFor();
      }
    }
  }

  private static void fillAndFree(Host host, Simulator simulator) throws Exception {
    await(host, () -> ask(host.health()).statusCode() == 200);
    // In the middle of the first poll.
    await(host, () -> decided(host) > CIRCUITS / 5);
    Path filler = fill(host.var());
    await(host, () -> ask(host.health()).body().contains("\"evidence\",\"status\":\"DOWN\""));
    simulator.arrive(20);
    long polls = polls(simulator);
    await(host, () -> polls(simulator) > polls);
    long whileFull = decided(host);
    List<String> halfWhileFull = EvidenceAudit.mismatches(host.var().resolve("evidence"));

    long from = System.nanoTime();
    Files.delete(filler);
    await(host, () -> isComplete(host.begun().said()));
    await(host, () -> ask(host.health()).statusCode() == 200);
    await(host, () -> audit(host, simulator).untold() == 0);
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - from);

    LedgerAudit audit = audit(host, simulator);
    List<String> half = EvidenceAudit.mismatches(host.var().resolve("evidence"));
    String integrity = integrity(host);
    System.out.printf(
        "F8 a disk of %d MB that is full: %d of %d circuits decided until there was room, then all"
            + " within %d s; half files %d, ledger %s, lost alerts %d, circuits that no room heard"
            + " of %d, repeated messages %d%n",
        DISK_MEGABYTES,
        whileFull,
        CIRCUITS + 20,
        seconds,
        halfWhileFull.size() + half.size(),
        integrity,
        audit.untold(),
        audit.silent(),
        audit.repeated());
    assertThat(whileFull).isLessThan(CIRCUITS);
    assertThat(halfWhileFull).isEmpty();
    assertThat(half).isEmpty();
    assertThat(integrity).isEqualTo("ok");
    assertThat(audit.silent()).isZero();
    assertThat(audit.repeated()).isLessThanOrEqualTo(1);
    assertThat(host.begun().said()).doesNotContain("A bug stopped an exchange");
  }

  /** How many polls have begun to list. */
  private static long polls(Simulator simulator) {
    return simulator.requests().stream()
        .filter(request -> request.query().contains("offset=0"))
        .count();
  }

  /** Whether the last poll has read everything, with nothing left for the next. */
  private static boolean isComplete(String said) {
    int last = said.lastIndexOf("A poll has ended.");
    String line = said.substring(Math.max(last, 0)).lines().findFirst().orElse("");
    return line.contains("listed " + (CIRCUITS + 20) + " =")
        && line.contains("dead-lettered 0")
        && !line.contains("incomplete");
  }

  /** Takes all the room that is left, to the last block. */
  private static Path fill(Path var) throws IOException {
    Path filler = var.resolve("filler");
    for (int size = 1 << 20; size >= 1 << 12; size /= 16) {
      byte[] block = new byte[size];
      boolean full = false;
      while (!full) {
        try {
          Files.write(filler, block, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException noRoom) {
          full = true;
        }
      }
    }
    return filler;
  }

  private static LedgerAudit audit(Host host, Simulator simulator) throws SQLException {
    try (Connection connection = ledger(host)) {
      return LedgerAudit.of(connection, simulator.messages());
    }
  }

  private static long decided(Host host) {
    if (!Files.exists(host.var().resolve("ledger.db"))) {
      return 0;
    }
    try (Connection connection = ledger(host)) {
      return LedgerAudit.number(
          connection, "select count(*) from resource where outcome is not null");
    } catch (SQLException notYet) {
      return 0;
    }
  }

  private static String integrity(Host host) throws SQLException {
    try (Connection connection = ledger(host);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("pragma integrity_check")) {
      row.next();
      return row.getString(1);
    }
  }

  private static Connection ledger(Host host) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + host.var().resolve("ledger.db"));
  }

  private static HttpResponse<String> ask(URI health) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(health).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static void await(Host host, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (!holds(condition)) {
      assertThat(host.begun().process().isAlive()).as(host.begun().said()).isTrue();
      assertThat(System.nanoTime())
          .as("in time; it said:%n%s", host.begun().said())
          .isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private static boolean holds(Callable<Boolean> condition) throws Exception {
    try {
      return condition.call();
    } catch (IOException notListening) {
      return false;
    }
  }

  /** One product, every three seconds. */
  private static void pollOften(Path home) throws IOException {
    Path products = home.resolve("config").resolve("products.yaml");
    String text =
        Files.readString(products)
            .replaceAll("(?m)^ +schedule: (?!\"0 0/15).*\n", "")
            .replace("\"0 0/15 * * * ?\"", "\"0/3 * * * * ?\"");
    Files.writeString(products, text);
  }

  private static Simulator world() {
    return Simulator.start(
        SimulatorOptions.parse(
            Map.of(
                "resources", String.valueOf(CIRCUITS),
                "products", "ServiceMapper",
                "failures", "60%",
                "latency", "100ms")));
  }
}
