package io.orchscope.console;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is answered. */
public record Reply(int status, String contentType, Map<String, String> headers, byte[] body) {

  static final String HTML = "text/html; charset=utf-8";

  /** A page. */
  static Reply html(int status, byte[] body) {
    return new Reply(status, HTML, Map.of(), body);
  }

  /** A text that no browser takes for anything else. */
  static Reply text(int status, String text) {
    return new Reply(
        status, "text/plain; charset=utf-8", Map.of(), text.getBytes(StandardCharsets.UTF_8));
  }

  /** Look there instead; the path begins with a slash. */
  static Reply seeOther(String path) {
    return new Reply(303, HTML, Map.of("Location", path), new byte[0]);
  }

  Reply with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Reply(status, contentType, more, body);
  }
}
