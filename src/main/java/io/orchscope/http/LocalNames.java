package io.orchscope.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names under which a page without a password answers.
 *
 * <p>A foreign web page can give its own name the address of this machine (DNS rebinding) and then
 * read what a browser behind the firewall reaches. Its name has to be in the public DNS; addresses,
 * names without a dot and names of this machine are not, so they are answered.
 */
public final class LocalNames {

  private static final Pattern ADDRESS =
      Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9a-f:.]+]");

  private final Set<String> names = new HashSet<>();

  /** The names of this machine and more. */
  public LocalNames(Collection<String> more) {
    more.stream()
        .filter(name -> !name.isEmpty())
        .map(name -> name.toLowerCase(Locale.ROOT))
        .forEach(names::add);
    try {
      InetAddress here = InetAddress.getLocalHost();
      names.add(here.getHostName().toLowerCase(Locale.ROOT));
    } catch (UnknownHostException nameless) {
      names.remove("");
    }
  }

  /** Whether a Host header names this machine. */
  public boolean include(String host) {
    String name = host.toLowerCase(Locale.ROOT).replaceFirst(":[0-9]+$", "");
    boolean isBare = !name.isEmpty() && name.indexOf('.') < 0;
    return isBare || ADDRESS.matcher(name).matches() || names.contains(name);
  }
}
