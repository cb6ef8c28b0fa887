package io.orchscope.errortest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is made of whatever speaks at a port. */
@Timeout(120)
final class DoorstepTest {

  /** What somebody says who is asked. */
  private interface Talk {
    void to(OutputStream out) throws IOException;
  }

  @Test
  void hearsTheBannerBelowOtherLines() throws IOException {
    Doorstep door = listen(out -> say(out, "Welcome\r\nto us\r\nSSH-2.0-X y\r\nmore"), 5);

    assertThat(door).isEqualTo(new Doorstep(true, Optional.of("SSH-2.0-X y"), ""));
  }

  @Test
  void knowsWhatIsNoSsh() throws IOException {
    String page = "HTTP/1.1 400 Bad Request\r\n".repeat(1_000);

    assertThat(listen(out -> say(out, page), 5).words()).isEqualTo("Failed: this is no SSH");
    assertThat(listen(out -> say(out, "x"), 5).words())
        .isEqualTo("Failed: it closed without a word");
  }

  @Test
  void listensNoLongerToOneWhoSpeaksSlowly() throws IOException {
    long begun = System.nanoTime();

    Doorstep door =
        listen(
            out -> {
              while (true) {
                say(out, "SSH");
              }
            },
            1);

    assertThat(door.banner()).isEmpty();
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(60));
  }

  private static void say(OutputStream out, String words) throws IOException {
    out.write(words.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static Doorstep listen(Talk talk, int seconds) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread device =
          new Thread(
              () -> {
                try (Socket guest = server.accept()) {
                  talk.to(guest.getOutputStream());
                } catch (IOException gone) {
                  Thread.currentThread().interrupt();
                }
              });
      device.setDaemon(true);
      device.start();
      return Doorstep.of(
          new InetSocketAddress(server.getInetAddress(), server.getLocalPort()),
          Deadline.in(Duration.ofSeconds(seconds)));
    }
  }
}
