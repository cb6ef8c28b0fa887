package io.orchscope.console;

import java.util.regex.Pattern;

/**
 * Address by which failed log-ins are counted.
 *
 * <p>Behind a proxy it is the last entry of {@code X-Forwarded-For}: the proxy adds it, and
 * everything before it may be invented. Without a proxy the header is invented as a whole and not
 * read. Of an IPv6 address it is the network of 64 bits, because one client has all of it.
 */
final class ClientAddress {

  private static final Pattern IP =
      Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f]*:[0-9A-Fa-f:.]*");
  private static final int GROUPS = 8;

  static String of(Request request, String peer, boolean isBehindProxy) {
    if (!isBehindProxy) {
      return network(peer);
    }
    String[] entries = request.header("x-forwarded-for").orElse("").split(",", -1);
    String last = entries[entries.length - 1].strip();
    return IP.matcher(last).matches() ? network(last) : network(peer);
  }

  private static String network(String address) {
    String plain = address.replaceFirst("%.*$", "").replaceFirst("(?i)^::ffff:(?=[0-9.]+$)", "");
    if (plain.indexOf(':') < 0) {
      return plain;
    }
    String[] halves = plain.split("::", 2);
    String[] head = groups(halves[0]);
    String[] tail = halves.length > 1 ? groups(halves[1]) : new String[0];
    StringBuilder network = new StringBuilder();
    for (int i = 0; i < GROUPS / 2; i++) {
      int fromEnd = i - (GROUPS - tail.length);
      String group =
          i < head.length ? head[i] : halves.length > 1 && fromEnd >= 0 ? tail[fromEnd] : "0";
      network.append(group.replaceFirst("^0+(?=.)", "").toLowerCase(java.util.Locale.ROOT));
      network.append(':');
    }
    return network + ":/64";
  }

  private static String[] groups(String half) {
    return half.isEmpty() ? new String[0] : half.split(":", -1);
  }

  private ClientAddress() {}
}
