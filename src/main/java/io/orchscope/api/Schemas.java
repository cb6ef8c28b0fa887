package io.orchscope.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What answers look like, read off the records that they are. */
final class Schemas {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Map<String, ObjectNode> components = new TreeMap<>();

  /** The schema of a type; those of records are kept under their names. */
  ObjectNode of(Type type) {
    if (type instanceof ParameterizedType generic) {
      return of((Class<?>) generic.getRawType(), generic.getActualTypeArguments());
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isRecord()) {
      String name = name(plain);
      if (!components.containsKey(name)) {
        components.put(name, NODES.objectNode());
        components.put(name, record(plain));
      }
      return NODES.objectNode().put("$ref", "#/components/schemas/" + name);
    }
    return simple(plain);
  }

  /** Every record that was met, by name. */
  Map<String, ObjectNode> components() {
    return components;
  }

  private ObjectNode of(Class<?> raw, Type... arguments) {
    if (raw == Optional.class) {
      return of(arguments[0]);
    }
    if (raw == List.class) {
      return NODES.objectNode().put("type", "array").set("items", of(arguments[0]));
    }
    if (raw == Map.class) {
      return NODES.objectNode().put("type", "object").set("additionalProperties", of(arguments[1]));
    }
    throw new IllegalStateException("No schema for " + raw);
  }

  private ObjectNode record(Class<?> type) {
    ObjectNode properties = NODES.objectNode();
    ArrayNode required = NODES.arrayNode();
    for (RecordComponent component : type.getRecordComponents()) {
      properties.set(component.getName(), of(component.getGenericType()));
      if (component.getType() != Optional.class) {
        required.add(component.getName());
      }
    }
    ObjectNode schema = NODES.objectNode().put("type", "object");
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    return schema.set("properties", properties);
  }

  private static ObjectNode simple(Class<?> type) {
    ObjectNode schema = NODES.objectNode();
    if (type == boolean.class || type == Boolean.class) {
      return schema.put("type", "boolean");
    }
    if (type == int.class || type == long.class || type == Long.class) {
      return schema.put("type", "integer").put("format", "int64");
    }
    if (type == Instant.class) {
      return schema.put("type", "string").put("format", "date-time");
    }
    if (type == Duration.class) {
      return schema.put("type", "string").put("description", "ISO 8601, PT1H30M");
    }
    if (type == String.class) {
      return schema.put("type", "string");
    }
    throw new IllegalStateException("No schema for " + type);
  }

  private static String name(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    return outer == null ? type.getSimpleName() : outer.getSimpleName() + type.getSimpleName();
  }
}
