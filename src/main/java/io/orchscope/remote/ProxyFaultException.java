package io.orchscope.remote;

import java.io.IOException;

/** A fault of the proxy in front of a remote system; the system itself was not reached. */
public final class ProxyFaultException extends IOException {

  private static final long serialVersionUID = 1L;

  public ProxyFaultException(RemoteSystem system, OutgoingProxy proxy, String what) {
    super(message(system, proxy, what));
  }

  public ProxyFaultException(RemoteSystem system, OutgoingProxy proxy, Exception cause) {
    super(
        message(
            system,
            proxy,
            "cannot be used: " + cause.getClass().getSimpleName() + ": " + cause.getMessage()),
        cause);
  }

  private static String message(RemoteSystem system, OutgoingProxy proxy, String what) {
    return "The proxy of "
        + system.title()
        + ", "
        + proxy
        + " ("
        + system.name().proxyKey()
        + "), "
        + what
        + ".";
  }
}
