package io.orchscope.console;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

  /** Why there is no answer, for programs. Source: RFC 9457. */
  public static Reply problem(int status, String title, String detail, Map<String, String> errors) {
    ObjectNode problem =
        JsonNodeFactory.instance
            .objectNode()
            .put("type", "about:blank")
            .put("title", title)
            .put("status", status)
            .put("detail", detail);
    if (!errors.isEmpty()) {
      ObjectNode each = problem.putObject("errors");
      errors.forEach(each::put);
    }
    return new Reply(
        status,
        "application/problem+json",
        Map.of(),
        problem.toString().getBytes(StandardCharsets.UTF_8));
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

  /** The same with a header more. */
  public Reply with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Reply(status, contentType, more, body);
  }
}
