package io.orchscope.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.settings.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a setting names an outgoing proxy. */
final class OutgoingProxyAddressTest {

  private static final Secret NONE = new Secret("");

  @ParameterizedTest
  @CsvSource({
    "proxy.example.com:3128,              proxy.example.com, 3128, ''",
    "squid_proxy:8080,                    squid_proxy,       8080, ''",
    "http://squid_proxy:8080/,            squid_proxy,       8080, ''",
    "'[2001:db8::1]:3128',                '[2001:db8::1]',   3128, ''",
    "http://orchscope@192.0.2.1:3128,     192.0.2.1,         3128, orchscope",
    "http://EXAMPLE\\svc@192.0.2.1:3128, 192.0.2.1,         3128, EXAMPLE\\svc",
    "http://a%40b+c@192.0.2.1:3128,       192.0.2.1,         3128, a@b+c",
    "http://100%@192.0.2.1:3128,          192.0.2.1,         3128, 100%"
  })
  void readsHostPortAndUser(String setting, String host, int port, String user) {
    OutgoingProxy proxy = OutgoingProxy.of(setting, NONE).orElseThrow();

    assertThat(proxy).isEqualTo(new OutgoingProxy(host, port, user, NONE));
  }

  @Test
  void isNoneForAnEmptySettingAndForNone() {
    assertThat(OutgoingProxy.of("", NONE)).isEmpty();
    assertThat(OutgoingProxy.of("none", NONE)).isEmpty();
  }
}
