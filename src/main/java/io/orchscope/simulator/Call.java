package io.orchscope.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One request as it came in.
 *
 * @param path decoded, without the query
 * @param query as it was sent, empty when there is none
 * @param params decoded parameters of the query; of several with a name the first
 * @param headers names in lower case
 */
record Call(
    String method,
    String path,
    String query,
    Map<String, String> params,
    Map<String, String> headers,
    byte[] body) {

  Optional<String> param(String name) {
    return Optional.ofNullable(params.get(name));
  }

  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** The parts of the path behind a prefix; none when the path does not start with it. */
  Optional<List<String>> behind(String prefix) {
    if (!path.startsWith(prefix + "/") && !path.equals(prefix)) {
      return Optional.empty();
    }
    return Optional.of(
        Arrays.stream(path.substring(prefix.length()).split("/", -1))
            .filter(part -> !part.isEmpty())
            .toList());
  }
}
