package io.orchscope.http;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * Time and connections that clients of a server may take.
 *
 * @param headerTime from the connection to the end of its first header, TLS handshake included
 * @param bodyTime from the end of a header to the end of its body
 * @param idleTime from an answer to the end of the next header; also the longest time in which a
 *     client takes nothing of its answer
 * @param mostConnections open at the same time
 */
public record ServerLimits(
    Duration headerTime, Duration bodyTime, Duration idleTime, int mostConnections) {

  private static final int FEWEST_CONNECTIONS = 8;

  /**
   * The same limits with at most a share of the files that this process may still open; each
   * connection is one. The remaining files are reserved for polls, alerts and evidence.
   *
   * @param share of the files: 4 for a quarter
   */
  public ServerLimits withinFiles(int share) {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? withinFiles(unix.getMaxFileDescriptorCount() - unix.getOpenFileDescriptorCount(), share)
        : this;
  }

  ServerLimits withinFiles(long free, int share) {
    long most = Math.max(FEWEST_CONNECTIONS, free / share);
    return new ServerLimits(headerTime, bodyTime, idleTime, (int) Math.min(mostConnections, most));
  }
}
