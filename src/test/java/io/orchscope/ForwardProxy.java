package io.orchscope;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * An HTTP proxy on loopback: it opens tunnels (CONNECT), passes plain requests on, and answers in
 * their place where a test says so.
 */
final class ForwardProxy implements AutoCloseable {

  /** What the proxy does with a request, given its head. */
  sealed interface Act permits PassOn, Say, Hang {}

  /** It is passed on. */
  record PassOn() implements Act {}

  /** The proxy answers itself. */
  record Say(int status, String headers, String body) implements Act {}

  /** No answer comes. */
  record Hang() implements Act {}

  private final ServerSocket server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Queue<Socket> open = new ConcurrentLinkedQueue<>();
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private final Function<String, Act> script;

  private ForwardProxy(Function<String, Act> script) throws IOException {
    this.script = script;
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  static ForwardProxy start(Function<String, Act> script) throws IOException {
    return new ForwardProxy(script);
  }

  String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  /** The heads of all requests, their first lines first. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        open.add(client);
        threads.execute(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      InputStream in = new BufferedInputStream(client.getInputStream());
      while (true) {
        String head = head(in);
        if (head.isEmpty()) {
          return;
        }
        asked.add(head);
        if (!answer(head, in, client)) {
          return;
        }
      }
    } catch (IOException | UncheckedIOException gone) {
      // The client or the test has ended.
    }
  }

  /** Answers false when the connection is of no more use. */
  private boolean answer(String head, InputStream in, Socket client) throws IOException {
    Act act = script.apply(head);
    if (act instanceof Hang) {
      return in.read() >= 0;
    }
    if (act instanceof Say said) {
      byte[] body = said.body().getBytes(StandardCharsets.UTF_8);
      write(
          client.getOutputStream(),
          "HTTP/1.1 %d Said\r\n%sContent-Length: %d\r\nConnection: close\r\n\r\n"
              .formatted(said.status(), said.headers(), body.length));
      client.getOutputStream().write(body);
      client.getOutputStream().flush();
      return false;
    }
    String[] first = head.lines().findFirst().orElse("").split(" ");
    boolean isTunnel = first[0].equals("CONNECT");
    URI target = URI.create(isTunnel ? "tcp://" + first[1] : first[1]);
    try (Socket onward = new Socket(target.getHost(), target.getPort())) {
      open.add(onward);
      if (isTunnel) {
        write(client.getOutputStream(), "HTTP/1.1 200 Connection established\r\n\r\n");
        threads.execute(() -> pump(in, onward));
      } else {
        String path =
            target.getRawPath() + (target.getRawQuery() == null ? "" : "?" + target.getRawQuery());
        write(
            onward.getOutputStream(),
            first[0]
                + " "
                + path
                + " HTTP/1.1\r\nConnection: close\r\n"
                + withoutFirstLine(head)
                + "\r\n");
        onward.getOutputStream().write(in.readNBytes(length(head)));
        onward.getOutputStream().flush();
      }
      onward.getInputStream().transferTo(client.getOutputStream());
    }
    return false;
  }

  private static void pump(InputStream from, Socket to) {
    try {
      from.transferTo(to.getOutputStream());
    } catch (IOException gone) {
      // One of the two ends has hung up.
    }
  }

  private static String withoutFirstLine(String head) {
    StringBuilder rest = new StringBuilder();
    head.lines()
        .skip(1)
        .filter(line -> !line.toLowerCase(java.util.Locale.ROOT).matches("(proxy-)?connection:.*"))
        .forEach(line -> rest.append(line).append("\r\n"));
    return rest.toString();
  }

  private static int length(String head) {
    return head.lines()
        .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:"))
        .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
        .findFirst()
        .orElse(0);
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int next = in.read();
    while (next >= 0) {
      head.write(next);
      if (head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
        return head.toString(StandardCharsets.ISO_8859_1).strip();
      }
      next = in.read();
    }
    return "";
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
    threads.shutdownNow();
  }
}
