package io.orchscope.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.simulator.Simulator;
import io.orchscope.simulator.SimulatorOptions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that is killed after Webex has taken a message and before the ledger knows.
 *
 * <p>The moment is met by keeping the ledger's file locked from outside while the message is on its
 * way: what Webex has answered cannot be written down.
 */
final class DeliveryCrashIT {

  private static final int CRASHES = Integer.getInteger("crash.deliveries", 1);
  private static final int CIRCUITS = 40;
  private static final long LATENCY_MILLIS = 120;
  private static final long LIMIT_SECONDS = 300;
  private static final List<String> COLLECT =
      List.of("collect", "--product", "service_mapper", "--json");

  @TempDir private Path folder;

  @Test
  void saysOneMessageTwiceAtMostAndLosesNone() throws Exception {
    List<LedgerAudit> audits = new ArrayList<>();
    for (int crash = 0; crash < CRASHES; crash++) {
      audits.add(crash(crash));
    }

    System.out.printf(
        "F2 kill -9 between Webex's answer and the ledger's, %d times: lost alerts %d, circuits that"
            + " no room heard of %d, repeated messages %d, at most %d in one crash%n",
        CRASHES,
        audits.stream().mapToLong(LedgerAudit::untold).sum(),
        audits.stream().mapToLong(LedgerAudit::silent).sum(),
        audits.stream().mapToLong(LedgerAudit::repeated).sum(),
        audits.stream().mapToLong(LedgerAudit::repeated).max().orElse(0));
    assertThat(audits).containsOnly(new LedgerAudit(CIRCUITS, 0, 0, 1));
  }

  private LedgerAudit crash(int number) throws Exception {
    Path home = folder.resolve("crash-" + number);
    try (Simulator simulator = world(number)) {
      Program program = Program.in(home, GivenSettings.of(simulator));
      try (Program.Begun begun = program.begin(COLLECT)) {
        // Each crash at another message.
        await(begun, () -> simulator.messages().size() > number * 5);
        killWhileTheLedgerIsLocked(begun, home, simulator);
      }
      Program.Ended ended = program.run(COLLECT, LIMIT_SECONDS);
      assertThat(ended.exitCode()).as(ended.err()).isZero();
      assertThat(EvidenceAudit.mismatches(home.resolve("var").resolve("evidence"))).isEmpty();
      return LedgerAudit.of(home, simulator.messages());
    }
  }

  private static void killWhileTheLedgerIsLocked(
      Program.Begun begun, Path home, Simulator simulator) throws Exception {
    try (Connection connection = DriverManager.getConnection(LedgerAudit.url(home));
        Statement statement = connection.createStatement()) {
      statement.execute("pragma busy_timeout = 10000");
      boolean taken = false;
      while (!taken) {
        await(begun, () -> isAheadOf(connection, simulator));
        statement.execute("begin immediate");
        taken = isAheadOf(connection, simulator);
        if (taken) {
          // Webex's answer comes in the meantime, and cannot be written down.
          TimeUnit.MILLISECONDS.sleep(2 * LATENCY_MILLIS);
          begun.process().destroyForcibly().waitFor();
        }
        statement.execute("rollback");
      }
    }
  }

  /** Whether Webex has taken a message that the ledger still has on its way. */
  private static boolean isAheadOf(Connection connection, Simulator simulator) {
    try {
      return simulator.messages().size()
          > LedgerAudit.number(connection, "select count(*) from outbox where state = 'sent'");
    } catch (SQLException busy) {
      return false;
    }
  }

  private static void await(Program.Begun begun, BooleanSupplier condition)
      throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (!condition.getAsBoolean()) {
      assertThat(begun.process().isAlive()).as(begun.said()).isTrue();
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  private static Simulator world(int seed) {
    return Simulator.start(
        SimulatorOptions.parse(
            Map.of(
                "seed",
                String.valueOf(seed + 1),
                "resources",
                String.valueOf(CIRCUITS),
                "products",
                "ServiceMapper",
                "failures",
                "100%",
                "latency",
                LATENCY_MILLIS + "ms")));
  }
}
