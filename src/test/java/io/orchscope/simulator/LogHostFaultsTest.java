package io.orchscope.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogHostFaultsTest {

  private static final Set<ClientSession.ClientSessionEvent> CLOSED =
      EnumSet.of(ClientSession.ClientSessionEvent.CLOSED);
  private static final String LOG = LogHostClient.ROOT + "/radra-1/log/radra.log";

  private final Simulator simulator =
      Simulator.start(
          SimulatorOptions.defaults()
              .with(
                  o -> {
                    o.resources = 40;
                    o.logHosts = 2;
                  }));

  @AfterEach
  void close() {
    simulator.close();
  }

  @Test
  void closeThePortAndOpenItAgain() throws IOException {
    try (LogHostClient client = connect()) {
      goWrong(faults -> faults.down = true);

      assertThatThrownBy(() -> client.read(LOG)).isInstanceOf(UncheckedIOException.class);
      assertThatThrownBy(() -> connect().close())
          .isInstanceOf(SshException.class)
          .hasRootCauseInstanceOf(ConnectException.class);
    }

    simulator.setLogHostFaults(Map.of());

    try (LogHostClient client = connect()) {
      assertThat(client.read(LOG)).isNotEmpty();
    }
  }

  @Test
  void refuseTheKeyOfOneHostOnly() throws IOException {
    goWrong(faults -> faults.refusesKey = true);

    assertThatThrownBy(() -> connect().close()).isInstanceOf(SshException.class);
    new LogHostClient(simulator, simulator.logHosts().get(1)).close();
    assertThat(simulator.counters()).doesNotContainKey("loghost.connections.loghost-1");
  }

  @Test
  void slowReadersDown() throws IOException {
    goWrong(faults -> faults.bytesPerSecond = 40_000);

    try (LogHostClient client = connect()) {
      long start = System.nanoTime();
      client.read(LOG, 0, 20_000);

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(450));
    }
  }

  @Test
  void breakAConnectionAfterSoManyBytes() throws IOException {
    goWrong(faults -> faults.dropAfterBytes = 10_000);

    try (LogHostClient client = connect()) {
      byte[] first = client.read(LOG, 0, 10_000);

      assertThat(first).hasSize(10_000);
      assertThatThrownBy(() -> client.read(LOG, 10_000, 1))
          .isInstanceOf(UncheckedIOException.class);
      assertThat(client.session().waitFor(CLOSED, Duration.ofSeconds(10))).containsAll(CLOSED);
    }
    assertThat(simulator.count("loghost.bytes.loghost-1")).isEqualTo(10_000);
  }

  private LogHostClient connect() throws IOException {
    return new LogHostClient(simulator, simulator.logHosts().get(0));
  }

  private void goWrong(Consumer<LogHostFaults.Draft> changes) {
    simulator.setLogHostFaults(Map.of("loghost-1", LogHostFaults.none().with(changes)));
  }
}
