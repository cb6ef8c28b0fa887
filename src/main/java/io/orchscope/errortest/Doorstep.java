package io.orchscope.errortest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a device says to whoever connects to its SSH, before anybody has said who they are.
 *
 * @param isThere whether it took the connection, or refused it, which is an answer too
 * @param banner its first line, {@code SSH-2.0-OpenSSH_9.2}; source: RFC 4253 §4.2
 * @param words what came in place of a banner; empty when there is one
 */
record Doorstep(boolean isThere, Optional<String> banner, String words) {

  /** Lines may come before the banner, but not for ever. */
  private static final int MOST_BYTES = 8_192;

  private static final int LONGEST_BANNER = 255;

  private static final String NO_WAY = "Failed: no way there";
  private static final String SILENT = "Timeout: it says nothing";
  private static final String CLOSED = "Failed: it closed without a word";

  /** Connects, listens and goes away. */
  static Doorstep of(InetSocketAddress where, Deadline deadline) {
    try (Socket socket = new Socket()) {
      socket.connect(where, deadline.millis(deadline.left()));
      return listen(socket, deadline);
    } catch (ConnectException refused) {
      boolean isRefusal = String.valueOf(refused.getMessage()).contains("refused");
      return new Doorstep(isRefusal, Optional.empty(), isRefusal ? "Failed: refused" : NO_WAY);
    } catch (SocketTimeoutException late) {
      return new Doorstep(false, Optional.empty(), "Timeout");
    } catch (IOException unreachable) {
      return new Doorstep(false, Optional.empty(), NO_WAY);
    }
  }

  private static Doorstep listen(Socket socket, Deadline deadline) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try {
      InputStream in = socket.getInputStream();
      for (int i = 0; i < MOST_BYTES && !deadline.isOver(); i++) {
        socket.setSoTimeout(deadline.millis(deadline.left()));
        int next = in.read();
        if (next != '\n' && next >= 0) {
          line.write(next);
          continue;
        }
        String said = line.toString(StandardCharsets.UTF_8).stripTrailing();
        if (said.startsWith("SSH-")) {
          String banner = said.substring(0, Math.min(said.length(), LONGEST_BANNER));
          return new Doorstep(true, Optional.of(banner), "");
        }
        if (next < 0) {
          return new Doorstep(true, Optional.empty(), CLOSED);
        }
        line.reset();
      }
      String words = deadline.isOver() ? SILENT : "Failed: this is no SSH";
      return new Doorstep(true, Optional.empty(), words);
    } catch (SocketTimeoutException silent) {
      return new Doorstep(true, Optional.empty(), SILENT);
    } catch (IOException broken) {
      return new Doorstep(true, Optional.empty(), CLOSED);
    }
  }
}
