package io.orchscope.simulator;

/**
 * A simulated host of MDSO, as somebody reaches it by SFTP.
 *
 * @param name {@code loghost-1}
 * @param host an address of loopback
 */
public record LogHost(String name, String host, int port) {}
