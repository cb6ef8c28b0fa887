package io.orchscope.simulator;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.sshd.sftp.client.SftpClient;

/** Somebody who reads all logs of all hosts. */
final class HostsOfLogs implements AutoCloseable {

  /** One file on one host. */
  record Found(String host, String path, SftpClient.Attributes attributes) {

    String name() {
      return path.substring(path.lastIndexOf('/') + 1);
    }

    @Override
    public String toString() {
      return host + ":" + path + " " + attributes.getSize() + " " + attributes.getModifyTime();
    }
  }

  private final Map<String, LogHostClient> clients = new TreeMap<>();

  HostsOfLogs(Simulator simulator) throws IOException {
    for (LogHost host : simulator.logHosts()) {
      clients.put(host.name(), new LogHostClient(simulator, host));
    }
  }

  LogHostClient client(String host) {
    return Objects.requireNonNull(clients.get(host), host);
  }

  /** Every file, host by host. */
  List<Found> all() {
    List<Found> all = new ArrayList<>();
    clients.forEach(
        (host, client) ->
            client.files().forEach((path, file) -> all.add(new Found(host, path, file))));
    return all;
  }

  /** Every file of one folder. */
  List<Found> in(String host, String folder) {
    return client(host).entries(folder).stream()
        .map(e -> new Found(host, folder + "/" + e.getFilename(), e.getAttributes()))
        .toList();
  }

  byte[] bytes(Found file) {
    return client(file.host()).read(file.path());
  }

  /** What stands in it, whether or not it is compressed. */
  String text(Found file) {
    byte[] bytes = bytes(file);
    if (!file.name().endsWith(".gz")) {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
    try (GZIPInputStream plain = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return new String(plain.readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  @Override
  public void close() {
    clients.values().forEach(LogHostClient::close);
  }
}
