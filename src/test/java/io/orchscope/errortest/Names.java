package io.orchscope.errortest;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What devices are called in a test; remembers who asked. */
final class Names implements DeviceAddresses {

  private final Map<String, InetSocketAddress> addresses = new ConcurrentHashMap<>();
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private Optional<String> reverse = Optional.empty();

  Names add(String name, InetSocketAddress address) {
    addresses.put(name, address);
    return this;
  }

  /** What every address is called. */
  Names calledBack(String name) {
    reverse = Optional.of(name);
    return this;
  }

  List<String> asked() {
    return List.copyOf(asked);
  }

  @Override
  public InetSocketAddress addressOf(String target) throws UnknownHostException {
    asked.add(target);
    InetSocketAddress found = addresses.get(target);
    if (found == null) {
      throw new UnknownHostException(target);
    }
    return found;
  }

  @Override
  public Optional<String> nameOf(InetAddress address) {
    return reverse;
  }
}
