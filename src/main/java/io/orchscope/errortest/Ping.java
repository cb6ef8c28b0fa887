package io.orchscope.errortest;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * ICMP, where this process may send it.
 *
 * <p>Where it may not, Java would try the echo port (7) in its place, which firewalls drop; so it
 * is not asked then.
 */
final class Ping {

  private static final Duration LONGEST = Duration.ofSeconds(3);
  private static final Path OF_THIS_PROCESS = Path.of("/proc/self/status");

  /** CAP_NET_RAW among the capabilities of a Linux process. */
  private static final int RAW_SOCKETS = 13;

  private static final boolean IS_ALLOWED = isAllowed(OF_THIS_PROCESS);

  static boolean isAllowed() {
    return IS_ALLOWED;
  }

  /** Whether an address answers; no when this process may not ask. */
  static boolean isAnswered(InetAddress address, Deadline deadline) {
    if (!IS_ALLOWED) {
      return false;
    }
    try {
      return address.isReachable(deadline.millis(LONGEST));
    } catch (IOException unreachable) {
      return false;
    }
  }

  /** Other systems than Linux let everybody. */
  static boolean isAllowed(Path status) {
    if (!Files.exists(status)) {
      return true;
    }
    try {
      List<String> lines = Files.readAllLines(status);
      return lines.stream()
          .filter(line -> line.startsWith("CapEff:"))
          .map(line -> Long.parseUnsignedLong(line.substring("CapEff:".length()).strip(), 16))
          .anyMatch(capabilities -> (capabilities >> RAW_SOCKETS & 1) == 1);
    } catch (IOException | NumberFormatException unreadable) {
      return false;
    }
  }

  private Ping() {}
}
