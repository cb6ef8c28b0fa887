package io.orchscope.hostlog;

import java.time.Duration;

/**
 * How long hosts are waited for, and how much of them is kept in memory or on disk.
 *
 * @param connect for a connection, and again for the log-in
 * @param answer for the answer to one question
 * @param idle after which a connection that nobody uses is closed
 * @param pause for which a host that failed is not asked again
 * @param fresh for which the list of a folder's files is good
 * @param channels over one connection, at the same time
 * @param excerptBytes of one adapter's log for one device; more is cut
 * @param archiveBytes of MDSO's log archive, compressed, on disk; a larger one is given up
 */
public record HostLimits(
    Duration connect,
    Duration answer,
    Duration idle,
    Duration pause,
    Duration fresh,
    int channels,
    long excerptBytes,
    long archiveBytes) {

  /** What serves hosts in the same data centre. */
  public static HostLimits usual() {
    return new HostLimits(
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofMinutes(5),
        Duration.ofSeconds(30),
        Duration.ofSeconds(10),
        4,
        8L << 20,
        1L << 30);
  }
}
