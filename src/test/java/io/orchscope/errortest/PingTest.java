package io.orchscope.errortest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may ping. */
final class PingTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "000001ffffffffff, true",
    "0000000000002000, true",
    "0000000000000000, false",
    "000001ffffffdfff, false",
    "ffffffffffffffff, true",
    "what, false"
  })
  void isForThoseWhoMayOpenRawSockets(String capabilities, boolean isAllowed) throws IOException {
    Path status = folder.resolve("status");
    Files.writeString(status, "Name:\tjava\nCapInh:\t0\nCapEff:\t" + capabilities + "\n");

    assertThat(Ping.isAllowed(status)).isEqualTo(isAllowed);
  }

  @Test
  void isForAllOnOtherSystems() {
    assertThat(Ping.isAllowed(folder.resolve("there-is-none"))).isTrue();
  }

  @Test
  void isAnsweredByThisMachineWhereItIsAllowed() {
    boolean answered =
        Ping.isAnswered(InetAddress.getLoopbackAddress(), Deadline.in(Duration.ofSeconds(5)));

    assertThat(answered).isEqualTo(Ping.isAllowed());
  }
}
