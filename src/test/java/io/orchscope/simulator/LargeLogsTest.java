package io.orchscope.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.sshd.sftp.client.SftpClient;
import org.junit.jupiter.api.Test;

/** Hosts with 700 MB of logs each. */
class LargeLogsTest {

  private static final List<String> ADAPTERS =
      List.of("rajuniper", "bpraadva", "radra", "bpracisco");
  private static final SimulatorOptions OPTIONS =
      SimulatorOptions.defaults()
          .with(
              o -> {
                o.resources = 2000;
                o.logHosts = 3;
                o.logBytes = 700_000_000;
              });

  @Test
  void costNothingUntilTheyAreReadAndLittleThen() throws Exception {
    try (Simulator simulator = Simulator.start(OPTIONS)) {
      try (LogHostClient client = new LogHostClient(simulator, simulator.logHosts().get(0))) {
        long before = heap();
        String log = LogHostClient.ROOT + "/rajuniper-1/log/rajuniper.log.1";

        Timed<Long> listed = timed(() -> size(client));
        long size = client.sftp().stat(log).getSize();
        Timed<byte[]> far = timed(() -> client.read(log, size - 100_000, 65_536));
        Timed<Long> whole = timed(() -> count(client, log));
        long growth = heap() - before;

        System.out.printf(
            "LargeLogsTest: %d MB listed in %d ms, 64 kB at offset %d in %d ms, %d MB read in %d"
                + " ms, heap %+d kB%n",
            listed.value() / 1_000_000,
            listed.took().toMillis(),
            size - 100_000,
            far.took().toMillis(),
            whole.value() / 1_000_000,
            whole.took().toMillis(),
            growth / 1000);
        assertThat(listed.value()).isBetween(640_000_000L, 720_000_000L);
        assertThat(new String(far.value(), StandardCharsets.ISO_8859_1)).contains(" - bpprov.bpo_");
        assertThat(whole.value()).isEqualTo(size).isGreaterThan(50_000_000);
        // Of the same run, so that a busy machine changes neither.
        assertThat(far.took()).isLessThan(whole.took());
        assertThat(growth).isLessThan(32_000_000);
      }
    }
  }

  private static long size(LogHostClient client) {
    return ADAPTERS.stream()
        .flatMap(name -> client.entries(LogHostClient.ROOT + "/" + name + "-1/log").stream())
        .map(SftpClient.DirEntry::getAttributes)
        .mapToLong(SftpClient.Attributes::getSize)
        .sum();
  }

  private static long count(LogHostClient client, String log) throws IOException {
    try (InputStream in = client.sftp().read(log, 65_536)) {
      byte[] buffer = new byte[65_536];
      long count = 0;
      for (int more = in.read(buffer); more >= 0; more = in.read(buffer)) {
        count += more;
      }
      return count;
    }
  }

  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private record Timed<T>(T value, Duration took) {}

  private static <T> Timed<T> timed(Callable<T> call) throws Exception {
    long start = System.nanoTime();
    T value = call.call();
    return new Timed<>(value, Duration.ofNanos(System.nanoTime() - start));
  }
}
