package io.orchscope.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How many connections a server takes, and to which names the metrics page answers. */
final class ServerLimitsTest {

  @ParameterizedTest
  @CsvSource({"400,100", "1024,256", "20000,500", "16,8"})
  void leavesThreeQuartersOfTheFilesToTheRest(long files, int connections) {
    Duration any = Duration.ofSeconds(1);
    ServerLimits wanted = new ServerLimits(any, any, any, 500);

    assertThat(wanted.withinFiles(files, 4).mostConnections()).isEqualTo(connections);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1:9464",
        "localhost",
        "[::1]:9464",
        "192.0.2.7",
        "orchscope:9464",
        "m.example.com"
      })
  void answersToAddressesAndNamesOfThisMachine(String host) {
    assertThat(new LocalNames(List.of("M.example.com")).include(host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example.com", "127.0.0.1.example.com:9464", "m.example.com.", ""})
  void answersToNoNameInThePublicDns(String host) {
    assertThat(new LocalNames(List.of("m.example.com")).include(host)).isFalse();
  }
}
