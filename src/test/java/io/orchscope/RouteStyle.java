package io.orchscope;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The house style of one file of routes: Camel's own schema, and what we ask beyond it.
 *
 * <p>Camel reads far more than this. What is refused here runs, and is hard to find in a trace, to
 * open in a visual editor, or to change at night.
 */
final class RouteStyle {

  private static final String FAILURES = "failures.camel.yaml";

  private static final int LONGEST_EXPRESSION = 80;

  private static final Set<String> LANGUAGES_OF_CODE =
      Set.of("groovy", "joor", "java", "js", "python", "mvel", "ognl", "spel", "csimple");

  private static final Set<String> LANGUAGES =
      Set.of("simple", "constant", "header", "variable", "exchangeProperty", "jsonpath", "jq");

  /** Members whose elements, or whose only value, are steps or parts of one with an id. */
  private static final Set<String> PARTS =
      Set.of("doCatch", "doFinally", "when", "otherwise", "onFallback");

  private static final JsonSchema SCHEMA = schema();

  private final String fileName;
  private final List<String> faults = new ArrayList<>();
  private final List<String> ids = new ArrayList<>();

  private RouteStyle(String fileName) {
    this.fileName = fileName;
  }

  /**
   * Everything that is not as it should be, each with the step it is about.
   *
   * @param idsOfOthers ids of routes and steps to the file that has them; this file's are added
   */
  static List<String> faults(String fileName, String text, Map<String, String> idsOfOthers) {
    RouteStyle style = new RouteStyle(fileName);
    try {
      style.look(text);
    } catch (IOException malformed) {
      style.faults.add("not YAML: " + malformed.getMessage());
    }
    for (String id : style.ids) {
      String other = idsOfOthers.putIfAbsent(id, fileName);
      if (other != null) {
        style.faults.add("the id '" + id + "' stands twice, first in " + other);
      }
    }
    return style.faults;
  }

  private void look(String text) throws IOException {
    if (text.contains("\r")) {
      faults.add("lines do not end with LF alone");
    }
    JsonNode document = new YAMLMapper().readTree(text);
    for (ValidationMessage message : SCHEMA.validate(document)) {
      // Camel fills placeholders in before it reads numbers and flags; its schema does not know.
      if (!isPlaceholder(message.getInstanceNode())) {
        faults.add("schema: " + message.getMessage());
      }
    }
    boolean holdsFailures = fileName.equals(FAILURES);
    if (!text.startsWith("# ") || (!holdsFailures && !firstLine(text).contains("Body "))) {
      faults.add("the first line is no comment that says what the body is");
    }
    for (JsonNode element : document) {
      String kind = element.fieldNames().next();
      top(kind, element.get(kind), holdsFailures);
    }
    if (!holdsFailures && document.size() != 1) {
      faults.add("one route per file, and here are " + document.size());
    }
  }

  private void top(String kind, JsonNode route, boolean holdsFailures) {
    String id = route.path("id").asText();
    Set<String> allowed =
        holdsFailures ? Set.of("routeConfiguration") : Set.of("route", "routeTemplate");
    if (!allowed.contains(kind)) {
      faults.add("'" + kind + "' does not belong in this file");
    }
    if (!holdsFailures && !fileName.equals(id + ".camel.yaml")) {
      faults.add("the route's id '" + id + "' is not the name of its file");
    }
    if (route.path("description").asText().isBlank()) {
      faults.add(id + ": the route has no description");
    }
    ids.add(id);
    route.path("onException").forEach(on -> step("onException", on.path("onException"), id));
    walk(route, id);
  }

  private void walk(JsonNode node, String at) {
    if (node.isArray()) {
      node.forEach(element -> walk(element, at));
      return;
    }
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      String key = member.getKey();
      JsonNode value = member.getValue();
      if (key.equals("steps")) {
        for (JsonNode step : value) {
          step.properties().forEach(kind -> step(kind.getKey(), kind.getValue(), at));
        }
      } else if (PARTS.contains(key)) {
        (value.isArray() ? value : List.of(value)).forEach(part -> step(key, part, at));
      }
      String here = value.path("id").asText(at);
      expression(key, value, here);
      uri(key, value, here);
      walk(value, here);
    }
  }

  private void step(String kind, JsonNode step, String at) {
    String id = step.path("id").asText();
    if (id.isBlank()) {
      faults.add(at + ": a step '" + kind + "' has no id");
    } else {
      ids.add(id);
    }
    if (kind.equals("toD")) {
      faults.add(id + ": 'toD' makes an endpoint per message; use 'to' and a header");
    }
    if (kind.equals("delay") && !step.path("asyncDelayed").asText().equals("false")) {
      faults.add(id + ": a delay without asyncDelayed: false goes on in another thread");
    }
    if (kind.equals("to") && leavesTheProcess(step.path("uri").asText())) {
      if (step.path("description").asText().isBlank()) {
        faults.add(id + ": it speaks to a neighbour and has no description");
      }
      JsonNode filter = step.path("parameters").path("headerFilterStrategy");
      if (isHttp(step) && !filter.asText().equals("#outgoingHeaders")) {
        faults.add(id + ": without headerFilterStrategy \"#outgoingHeaders\" all headers leave");
      }
      if (isHttp(step) && step.path("parameters").path("httpClientConfigurer").isMissingNode()) {
        faults.add(id + ": without httpClientConfigurer the remote system is unknown");
      }
    }
  }

  private static boolean leavesTheProcess(String uri) {
    return uri.startsWith("http") || uri.startsWith("{{");
  }

  /** An address comes from a setting, so that only {@code ….url} and the method tell. */
  private static boolean isHttp(JsonNode step) {
    return step.path("uri").asText().matches("http.*|\\{\\{[^}]*url}}.*")
        || step.path("parameters").has("httpMethod");
  }

  private void uri(String key, JsonNode value, String at) {
    if (key.equals("uri") && value.asText().matches("https?:.*|.*://.*")) {
      faults.add(at + ": the address '" + value.asText() + "' is written into the route");
    }
    if (key.equals("uri") && value.asText().contains("?")) {
      faults.add(at + ": options stand in the uri; write them under 'parameters:'");
    }
  }

  private void expression(String key, JsonNode value, String at) {
    String language = key.equals("language") ? value.path("language").asText() : key;
    if (LANGUAGES_OF_CODE.contains(language)) {
      faults.add(at + ": '" + language + "' is code; write a method with a test");
    }
    if (LANGUAGES.contains(key) && value.isTextual()) {
      faults.add(at + ": write '" + key + ":' with 'expression:' under it");
    }
    boolean holdsExpression =
        LANGUAGES.contains(key) || Set.of("expression", "method").contains(key);
    if (holdsExpression && value.isTextual()) {
      if (value.asText().strip().contains("\n")) {
        faults.add(at + ": an expression of several lines; write a method with a test");
      }
      if (value.asText().length() > LONGEST_EXPRESSION) {
        faults.add(at + ": an expression of " + value.asText().length() + " characters");
      }
    }
  }

  private static boolean isPlaceholder(JsonNode node) {
    return node != null && node.isTextual() && node.asText().matches("\\{\\{[^{}]+}}");
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  private static JsonSchema schema() {
    try (InputStream schema = RouteStyle.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4).getSchema(schema);
    } catch (IOException unreadable) {
      throw new IllegalStateException("Camel's schema is not on the class path.", unreadable);
    }
  }
}
