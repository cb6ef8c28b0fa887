package io.orchscope.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelShell;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What answers when somebody wants to log in to a device. */
class DevicesTest {

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final SimulatorOptions OPTIONS =
      SimulatorOptions.defaults()
          .with(
              o -> {
                o.resources = 400;
                o.failureShare = 0.5;
                o.devices = true;
              });

  private final Simulator simulator = Simulator.start(OPTIONS);
  private final SshClient ssh = SshClient.setUpDefaultClient();

  @BeforeEach
  void start() {
    ssh.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
    ssh.start();
  }

  @AfterEach
  void close() {
    ssh.stop();
    simulator.close();
  }

  @Test
  void leadToFivePortsByTidAndByAddress() {
    Map<String, String> addresses = simulator.deviceAddresses();

    assertThat(new TreeSet<>(addresses.values())).hasSize(5);
    assertThat(addresses.keySet()).anyMatch(target -> target.matches("[A-Z0-9]{10}W"));
    assertThat(addresses.keySet()).anyMatch(target -> target.startsWith("192.0.2."));
    addresses.forEach(
        (target, address) -> {
          assertThat(simulator.deviceAddress(target)).contains(address);
          if (target.endsWith("W")) {
            assertThat(simulator.deviceAddress(target + ".EXAMPLE.COM")).contains(address);
          }
        });
    assertThat(simulator.deviceAddress("ABCDTXAB1ZZ")).isEmpty();
    assertThat(simulator.deviceAddress("example.com")).isEmpty();
  }

  @Test
  void behaveTheSameForTheSameSeed() {
    try (Simulator twin = Simulator.start(OPTIONS)) {
      Map<String, String> ours = simulator.deviceAddresses();
      Map<String, String> theirs = twin.deviceAddresses();

      assertThat(theirs.keySet()).isEqualTo(ours.keySet());
      for (String port : new TreeSet<>(ours.values())) {
        Set<String> alike = new TreeSet<>();
        ours.forEach((target, at) -> alike.add(at.equals(port) ? theirs.get(target) : ""));
        assertThat(alike).hasSize(2);
      }
    }
  }

  @Test
  void showAPromptAfterALogin() throws IOException {
    try (ClientSession session = login(DeviceManner.ANSWERS)) {
      assertThat(conversation(session, "")).endsWith("device# ");
    }
    assertThat(simulator.count("devices.logins")).isEqualTo(1);
  }

  @Test
  void askFirstWhetherToGoOn() throws IOException {
    try (ClientSession session = login(DeviceManner.ASKS_FIRST)) {
      assertThat(conversation(session, "Y")).contains("[Y|N] ").endsWith("device# ");
    }
  }

  @Test
  void refuseALogin() {
    assertThatThrownBy(() -> login(DeviceManner.REFUSES_LOGIN)).isInstanceOf(SshException.class);
    assertThat(simulator.count("devices.logins.refused")).isPositive();
    assertThat(simulator.count("devices.logins")).isZero();
  }

  @Test
  void takeAConnectionAndSayNothing() throws IOException {
    try (Socket socket = connect(DeviceManner.HANGS)) {
      socket.setSoTimeout(300);

      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void refuseAConnection() {
    assertThatThrownBy(() -> connect(DeviceManner.REFUSES)).isInstanceOf(ConnectException.class);
  }

  @Test
  void countHowManyAreThereAtTheSameTime() throws IOException {
    List<Socket> sockets =
        List.of(
            connect(DeviceManner.HANGS), connect(DeviceManner.HANGS), connect(DeviceManner.HANGS));
    await(3);
    for (Socket socket : sockets) {
      socket.close();
    }
    login(DeviceManner.ANSWERS).close();
    login(DeviceManner.ANSWERS).close();

    assertThat(simulator.count("devices.connections")).isEqualTo(5);
    assertThat(simulator.count("devices.connections.most")).isBetween(3L, 4L);
  }

  @Test
  void areNotThereUnlessAskedFor() {
    try (Simulator without = Simulator.start(OPTIONS.with(o -> o.devices = false))) {
      assertThat(without.deviceAddresses()).isEmpty();
    }
  }

  private void await(long connections) {
    Awaitility.await()
        .atMost(LIMIT)
        .until(() -> simulator.count("devices.connections") == connections);
  }

  private ClientSession login(DeviceManner manner) throws IOException {
    ClientSession session =
        ssh.connect(simulator.credentials().username(), "127.0.0.1", port(manner))
            .verify(LIMIT)
            .getSession();
    session.addPasswordIdentity(simulator.credentials().password());
    session.auth().verify(LIMIT);
    return session;
  }

  private Socket connect(DeviceManner manner) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), port(manner));
  }

  private int port(DeviceManner manner) {
    return simulator.devicePort(manner);
  }

  /** What a device says until its prompt stands there. */
  private static String conversation(ClientSession session, String answer) throws IOException {
    try (ChannelShell shell = session.createShellChannel()) {
      ByteArrayOutputStream said = new ByteArrayOutputStream();
      shell.setOut(said);
      shell.open().verify(LIMIT);
      shell.getInvertedIn().write(answer.getBytes(StandardCharsets.US_ASCII));
      shell.getInvertedIn().flush();
      Awaitility.await()
          .atMost(LIMIT)
          .until(() -> said.toString(StandardCharsets.US_ASCII).endsWith("# "));
      return said.toString(StandardCharsets.US_ASCII);
    }
  }
}
