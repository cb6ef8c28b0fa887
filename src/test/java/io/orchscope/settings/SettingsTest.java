package io.orchscope.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

  private static final String URL = "mdso.url = https://mdso.example.com\n";

  @TempDir private Path folder;

  @Test
  void takesWhatTheFileSaysBeforeTheDefault() throws IOException {
    Settings settings = load(URL + "circuits.at-once = 8");

    assertThat(settings.count("circuits.at-once")).isEqualTo(8);
    assertThat(settings.count("polls.at-once")).isEqualTo(4);
  }

  @Test
  void takesTheEnvironmentBeforeTheFile() throws IOException {
    Path file = file(URL + "circuits.at-once = 8\npoll.look-back = 2h");

    Settings settings = Settings.load(file, Map.of("CIRCUITS_AT_ONCE", "16"), Map.of());

    assertThat(settings.count("circuits.at-once")).isEqualTo(16);
    assertThat(settings.duration("poll.look-back")).isEqualTo(Duration.ofHours(2));
  }

  @Test
  void takesWhatACommandSaysBeforeEverything() throws IOException {
    Path file = file(URL + "circuits.at-once = 8");

    Settings settings =
        Settings.load(file, Map.of("CIRCUITS_AT_ONCE", "16"), Map.of("circuits.at-once", "64"));

    assertThat(settings.count("circuits.at-once")).isEqualTo(64);
  }

  @Test
  void handsKeysOfCamelOn() throws IOException {
    Settings settings = load(URL + "camel.main.shutdown-timeout = 5");

    assertThat(settings.placeholders()).containsEntry("camel.main.shutdown-timeout", "5");
  }

  @Test
  void readsASecretFromTheEnvironment() throws IOException {
    Settings settings =
        Settings.load(file(URL), Map.of("MDSO_PASSWORD", "correct horse"), Map.of());

    assertThat(settings.secret("mdso.password").reveal()).isEqualTo("correct horse");
  }

  @Test
  void readsASecretFromItsOwnFileAndDropsTheLineEnd() throws IOException {
    Path secret = Files.writeString(folder.resolve("webex-token"), "bot-token-1\n");

    Settings settings =
        Settings.load(file(URL), Map.of("WEBEX_TOKEN_FILE", secret.toString()), Map.of());

    assertThat(settings.secret("webex.token").reveal()).isEqualTo("bot-token-1");
  }

  @Test
  void namesTheFileOfASecretThatCannotBeRead() throws IOException {
    String missing = folder.resolve("nowhere").toString();

    List<Mistake> mistakes = mistakes(URL, Map.of("MDSO_PASSWORD_FILE", missing));

    assertThat(mistakes)
        .containsExactly(
            new Mistake(
                "environment",
                "MDSO_PASSWORD_FILE",
                "the file '" + missing + "' cannot be read",
                "Check path, owner and rights."));
  }

  @Test
  void showsNoSecretToTheRoutes() throws IOException {
    Settings settings =
        Settings.load(
            file(URL), Map.of("MDSO_PASSWORD", "correct horse", "WEBEX_TOKEN", "bot"), Map.of());

    Map<String, String> placeholders = settings.placeholders();

    assertThat(placeholders).doesNotContainKeys("mdso.password", "webex.token");
    assertThat(placeholders.values()).doesNotContain("correct horse", "bot");
  }

  @Test
  void givesDurationsToTheRoutesInMilliseconds() throws IOException {
    Settings settings = load(URL + "retry.longest-wait = 2m");

    assertThat(settings.placeholders())
        .containsEntry("retry.longest-wait", "120000")
        .containsEntry("retry.delay", "500");
  }

  @Test
  void refusesAKeyThatNobodyReadsAndNamesTheNearest() throws IOException {
    assertThat(mistakes(URL + "# How many.\ncircuit.at-once = 8", Map.of()))
        .containsExactly(
            mistake(
                "line 3",
                "nobody reads the key 'circuit.at-once'",
                "Did you mean 'circuits.at-once'?"));
  }

  @Test
  void findsTheLineOfAKeyThatIsTheBeginningOfAnother() throws IOException {
    String text = URL + "poll.page-size = 10\npoll.page = 10";

    assertThat(mistakes(text, Map.of())).extracting(Mistake::place).containsExactly("line 3");
  }

  @Test
  void doesNotGuessWhenNoKeyIsNear() throws IOException {
    assertThat(mistakes(URL + "colour = blue", Map.of()))
        .extracting(Mistake::remedy)
        .containsExactly("Remove it; the file as shipped lists all keys.");
  }

  @Test
  void refusesASecretInTheFileWithoutRepeatingIt() throws IOException {
    List<Mistake> mistakes = mistakes(URL + "mdso.password = correct horse", Map.of());

    assertThat(mistakes)
        .containsExactly(
            mistake(
                "line 2",
                "the secret 'mdso.password' may not stand in a file of the configuration",
                "Remove it, and set MDSO_PASSWORD or MDSO_PASSWORD_FILE in the environment."));
    assertThat(mistakes.toString()).doesNotContain("correct horse");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "proxy.example.com:3128",
        "http://svc@squid_proxy:65535/",
        "[2001:db8::1]:3128",
        "none"
      })
  void takesAProxyWithItsPort(String proxy) throws IOException {
    assertThat(load(URL + "mdso.proxy = " + proxy).text("mdso.proxy")).isEqualTo(proxy);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "proxy.example.com:0",
        "proxy.example.com:70000",
        "proxy.example.com",
        "https://proxy.example.com:1"
      })
  void refusesAProxyWithoutAPortThatThereIs(String proxy) throws IOException {
    assertThat(mistakes(URL + "mdso.proxy = " + proxy, Map.of()))
        .extracting(Mistake::reason)
        .containsExactly("mdso.proxy: the value is not the address of a proxy");
  }

  @Test
  void refusesAKeyThatStandsTwice() throws IOException {
    assertThat(mistakes(URL + "mdso.tenant = one\nmdso.tenant = two", Map.of()))
        .containsExactly(
            mistake("line 3", "the key 'mdso.tenant' stands twice, first in line 2", "Keep one."));
  }

  @Test
  void doesNotTakeTheSecondLineOfAValueForAKey() throws IOException {
    Settings settings = load(URL + "telemetry.untraced-steps = one,\\\n  mdso.url,two");

    assertThat(settings.text("telemetry.untraced-steps")).isEqualTo("one,mdso.url,two");
    assertThat(settings.text("mdso.url")).isEqualTo("https://mdso.example.com");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "poll.look-back | 24 hours | '24 hours' is not a duration"
            + " | Write a number and ms, s, m, h or d, as in 30s.",
        "retry.delay | -1s | '-1s' is not a duration"
            + " | Write a number and ms, s, m, h or d, as in 30s.",
        "circuits.at-once | many | 'many' is not a whole number above zero"
            + " | Write one below 1000000000, as in 32.",
        "circuits.at-once | 0 | '0' is not a whole number above zero"
            + " | Write one below 1000000000, as in 32.",
        "poll.page-size | 99999999999 | '99999999999' is not a whole number above zero"
            + " | Write one below 1000000000, as in 32.",
        "evidence.fsync | true | 'true' is neither yes nor no | Write yes or no.",
        "webex.url | webexapis.example.com | 'webexapis.example.com' is not an http or https"
            + " address | Write scheme and host, as in https://mdso.example.com.",
        "webex.url | ftp://192.0.2.1 | 'ftp://192.0.2.1' is not an http or https address"
            + " | Write scheme and host, as in https://mdso.example.com.",
        "webex.url | https:/v1 | the value is not an http or https address"
            + " | Write scheme and host, as in https://mdso.example.com.",
        "mdso.token.flavour | oauth | 'oauth' is not one of the words that will do"
            + " | Write tron or oauth2.",
        "evidence.keep-for | for ever | 'for ever' is neither a duration nor 0 | Write a number and"
            + " ms, s, m, h or d, as in 90d, or 0 to keep everything for ever.",
        "purge.schedule | 03:30 | '03:30' is not a Quartz cron expression"
            + " | Write second, minute, hour, day, month and weekday, as in 0 30 3 * * ?.",
        "evidence.keep | everything | 'everything' is not one of the words that will do"
            + " | Write comparable or failures or all."
      })
  void refusesAValueThatIsNotOfItsKind(String key, String value, String reason, String remedy)
      throws IOException {
    assertThat(mistakes(URL + key + " = " + value, Map.of()))
        .containsExactly(mistake("line 2", key + ": " + reason, remedy));
  }

  @Test
  void namesTheEnvironmentWhenTheWrongValueStandsThere() throws IOException {
    assertThat(mistakes(URL + "poll.look-back = 2h", Map.of("POLL_LOOK_BACK", "soon")))
        .containsExactly(
            new Mistake(
                "environment",
                "POLL_LOOK_BACK",
                "poll.look-back: 'soon' is not a duration",
                "Write a number and ms, s, m, h or d, as in 30s."));
  }

  @Test
  void refusesToForgetWhatAPollStillLists() throws IOException {
    String text = URL + "poll.look-back = 7d\nledger.keep-for = 48h";

    assertThat(mistakes(text, Map.of()))
        .containsExactly(
            mistake(
                "line 3",
                "ledger.keep-for: 48h is shorter than poll.look-back, 7d: old failures would be"
                    + " forgotten, found again and told as new ones",
                "Write 7d or more, or 0 to keep everything for ever; or shorten poll.look-back."));
  }

  @Test
  void keepsForEverWhatIsToBeKeptForZero() throws IOException {
    Settings settings =
        load(URL + "poll.look-back = 36500d\nledger.keep-for = 0\nevidence.keep-for = 30d");

    assertThat(settings.keeping("ledger.keep-for")).isEmpty();
    assertThat(settings.keeping("evidence.keep-for")).contains(Duration.ofDays(30));
  }

  @Test
  void asksForAKeyThatHasNoDefault() throws IOException {
    assertThat(mistakes("", Map.of()))
        .containsExactly(
            mistake(
                "key mdso.url",
                "'mdso.url' is not set",
                "Set it here, or as MDSO_URL in the environment."));
  }

  @Test
  void saysEverythingThatIsWrongAtOnce() throws IOException {
    String text = URL + "colour = blue\npolls.at-once = 0\nroutes.reload = maybe";

    assertThat(mistakes(text, Map.of()))
        .extracting(Mistake::place)
        .containsExactlyInAnyOrder("line 2", "line 3", "line 4");
  }

  @Test
  void saysThatTheFileIsNotThere() {
    Path missing = folder.resolve("nowhere.properties");

    assertThatThrownBy(() -> Settings.load(missing, Map.of("MDSO_URL", URL), Map.of()))
        .isInstanceOf(InvalidFileException.class)
        .hasMessageContaining(missing + ": whole file: cannot be read. Restore it");
  }

  @Test
  void saysThatTheFileIsNotText() throws IOException {
    Path file = Files.write(folder.resolve("binary.properties"), new byte[] {(byte) 0xff, 0});

    assertThatThrownBy(() -> Settings.load(file, Map.of(), Map.of()))
        .isInstanceOf(InvalidFileException.class)
        .hasMessageContaining("it is not UTF-8");
  }

  private Settings load(String text) throws IOException {
    return Settings.load(file(text), Map.of(), Map.of());
  }

  private List<Mistake> mistakes(String text, Map<String, String> environment) throws IOException {
    Path file = file(text);
    return catchThrowableOfType(
            InvalidFileException.class, () -> Settings.load(file, environment, Map.of()))
        .mistakes();
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("application.properties"), text);
  }

  private Mistake mistake(String place, String reason, String remedy) {
    String file = folder.resolve("application.properties").toString();
    return new Mistake(file, place, reason, remedy);
  }
}
