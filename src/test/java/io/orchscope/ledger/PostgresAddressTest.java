package io.orchscope.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.settings.Secret;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The address of a PostgreSQL ledger in messages. */
final class PostgresAddressTest {

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://db.example.com:5432/orchscope, jdbc:postgresql://db.example.com:5432/orchscope",
    "jdbc:postgresql://db.example.com/o?user=a&password=hush, jdbc:postgresql://db.example.com/o?…",
    "jdbc:postgresql://a:hush@db.example.com/o, jdbc:postgresql://db.example.com/o"
  })
  void showsNoPassword(String url, String shown) {
    assertThat(new PostgresStore.Address(url, "ops", new Secret("")).shown()).isEqualTo(shown);
  }
}
