package io.orchscope.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.common.SftpException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files among the plan logs that no careful reader takes. */
class HostileLogsTest {

  private static final String FOLDER = LogHostClient.ROOT + "/scriptplan-1/log/plan-log/";

  private final Simulator simulator =
      Simulator.start(
          SimulatorOptions.defaults()
              .with(
                  o -> {
                    o.resources = 40;
                    o.logHosts = 1;
                    o.hostileLogs = true;
                  }));
  private final String id =
      simulator
          .truths()
          .filter(truth -> truth.fails() && truth.findableByOrigin())
          .findFirst()
          .orElseThrow()
          .resourceId();
  private final String script = FOLDER + "plan-script-" + id + "-activate-";
  private LogHostClient client;

  @BeforeEach
  void connect() throws IOException {
    client = new LogHostClient(simulator, simulator.logHosts().get(0));
  }

  @AfterEach
  void close() {
    client.close();
    simulator.close();
  }

  @Test
  void haveNamesThatAShellWouldRun() {
    List<String> names = client.names(FOLDER);

    String prefix = "plan-script-" + id + "-activate-";
    assertThat(names)
        .contains(
            prefix + "; touch injected ;",
            prefix + "$(touch injected)",
            prefix + "`touch injected`",
            prefix + "' || touch injected || '",
            prefix + "\"quoted\" & <b>bold",
            prefix + "two\nlines");
    assertThat(client.text(script + "two\nlines")).contains(id);
    assertThat(client.text(script + "' || touch injected || '")).contains(id);
  }

  @Test
  void leadOutOfTheTree() throws IOException {
    SftpClient.Attributes link = client.sftp().lstat(script + "link");

    assertThat(link.isSymbolicLink()).isTrue();
    assertThat(client.sftp().readLink(script + "link")).endsWith("/../etc/passwd");
    assertThat(client.sftp().stat(script + "link").isRegularFile()).isTrue();
    assertThat(client.text(script + "link")).contains("out of the tree", id);
    assertThatThrownBy(() -> client.sftp().stat(script + "link-to-itself"))
        .isInstanceOf(SftpException.class);
    assertThatThrownBy(() -> client.sftp().stat(script + "link-to-nothing"))
        .isInstanceOf(SftpException.class);
  }

  @Test
  void areNoTextOrNotForUs() throws IOException {
    assertThat(client.read(script + "binary")).contains(0, 255).hasSize(65_536);
    assertThat(client.text(script + "binary")).contains(id);
    assertThat(client.text(script + "one-line")).hasSizeGreaterThan(3_000_000).doesNotContain("\n");
    assertThat(client.sftp().stat(script + "folder").isDirectory()).isTrue();
    assertThat(client.names(script + "folder")).isEmpty();
    assertThatThrownBy(() -> client.read(script + "unreadable"))
        .isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void areLargerThanAnybodyWants() throws IOException {
    long size = client.sftp().stat(script + "sparse").getSize();

    byte[] begin = client.read(script + "sparse", 0, 100);
    byte[] middle = client.read(script + "sparse", size / 2, 1000);
    byte[] end = client.read(script + "sparse", size - 100, 100);

    assertThat(size).isEqualTo(5L << 30);
    assertThat(new String(begin, StandardCharsets.US_ASCII)).startsWith("Resource " + id);
    assertThat(new String(end, StandardCharsets.US_ASCII)).endsWith(id + " failed\n");
    assertThat(middle).containsOnly(0);
  }

  @Test
  void areOnlyThereWhenAskedFor() throws IOException {
    try (Simulator harmless =
            Simulator.start(SimulatorOptions.defaults().with(o -> o.logHosts = 1));
        LogHostClient other = new LogHostClient(harmless, harmless.logHosts().get(0))) {
      assertThat(other.names(FOLDER)).allMatch(name -> name.matches("[\\w.:-]+"));
      assertThat(other.names("/")).containsExactly("opt");
    }
  }
}
