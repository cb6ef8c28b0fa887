package io.orchscope.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages about malformed addresses whose path, user part or parameters are secrets. */
final class SecretAddressesTest {

  private static final String SECRET = "s3cr3t-Zq7Kw9";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "watch.ping-url | hc.example.com/ping/%s | 'hc.example.com/…'",
        "watch.ping-url | ftp://hc.example.com/ping/%s | 'ftp://hc.example.com/…'",
        "watch.ping-url | https://hc.example.com:8443/ping/%s{} | 'https://hc.example.com:8443/…'",
        "watch.ping-url | https://hc.example.com/a %s | 'https://hc.example.com/…'",
        "watch.ping-url | https://192.0.2.1?%s{ | 'https://192.0.2.1/…'",
        "watch.ping-url | %s | the value",
        "watch.ping-url | https:/ping/%s | the value",
        "webex.url | webexapis.example.com/v1/webhooks/%s | 'webexapis.example.com/…'",
        "webex.url | https://ops:%s@webexapis.example.com/a b | 'https://webexapis.example.com/…'",
        "mdso.url | ftp://ops:%s@mdso.example.com | 'ftp://mdso.example.com'",
        "mdso.url | ops:%s@mdso.example.com | 'mdso.example.com'",
        "mdso.url | https://ops:/%s@mdso.example.com/x y | the value",
        "beorn.url | beorn.example.com/%s | 'beorn.example.com/…'",
        "links.group | grafana.example.com/d?key=%s | 'grafana.example.com/…'",
        "ledger.url | postgresql://ops:%s@db.example.com/orchscope"
            + " | 'postgresql://db.example.com/…'",
        "ledger.url | jdbc:postgresql://db.example.com?password=%s"
            + " | 'jdbc:postgresql://db.example.com/…'",
        "ledger.url | jdbc:postgresql:orchscope?password=%s | the value",
        "circuits.queue | kafka:circuits?saslJaasConfig=%s | 'kafka:circuits?…'",
        "mdso.proxy | http://ops:%s@proxy.example.com:3128 | the value",
        "webex.proxy | http://ops:%s@proxy.example.com:3128 | the value",
        "watch.proxy | ops:%s@proxy.example.com | the value",
        "beorn.proxy | proxy.example.com/%s | the value"
      })
  void areNotedByTheirHostOnly(String key, String value, String shown) throws IOException {
    Map<String, String> environment = new HashMap<>(Map.of("MDSO_URL", "https://mdso.example.com"));
    String name = key.toUpperCase(java.util.Locale.ROOT).replace('.', '_').replace('-', '_');
    environment.put(name, value.formatted(SECRET));
    Path file = Files.writeString(folder.resolve("application.properties"), "");

    InvalidFileException wrong =
        catchThrowableOfType(
            InvalidFileException.class, () -> Settings.load(file, environment, Map.of()));

    assertThat(wrong.mistakes()).hasSize(1);
    assertThat(wrong.mistakes().get(0).place()).isEqualTo(name);
    assertThat(wrong.mistakes().get(0).reason()).startsWith(key + ": " + shown + " ");
    assertThat(wrong).hasMessageNotContaining(SECRET);
  }

  @Test
  void leaveAnAddressWithoutSecretsAsItIs() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("application.properties"), "mdso.url = mdso.example.com:8443");

    InvalidFileException wrong =
        catchThrowableOfType(
            InvalidFileException.class, () -> Settings.load(file, Map.of(), Map.of()));

    assertThat(wrong.mistakes().get(0).reason())
        .isEqualTo("mdso.url: 'mdso.example.com:8443' is not an http or https address");
  }
}
