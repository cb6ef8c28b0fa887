package io.orchscope.errortest;

import io.orchscope.settings.Mistakes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Devices that are reached by another address than their own, as a file lists them; all others by
 * the name servers.
 *
 * <p>Shape: a line {@code NAME = HOST:PORT} for each, where the name is what MDSO or Beorn call the
 * device, a name or an address; {@code #} begins a comment.
 */
public final class ListedAddresses implements DeviceAddresses {

  private final Map<String, InetSocketAddress> listed;
  private final DeviceAddresses others = DeviceAddresses.byDns();

  private ListedAddresses(Map<String, InetSocketAddress> listed) {
    this.listed = Map.copyOf(listed);
  }

  /**
   * What a file lists.
   *
   * <p>Errors: {@link io.orchscope.settings.InvalidFileException} with every mistake.
   */
  public static ListedAddresses read(Path path) {
    String file = path.toString().replace('\\', '/');
    Mistakes mistakes = new Mistakes();
    Map<String, InetSocketAddress> listed = new HashMap<>();
    List<String> lines = List.of();
    try {
      lines = Files.readAllLines(path);
    } catch (IOException unreadable) {
      mistakes.add(
          file,
          "whole file",
          "it cannot be read",
          "Name a UTF-8 file that is there, or leave devices.addresses empty.");
    }
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String[] sides = line.split("=", 2);
      Optional<InetSocketAddress> address =
          sides.length == 2 ? address(sides[1].strip()) : Optional.empty();
      if (address.isEmpty() || sides[0].isBlank()) {
        mistakes.add(
            file,
            "line " + (i + 1),
            "it is no device with its address",
            "Write NAME = HOST:PORT, as in ABCDTXAB1ZW.EXAMPLE.COM = 192.0.2.10:2222.");
      } else {
        listed.put(key(sides[0]), address.get());
      }
    }
    mistakes.throwIfAny();
    return new ListedAddresses(listed);
  }

  @Override
  public InetSocketAddress addressOf(String target) throws UnknownHostException {
    InetSocketAddress known = listed.get(key(target));
    return known == null
        ? others.addressOf(target)
        : new InetSocketAddress(InetAddress.getByName(known.getHostString()), known.getPort());
  }

  @Override
  public Optional<String> nameOf(InetAddress address) {
    return others.nameOf(address);
  }

  private static Optional<InetSocketAddress> address(String text) {
    int colon = text.lastIndexOf(':');
    String port = text.substring(colon + 1);
    if (colon <= 0 || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65_535) {
      return Optional.empty();
    }
    return Optional.of(
        InetSocketAddress.createUnresolved(text.substring(0, colon), Integer.parseInt(port)));
  }

  private static String key(String name) {
    return name.strip().toUpperCase(Locale.ROOT);
  }
}
