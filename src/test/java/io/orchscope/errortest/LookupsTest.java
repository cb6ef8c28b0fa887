package io.orchscope.errortest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What name servers say, and what becomes of those that say nothing. */
@Timeout(120)
final class LookupsTest {

  @Test
  void looksInBothDirections() throws UnknownHostException {
    InetSocketAddress there = new InetSocketAddress(InetAddress.getByName("192.0.2.10"), 22);
    Names names =
        new Names()
            .add("A.EXAMPLE.COM", there)
            .add("192.0.2.10", there)
            .calledBack("B.EXAMPLE.COM")
            .add("B.EXAMPLE.COM", new InetSocketAddress(InetAddress.getByName("192.0.2.11"), 22));
    Lookups lookups = new Lookups(names, 2);

    assertThat(lookups.of("A.EXAMPLE.COM", Deadline.in(Duration.ofMinutes(1))).words().plain())
        .isEqualTo("DNS Resolves to: 192.0.2.10, back to B.EXAMPLE.COM");
    assertThat(lookups.of("192.0.2.10", Deadline.in(Duration.ofMinutes(1))).words().plain())
        .isEqualTo("DNS Resolves to: B.EXAMPLE.COM, back to 192.0.2.11");
  }

  @Test
  void takesAHostileNameForWhatItIs() throws UnknownHostException {
    InetSocketAddress there = new InetSocketAddress(InetAddress.getByName("192.0.2.10"), 22);
    Names names = new Names().add("192.0.2.10", there).calledBack("<@all> `x`\n");

    FindingLine words =
        new Lookups(names, 2).of("192.0.2.10", Deadline.in(Duration.ofMinutes(1))).words();

    assertThat(words.parts())
        .containsExactly(
            new FindingLine.Part("DNS Resolves to: ", FindingLine.Kind.OURS),
            new FindingLine.Part("<@all> `x`\n", FindingLine.Kind.THEIRS));
    assertThat(names.asked()).containsExactly("192.0.2.10");
  }

  @Test
  void waitsForNoNameServerLongerThanItMayAndKeepsNoMoreThreadsThanTests() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    DeviceAddresses silent =
        new DeviceAddresses() {
          @Override
          public InetSocketAddress addressOf(String target) throws UnknownHostException {
            try {
              never.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            throw new UnknownHostException(target);
          }

          @Override
          public Optional<String> nameOf(InetAddress address) {
            return Optional.empty();
          }
        };
    Lookups lookups = new Lookups(silent, 3);
    long begun = System.nanoTime();

    for (int i = 0; i < 20; i++) {
      Deadline deadline = Deadline.in(Duration.ofMillis(50));
      assertThat(lookups.of("A.EXAMPLE.COM", deadline).words().plain())
          .isEqualTo("DNS does not answer in time");
    }

    long threads =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().equals("orchscope-lookup"))
            .count();
    never.countDown();
    assertThat(threads).isLessThanOrEqualTo(3);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(60));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "0.0.0.0", "169.254.169.254", "224.0.0.1", "::1", "fe80::1"})
  void sendsNobodyToThisMachineOrItsNeighbours(String address) {
    assertThatThrownBy(() -> DeviceAddresses.byDns().addressOf(address))
        .isInstanceOf(UnknownHostException.class);
  }

  @Test
  void findsSshAtPort22() throws UnknownHostException {
    assertThat(DeviceAddresses.byDns().addressOf("192.0.2.10"))
        .isEqualTo(new InetSocketAddress("192.0.2.10", 22));
  }
}
