package io.orchscope.api;

import io.orchscope.console.Request;
import io.orchscope.console.Visitor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One thing that the API does.
 *
 * @param path behind {@code /api/v1}, {@code /groups/{id}}
 * @param parameters of path, query and body
 * @param answer the record that is answered; {@link io.orchscope.console.Reply} for a file
 * @param status of HTTP when it was done
 */
record Operation(
    String method,
    String path,
    String summary,
    List<Parameter> parameters,
    Class<?> answer,
    int status,
    Handler handler) {

  private static final Pattern PLACE = Pattern.compile("\\{([a-z]+)\\}");

  /** Who answers. */
  @FunctionalInterface
  interface Handler {

    /** Errors: {@link Problem} where there is no answer. */
    Object answer(Given given);
  }

  /**
   * What a caller has given, looked through.
   *
   * @param values by name; those that are missing and have no usual value are empty
   */
  record Given(Request request, Visitor visitor, Map<String, String> values) {

    String text(String name) {
      return values.getOrDefault(name, "").strip();
    }

    int whole(String name) {
      return Integer.parseInt(text(name));
    }

    boolean flag(String name) {
      return Boolean.parseBoolean(text(name));
    }
  }

  static Operation look(
      String path, String summary, Class<?> answer, Handler handler, Parameter... parameters) {
    return new Operation("GET", path, summary, List.of(parameters), answer, 200, handler);
  }

  static Operation change(
      String path, String summary, int status, Handler handler, Parameter... parameters) {
    return new Operation("POST", path, summary, List.of(parameters), Done.class, status, handler);
  }

  /** The words of a path's places, where it is this operation's; nothing where it is not. */
  Optional<Map<String, String>> places(String asked) {
    List<String> names = PLACE.matcher(path).results().map(it -> it.group(1)).toList();
    String pattern =
        Stream.of(path.split("\\{[a-z]+\\}", -1))
            .map(Pattern::quote)
            .collect(Collectors.joining("([^/]+)"));
    Matcher matcher = Pattern.compile(pattern).matcher(asked);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Map<String, String> words =
        names.stream()
            .collect(
                Collectors.toMap(name -> name, name -> matcher.group(names.indexOf(name) + 1)));
    return Optional.of(words);
  }
}
