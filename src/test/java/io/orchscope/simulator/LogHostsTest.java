package io.orchscope.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ChannelShell;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.common.SshException;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.sftp.common.SftpException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogHostsTest {

  private static final SimulatorOptions OPTIONS =
      SimulatorOptions.defaults()
          .with(
              o -> {
                o.resources = 40;
                o.logHosts = 2;
              });

  private static final Set<ClientChannelEvent> CLOSED = EnumSet.of(ClientChannelEvent.CLOSED);
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir Path folder;

  private final Simulator simulator = Simulator.start(OPTIONS);

  @AfterEach
  void close() {
    simulator.close();
  }

  @Test
  void haveTheFoldersOfScriptsAndAdapters() throws IOException {
    try (LogHostClient client = new LogHostClient(simulator, host(0))) {
      assertThat(client.names(LogHostClient.ROOT))
          .containsExactly(
              "bpraadva-1",
              "bpracisco-1",
              "radra-1",
              "rajuniper-1",
              "scriptplan-1",
              "scriptplan-2");
      assertThat(client.names(LogHostClient.ROOT + "/scriptplan-2/log"))
          .containsExactly("plan-log");
      assertThat(client.names(LogHostClient.ROOT + "/radra-1/log"))
          .containsExactly(
              "radra.log", "radra.log.1", "radra.log.2", "radra.log.3.gz", "radra.log.4.gz");
      assertThat(client.sftp().canonicalPath(LogHostClient.ROOT + "/radra-1/../radra-1/log/."))
          .isEqualTo(LogHostClient.ROOT + "/radra-1/log");
    }
  }

  @Test
  void runNothingAndRememberWhoWantedTo() throws IOException {
    try (LogHostClient client = new LogHostClient(simulator, host(1))) {
      CoreModuleProperties.REQUEST_EXEC_REPLY.set(client.session(), true);
      CoreModuleProperties.REQUEST_SHELL_REPLY.set(client.session(), true);
      ChannelExec exec = client.session().createExecChannel("grep -r id /opt; touch /tmp/x");
      ChannelShell shell = client.session().createShellChannel();

      exec.open().verify(LIMIT);
      shell.open().verify(LIMIT);

      assertThat(exec.waitFor(CLOSED, LIMIT)).containsAll(CLOSED);
      assertThat(shell.waitFor(CLOSED, LIMIT)).containsAll(CLOSED);
      assertThat(exec.getExitStatus()).isNull();
    }

    assertThat(simulator.commands())
        .containsExactly("loghost-2: grep -r id /opt; touch /tmp/x", "loghost-2: a shell");
    assertThat(simulator.count("loghost.exec")).isEqualTo(2);
  }

  @Test
  void canOnlyBeRead() throws IOException {
    try (LogHostClient client = new LogHostClient(simulator, host(0))) {
      String log = LogHostClient.ROOT + "/radra-1/log/radra.log";
      byte[] before = client.read(log);

      assertThatThrownBy(() -> client.sftp().remove(log)).isInstanceOf(SftpException.class);
      assertThatThrownBy(() -> client.sftp().write(log).close()).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> client.sftp().mkdir("/opt/mine")).isInstanceOf(SftpException.class);
      assertThatThrownBy(() -> client.sftp().rename(log, "/opt/mine"))
          .isInstanceOf(SftpException.class);
      assertThat(client.read(log)).isEqualTo(before);
    }
  }

  @Test
  void countWhoComesAndWhatIsRead() throws IOException {
    int length;
    try (LogHostClient client = new LogHostClient(simulator, host(1))) {
      length = client.read(LogHostClient.ROOT + "/radra-1/log/radra.log").length;
    }

    assertThat(simulator.counters())
        .containsEntry("loghost.connections.loghost-2", 1L)
        .containsEntry("loghost.files.opened.loghost-2", 1L)
        .containsEntry("loghost.bytes.loghost-2", (long) length)
        .containsEntry("loghost.bytes", (long) length)
        .doesNotContainKeys("loghost.connections.loghost-1", "loghost.exec");
  }

  @Test
  void letNobodyInWithAnotherKey() throws IOException {
    SimulatorOptions elsewhere = OPTIONS.with(o -> o.sshFolder = Optional.of(folder));
    try (Simulator other = Simulator.start(elsewhere)) {
      Path key = simulator.sshKey().orElseThrow();
      Files.copy(other.sshKey().orElseThrow(), key, StandardCopyOption.REPLACE_EXISTING);

      assertThatThrownBy(() -> new LogHostClient(simulator, host(0)).close())
          .isInstanceOf(SshException.class);
    }

    assertThat(simulator.counters()).doesNotContainKey("loghost.connections.loghost-1");
  }

  @Test
  void leaveNoKeyBehindButInAFolderOfTheCallers() throws IOException {
    Path own;
    try (Simulator other = Simulator.start(OPTIONS)) {
      own = other.sshKey().orElseThrow();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(own)))
          .isEqualTo("rw-------");
    }
    Simulator.start(OPTIONS.with(o -> o.sshFolder = Optional.of(folder))).close();

    assertThat(own.getParent()).doesNotExist();
    assertThat(folder.resolve("id_ed25519")).exists();
    assertThat(Files.readAllLines(folder.resolve("known_hosts"))).hasSize(2);
  }

  @Test
  void areNotThereUnlessAskedFor() {
    try (Simulator without = Simulator.start(SimulatorOptions.defaults())) {
      assertThat(without.logHosts()).isEmpty();
      assertThat(without.sshKey()).isEmpty();
      assertThat(without.knownHosts()).isEmpty();
    }
  }

  @Test
  void takeThePortsBehindTheOthers() {
    int port = sixFreePorts();
    Map<String, String> words =
        Map.of("log-hosts", "2", "port", Integer.toString(port), "ssh-folder", folder.toString());

    try (Simulator fixed = Simulator.start(SimulatorOptions.parse(words))) {
      assertThat(fixed.logHosts())
          .isEqualTo(
              List.of(
                  new LogHost("loghost-1", "127.0.0.1", port + 3),
                  new LogHost("loghost-2", "127.0.0.1", port + 4)));
    }
  }

  /** The first of them. */
  private static int sixFreePorts() {
    return new Random()
        .ints(15_000, 30_000)
        .filter(first -> IntStream.range(first, first + 6).allMatch(LogHostsTest::isFree))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  private LogHost host(int number) {
    return simulator.logHosts().get(number);
  }
}
