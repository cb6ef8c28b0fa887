package io.orchscope;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which proxies outside the settings are reported at start. */
final class UnusedProxiesTest {

  @TempDir private Path folder;

  @Test
  void namesTheVariableAndTheSettingOfEachSystemThatIsCalledDirectly() throws Exception {
    Map<String, String> environment = Map.of("HTTPS_PROXY", "http://me:secret@proxy:3128");

    List<UnusedProxies.Unused> unused =
        UnusedProxies.of(settings(Map.of()), environment, new Properties());

    assertThat(unused)
        .containsExactly(
            new UnusedProxies.Unused("MDSO", "HTTPS_PROXY", "mdso.proxy"),
            new UnusedProxies.Unused("Webex", "HTTPS_PROXY", "webex.proxy"));
  }

  @Test
  void isQuietWhereTheSettingDecidesAndWhereNoProxyIsMeant() throws Exception {
    Map<String, String> environment =
        Map.of("https_proxy", "http://proxy:3128", "no_proxy", "localhost,.webexapis.com");

    assertThat(
            UnusedProxies.of(settings(Map.of("mdso.proxy", "none")), environment, new Properties()))
        .isEmpty();
    assertThat(
            UnusedProxies.of(
                settings(Map.of("mdso.url", "https://127.0.0.1:8443")),
                environment,
                new Properties()))
        .isEmpty();
  }

  @Test
  void namesThePropertyOfTheJvm() throws Exception {
    Properties properties = new Properties();
    properties.setProperty("https.proxyHost", "proxy.example.com");

    assertThat(UnusedProxies.of(settings(Map.of("webex.proxy", "none")), Map.of(), properties))
        .containsExactly(
            new UnusedProxies.Unused("MDSO", "the Java property https.proxyHost", "mdso.proxy"));
  }

  private Settings settings(Map<String, String> more) throws Exception {
    Path file = folder.resolve("application.properties");
    Files.writeString(file, "mdso.url = https://mdso.example.com\nalerts.channel = webex\n");
    return Settings.load(file, Map.of(), more);
  }
}
