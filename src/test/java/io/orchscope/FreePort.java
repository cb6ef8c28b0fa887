package io.orchscope;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * Ports for servers that cannot choose one themselves.
 *
 * <p>A port that the system had chosen would be free again until the server listens, and the system
 * could give it to another process. These are below the range from which systems choose, and each
 * process has its own hundred.
 */
public final class FreePort {

  private static final int FIRST = 20_000;
  private static final int SHARES = 120;
  private static final int EACH = 100;

  /** Neighbouring processes are far apart, and the next time others are next to them. */
  private static final int SHARE = (int) (ProcessHandle.current().pid() * 37 % SHARES);

  private static int given;

  /** One at which no server listens, on any address; no other call gets it soon. */
  public static synchronized int next() {
    for (int i = 0; i < EACH; i++) {
      int port = FIRST + SHARE * EACH + given % EACH;
      given++;
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException("No port is free from " + (FIRST + SHARE * EACH) + " on.");
  }

  private static boolean isFree(int port) {
    try (ServerSocket everywhere = new ServerSocket(port);
        ServerSocket loopback = new ServerSocket()) {
      everywhere.close();
      loopback.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  private FreePort() {}
}
