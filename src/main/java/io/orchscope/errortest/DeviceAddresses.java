package io.orchscope.errortest;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Where the SSH of a device is, and what an address is called; the simulator knows better. */
public interface DeviceAddresses {

  /**
   * Where a device answers; takes as long as name servers do.
   *
   * <p>Errors: {@link UnknownHostException} when there is no device of that name.
   *
   * @param target FQDN, IPv4 or IPv6
   */
  InetSocketAddress addressOf(String target) throws UnknownHostException;

  /** What an address is called, in the words of whoever owns it; takes as long as the other. */
  Optional<String> nameOf(InetAddress address);

  /** What the name servers of this machine say, and port 22. */
  static DeviceAddresses byDns() {
    return new DeviceAddresses() {
      @Override
      public InetSocketAddress addressOf(String target) throws UnknownHostException {
        InetAddress found = InetAddress.getByName(target);
        // Nobody shall have us log in to ourselves, or to what only this machine's neighbours see.
        if (found.isLoopbackAddress()
            || found.isAnyLocalAddress()
            || found.isLinkLocalAddress()
            || found.isMulticastAddress()) {
          throw new UnknownHostException("no address of a device");
        }
        return new InetSocketAddress(found, 22);
      }

      @Override
      public Optional<String> nameOf(InetAddress address) {
        String name = address.getCanonicalHostName();
        return Optional.of(name).filter(found -> !found.equals(address.getHostAddress()));
      }
    };
  }
}
