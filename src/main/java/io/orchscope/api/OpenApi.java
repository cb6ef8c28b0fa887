package io.orchscope.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchscope.console.Reply;
import java.util.List;
import java.util.Map;

/** The document of the API, written from the operations themselves. Source: OpenAPI 3.0.3. */
final class OpenApi {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String PROBLEM = "application/problem+json";

  private final Schemas schemas = new Schemas();

  /** All of it. */
  ObjectNode document(List<Operation> operations) {
    ObjectNode document = NODES.objectNode().put("openapi", "3.0.3");
    document.set(
        "info",
        NODES
            .objectNode()
            .put("title", "Orchscope")
            .put("version", "1")
            .put(
                "description",
                "What the operators' page shows and does. Times are UTC, ISO 8601; what is not known"
                    + " is left out."));
    document.set("servers", NODES.arrayNode().add(NODES.objectNode().put("url", Api.PREFIX)));
    ObjectNode paths = document.putObject("paths");
    for (Operation operation : operations) {
      paths.withObjectProperty(operation.path()).set(verb(operation), operation(operation));
    }
    ObjectNode components = document.putObject("components");
    ObjectNode known = components.putObject("schemas");
    schemas.components().forEach(known::set);
    known.set("Problem", problem());
    components
        .putObject("securitySchemes")
        .putObject("password")
        .put("type", "http")
        .put("scheme", "basic")
        .put("description", "Asked for where the page is not on loopback.");
    return document;
  }

  private static String verb(Operation operation) {
    return operation.method().equals("GET") ? "get" : "post";
  }

  private ObjectNode operation(Operation operation) {
    ObjectNode node = NODES.objectNode().put("summary", operation.summary());
    node.put(
        "operationId",
        verb(operation) + operation.path().replaceAll("[{}]", "").replaceAll("[^A-Za-z0-9]+", "_"));
    ArrayNode parameters = NODES.arrayNode();
    ObjectNode fields = NODES.objectNode();
    ArrayNode required = NODES.arrayNode();
    for (Parameter parameter : operation.parameters()) {
      if (!parameter.in().equals("body")) {
        parameters.add(parameter(parameter));
      } else {
        fields.set(parameter.name(), schema(parameter).put("description", parameter.description()));
        if (parameter.isRequired()) {
          required.add(parameter.name());
        }
      }
    }
    if (!parameters.isEmpty()) {
      node.set("parameters", parameters);
    }
    if (operation.method().equals("POST")) {
      node.set("requestBody", body(fields, required));
    }
    node.set("responses", responses(operation));
    return node;
  }

  private static ObjectNode body(ObjectNode fields, ArrayNode required) {
    ObjectNode schema = NODES.objectNode().put("type", "object").put("additionalProperties", false);
    schema.set("properties", fields);
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    ObjectNode body = NODES.objectNode().put("required", true);
    body.set("content", content("application/json", schema));
    return body;
  }

  private ObjectNode responses(Operation operation) {
    ObjectNode responses = NODES.objectNode();
    ObjectNode content =
        operation.answer() == Reply.class
            ? content("text/plain", NODES.objectNode().put("type", "string"))
            : content("application/json", schemas.of(operation.answer()));
    ObjectNode well = responses.putObject(String.valueOf(operation.status()));
    well.put("description", operation.summary());
    well.set("content", content);
    if (operation.method().equals("GET")) {
      responses.putObject("304").put("description", "It is still what If-None-Match says.");
    }
    ObjectNode ill = responses.putObject("default");
    ill.put("description", "Why there is no answer, and what to do.");
    ObjectNode reference = NODES.objectNode().put("$ref", "#/components/schemas/Problem");
    ill.set("content", content(PROBLEM, reference));
    return responses;
  }

  private static ObjectNode content(String type, ObjectNode schema) {
    ObjectNode content = NODES.objectNode();
    content.putObject(type).set("schema", schema);
    return content;
  }

  private static ObjectNode parameter(Parameter parameter) {
    ObjectNode node =
        NODES
            .objectNode()
            .put("name", parameter.name())
            .put("in", parameter.in())
            .put("required", parameter.isRequired())
            .put("description", parameter.description());
    node.set("schema", schema(parameter));
    return node;
  }

  private static ObjectNode schema(Parameter parameter) {
    ObjectNode schema = NODES.objectNode();
    switch (parameter.kind()) {
      case WHOLE ->
          schema
              .put("type", "integer")
              .put("minimum", 0)
              .put("maximum", parameter.most())
              .put("default", Long.parseLong(parameter.usual()));
      case FLAG -> schema.put("type", "boolean").put("default", false);
      case TEXT -> schema.put("type", "string").put("maxLength", parameter.most());
    }
    if (!parameter.allowed().isEmpty()) {
      ArrayNode words = schema.putArray("enum");
      parameter.allowed().forEach(words::add);
    }
    return schema;
  }

  private static ObjectNode problem() {
    ObjectNode properties = NODES.objectNode();
    Map.of("type", "string", "title", "string", "status", "integer", "detail", "string")
        .forEach((name, type) -> properties.putObject(name).put("type", type));
    ObjectNode errors = properties.putObject("errors");
    errors.put("type", "object").put("description", "What is wrong with each word, by its name.");
    errors.putObject("additionalProperties").put("type", "string");
    ObjectNode schema = NODES.objectNode().put("type", "object");
    schema.putArray("required").add("type").add("title").add("status").add("detail");
    schema.set("properties", properties);
    return schema;
  }
}
