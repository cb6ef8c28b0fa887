package io.orchscope;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** TCP server on loopback that counts the connections to it. */
final class CountedConnections implements AutoCloseable {

  /** Serves one connection; the connection is closed when it returns. */
  private interface Service {
    void serve(Socket socket) throws IOException;
  }

  private final ServerSocket server;
  private final Service service;
  private final AtomicInteger opened = new AtomicInteger();
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  private CountedConnections(Service service) throws IOException {
    this.service = service;
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  /**
   * An HTTP server with one reply, byte by byte as it is written on the connection.
   *
   * @param closes whether the connection ends with the reply
   */
  static CountedConnections replying(byte[] reply, boolean closes) throws IOException {
    return new CountedConnections(
        socket -> {
          BufferedReader requests =
              new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
          do {
            String line = requests.readLine();
            while (line != null && !line.isEmpty()) {
              line = requests.readLine();
            }
            if (line == null) {
              return;
            }
            socket.getOutputStream().write(reply);
            socket.getOutputStream().flush();
          } while (!closes);
        });
  }

  /** A relay to another server. */
  static CountedConnections relayTo(URI behind) throws IOException {
    ExecutorService pumps = Executors.newCachedThreadPool();
    return new CountedConnections(
        near -> {
          try (Socket far = new Socket(behind.getHost(), behind.getPort())) {
            pumps.execute(() -> pump(near, far));
            pump(far, near);
          }
        });
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  int opened() {
    return opened.get();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
    threads.shutdownNow();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        opened.incrementAndGet();
        sockets.add(socket);
        threads.execute(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      service.serve(socket);
    } catch (IOException ended) {
      // By the other side, or by the end of the test.
    }
  }

  private static void pump(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      in.transferTo(out);
      to.shutdownOutput();
    } catch (IOException ended) {
      // By either side.
    }
  }
}
