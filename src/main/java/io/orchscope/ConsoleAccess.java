package io.orchscope;

import io.orchscope.console.FailedLogIns;
import io.orchscope.console.Gatekeeper;
import io.orchscope.console.Users;
import io.orchscope.console.Words;
import io.orchscope.settings.InvalidFileException;
import io.orchscope.settings.Settings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.camel.support.jsse.KeyManagersParameters;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;

/**
 * Who reaches the operators' page, and how: on loopback anybody; elsewhere only people with a
 * password, over TLS.
 */
record ConsoleAccess(Settings settings) {

  private static final String FILE = "config/application.properties";
  private static final String KEYSTORE = "console.tls-keystore";

  /**
   * What the settings say.
   *
   * <p>Errors: {@link InvalidFileException} when somebody without a password would reach the page,
   * or a password would cross the network as it is.
   */
  static ConsoleAccess of(Settings settings) {
    ConsoleAccess access = new ConsoleAccess(settings);
    ListenAddress.console(settings).filter(it -> !it.isLoopback()).ifPresent(access::requireSafe);
    return access;
  }

  /**
   * Where a message leads to its group: as the settings say, or else to the page, if it has a name.
   */
  static String linkToGroup(Settings settings) {
    String said = settings.text("links.group");
    String url = settings.text("console.url").replaceFirst("/+$", "");
    return said.isEmpty() && !url.isEmpty() ? url + "/groups/{group}" : said;
  }

  /** Where people read about a circuit; nowhere when the page has no name. */
  static Optional<String> linkToCircuit(Settings settings, String circuit) {
    String url = settings.text("console.url").replaceFirst("/+$", "");
    return url.isEmpty() ? Optional.empty() : Optional.of(url + Words.circuit(circuit));
  }

  Gatekeeper gatekeeper(Clock clock, Consumer<FailedLogIns> failures) {
    boolean isOff = ListenAddress.console(settings).isEmpty();
    String file = settings.text("console.users");
    Optional<Users> users =
        file.isEmpty() || isOff ? Optional.empty() : Optional.of(Users.read(Path.of(file)));
    String url = settings.text("console.url");
    Optional<String> host =
        Optional.of(url)
            .filter(it -> !it.isEmpty())
            .map(it -> String.valueOf(URI.create(it).getHost()).toLowerCase(Locale.ROOT));
    boolean isBehindProxy = settings.flag("console.behind-proxy");
    return new Gatekeeper(new Gatekeeper.Access(users, host, isBehindProxy), clock, failures);
  }

  /** Whether browsers reach the page over TLS, of its own or of a proxy. */
  boolean isOverTls() {
    return !settings.text(KEYSTORE).isEmpty()
        || (settings.flag("console.behind-proxy")
            && settings.text("console.url").startsWith("https:"));
  }

  /** Where Camel finds our certificate; nothing when it speaks plain HTTP. */
  Optional<SSLContextParameters> tls() {
    String file = settings.text(KEYSTORE);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    if (!Files.isReadable(Path.of(file))) {
      throw new InvalidFileException(
          FILE,
          KEYSTORE,
          "there is no file " + file + " that can be read",
          "Make one: keytool -genkeypair -storetype PKCS12 -keystore " + file + " …");
    }
    KeyStoreParameters store = new KeyStoreParameters();
    store.setResource("file:" + file);
    store.setType("PKCS12");
    store.setPassword(settings.secret("console.tls-password").reveal());
    KeyManagersParameters keys = new KeyManagersParameters();
    keys.setKeyStore(store);
    keys.setKeyPassword(settings.secret("console.tls-password").reveal());
    SSLContextParameters parameters = new SSLContextParameters();
    parameters.setKeyManagers(keys);
    return Optional.of(parameters);
  }

  private void requireSafe(ListenAddress address) {
    if (settings.text("console.users").isEmpty()) {
      throw new InvalidFileException(
          FILE,
          "console.listen",
          "the page would be open to everybody who reaches " + address.host(),
          "Listen at 127.0.0.1, or make a list of users (orchscope users add NAME --file"
              + " config/users.yaml), name it in console.users, and give console.tls-keystore or"
              + " set console.behind-proxy = yes.");
    }
    if (settings.text(KEYSTORE).isEmpty() && !settings.flag("console.behind-proxy")) {
      throw new InvalidFileException(
          FILE,
          "console.listen",
          "passwords would cross the network to " + address.host() + " as they are",
          "Give a certificate in console.tls-keystore (PKCS12) with CONSOLE_TLS_PASSWORD; or, where"
              + " a proxy speaks TLS for this page and nobody else reaches it, set"
              + " console.behind-proxy = yes.");
    }
  }
}
