package io.orchscope.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose failures are counted together. */
final class ClientAddressTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          192.0.2.7              | 192.0.2.7
          198.51.100.1,192.0.2.7 | 192.0.2.7
          192.0.2.7, nonsense    | 203.0.113.1
          unknown                | 203.0.113.1
          2001:db8::1            | 2001:db8:0:0::/64
          2001:DB8:0:0:ffff::9   | 2001:db8:0:0::/64
          2001:db8:0:1::1        | 2001:db8:0:1::/64
          ::1                    | 0:0:0:0::/64
          ::ffff:192.0.2.7       | 192.0.2.7
          """)
  void isTheLastOneThatTheProxySays(String forwarded, String address) {
    assertThat(ClientAddress.of(request(forwarded), "203.0.113.1", true)).isEqualTo(address);
  }

  @Test
  void isThatOfTheConnectionWithoutAProxy() {
    assertThat(ClientAddress.of(request("192.0.2.7"), "203.0.113.1", false))
        .isEqualTo("203.0.113.1");
  }

  private static Request request(String forwarded) {
    return new Request(
        "GET", "/", Map.of(), Map.of(), Map.of("x-forwarded-for", forwarded), new byte[0]);
  }
}
