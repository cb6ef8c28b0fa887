package io.orchscope.console;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What somebody asks of the page or the API.
 *
 * @param path without query, decoded, {@code /groups/1f2e}
 * @param query by name, decoded; several of one name in their order
 * @param form the same, of a form's body
 * @param headers by name in lower case
 * @param body as it was sent; empty for a form
 */
public record Request(
    String method,
    String path,
    Map<String, List<String>> query,
    Map<String, List<String>> form,
    Map<String, String> headers,
    byte[] body) {

  /** The part of the path behind so many slashes, from 0; empty where there is none. */
  public String segment(int index) {
    String[] parts = path.substring(1).split("/", -1);
    return index < parts.length ? parts[index] : "";
  }

  /** A word of the query; empty where it is missing. */
  public String word(String name) {
    return first(query, name);
  }

  /** A word of the form; empty where it is missing. */
  public String field(String name) {
    return first(form, name).strip();
  }

  /** A header; the name in lower case. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** Whether it may change something. */
  public boolean isChange() {
    return !method.equals("GET") && !method.equals("HEAD");
  }

  private static String first(Map<String, List<String>> words, String name) {
    List<String> found = words.getOrDefault(name, List.of());
    return found.isEmpty() ? "" : found.get(0);
  }
}
