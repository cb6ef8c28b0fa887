package io.orchscope.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orchscope.console.Request;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Looks through what a caller gives: nothing unknown, nothing of the wrong type, nothing huge. */
final class Questions {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What was given, by name.
   *
   * <p>Errors: {@link Problem} that names every word that will not do.
   *
   * @param places words of the path
   */
  static Map<String, String> values(
      Operation operation, Request request, Map<String, String> places) {
    Map<String, String> given = new LinkedHashMap<>(places);
    Map<String, String> errors = new TreeMap<>();
    request.query().forEach((name, words) -> take(operation, "query", name, words, given, errors));
    if (operation.method().equals("POST")) {
      body(request)
          .properties()
          .forEach(
              field -> {
                if (field.getValue().isTextual()) {
                  List<String> words = List.of(field.getValue().asText());
                  take(operation, "body", field.getKey(), words, given, errors);
                } else {
                  errors.put(field.getKey(), "is a text");
                }
              });
    }
    for (Parameter parameter : operation.parameters()) {
      if (!given.containsKey(parameter.name()) && parameter.isRequired()) {
        errors.putIfAbsent(parameter.name(), "is needed");
      }
      given.putIfAbsent(parameter.name(), parameter.usual());
    }
    if (!errors.isEmpty()) {
      throw new Problem(
          400,
          "This cannot be answered",
          "Give each word as /api/v1/openapi.json has it: " + sentence(errors) + ".",
          errors);
    }
    return given;
  }

  private static void take(
      Operation operation,
      String in,
      String name,
      List<String> words,
      Map<String, String> given,
      Map<String, String> errors) {
    Parameter known =
        operation.parameters().stream()
            .filter(parameter -> parameter.name().equals(name) && parameter.in().equals(in))
            .findFirst()
            .orElse(null);
    String complaint =
        known == null
            ? "is not known"
            : words.size() > 1 ? "is given twice" : known.complaint(words.get(0));
    if (!complaint.isEmpty()) {
      errors.put(name.substring(0, Math.min(name.length(), 100)), complaint);
    } else {
      given.put(name, words.get(0));
    }
  }

  private static JsonNode body(Request request) {
    String type = request.header("content-type").orElse("").toLowerCase(Locale.ROOT);
    if (!type.startsWith("application/json")) {
      throw new Problem(
          415, "JSON is wanted", "Send the body as Content-Type: application/json.", Map.of());
    }
    try {
      JsonNode body = JSON.readTree(request.body());
      if (body.isObject()) {
        return body;
      }
    } catch (JsonProcessingException malformed) {
      throw new Problem(
          400,
          "The body is no JSON",
          "Line "
              + malformed.getLocation().getLineNr()
              + ", column "
              + malformed.getLocation().getColumnNr()
              + ": "
              + malformed.getOriginalMessage(),
          Map.of());
    } catch (IOException impossible) {
      throw new IllegalStateException("Bytes could not be read.", impossible);
    }
    throw new Problem(400, "The body is no JSON object", "Send an object, {…}.", Map.of());
  }

  private static String sentence(Map<String, String> errors) {
    return String.join(
        ", ", errors.entrySet().stream().map(it -> it.getKey() + " " + it.getValue()).toList());
  }

  private Questions() {}
}
