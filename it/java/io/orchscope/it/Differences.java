package io.orchscope.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Compares what was seen with what is expected of it, as sentences with a place each.
 *
 * <p>An object has to hold what is expected and may hold more; a list has to be as long as
 * expected, in any order; {@code null} expects that there is nothing. Numbers are compared by
 * value.
 */
final class Differences {

  private static final int LONGEST = 600;

  /** What differs; nothing when all that is expected is there. */
  static List<String> between(String place, JsonNode expected, JsonNode actual) {
    if (expected.isNull()) {
      return actual.isNull() || actual.isMissingNode()
          ? List.of()
          : List.of(place + ": expected nothing, but was " + brief(actual));
    }
    if (expected instanceof ObjectNode object) {
      return ofObjects(place, object, actual);
    }
    if (expected instanceof ArrayNode list) {
      return ofLists(place, list, actual);
    }
    boolean same =
        expected.isNumber() && actual.isNumber()
            ? expected.decimalValue().compareTo(actual.decimalValue()) == 0
            : expected.equals(actual);
    return same
        ? List.of()
        : List.of(place + ": expected " + brief(expected) + ", but was " + brief(actual));
  }

  private static List<String> ofObjects(String place, ObjectNode expected, JsonNode actual) {
    if (!actual.isObject()) {
      return List.of(place + ": expected " + brief(expected) + ", but was " + brief(actual));
    }
    List<String> found = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : expected.properties()) {
      String where = place + "." + field.getKey();
      found.addAll(between(where, field.getValue(), actual.path(field.getKey())));
    }
    return found;
  }

  private static List<String> ofLists(String place, ArrayNode expected, JsonNode actual) {
    if (!actual.isArray()) {
      return List.of(place + ": expected a list, but was " + brief(actual));
    }
    List<JsonNode> left = new ArrayList<>();
    actual.forEach(left::add);
    List<JsonNode> missing = new ArrayList<>();
    for (JsonNode wanted : expected) {
      boolean there = left.stream().anyMatch(it -> between("", wanted, it).isEmpty());
      if (there) {
        left.remove(
            left.stream()
                .filter(it -> between("", wanted, it).isEmpty())
                .findFirst()
                .orElseThrow());
      } else {
        missing.add(wanted);
      }
    }
    if (missing.size() == 1 && left.size() == 1) {
      return between(place + "[]", missing.get(0), left.get(0));
    }
    List<String> found = new ArrayList<>();
    missing.forEach(it -> found.add(place + "[]: expected, but not there: " + brief(it)));
    left.forEach(it -> found.add(place + "[]: there, but not expected: " + brief(it)));
    return found;
  }

  private static String brief(JsonNode node) {
    String text = node.isMissingNode() ? "nothing" : node.toString();
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  private Differences() {}
}
