package io.orchscope.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A secret that the process holds, however another program writes it. */
final class KnownSecretsTest {

  private static final String TOKEN = "Zq7/Kw+9=%Lm==";

  private final KnownSecrets known = new KnownSecrets();

  @Test
  void masksEveryEncoding() {
    known.addForNow(TOKEN);
    String once = URLEncoder.encode(TOKEN, StandardCharsets.UTF_8);
    String inPart = TOKEN.replace("/", "%2f").replace("%L", "%25L");
    String twice = URLEncoder.encode(once, StandardCharsets.UTF_8);

    for (String form :
        new String[] {
          TOKEN,
          once,
          twice,
          inPart,
          once.replace("%2F", "%2f").replace("%3D", "%3d"),
          TOKEN.replace("/", "\\/")
        }) {
      String masked = known.mask("GET /x/" + form + ": 500");
      assertThat(masked).as(form).isEqualTo("GET /x/***: 500");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "u", "us", "user:", "svc-user:"})
  void masksItWithinBase64(String before) {
    known.add(TOKEN);
    String text = Base64.getEncoder().encodeToString((before + TOKEN + "\n").getBytes());
    String url = Base64.getUrlEncoder().encodeToString((before + TOKEN + "\n").getBytes());

    assertThat(known.mask("sent " + text)).contains("***").hasSizeLessThan(text.length());
    assertThat(known.mask("sent " + url)).contains("***").hasSizeLessThan(url.length());
  }

  @Test
  void masksByFormToo() {
    assertThat(known.mask("password=hunter2x of svc")).isEqualTo("password=*** of svc");
  }
}
