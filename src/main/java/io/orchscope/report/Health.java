package io.orchscope.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Whether Orchscope can do its work: a check for each neighbour and each duty. */
public final class Health {

  private final Map<String, Supplier<Optional<String>>> checks = new LinkedHashMap<>();
  private final Set<String> degrading = new HashSet<>();

  /**
   * Adds a check.
   *
   * @param trouble what is wrong, for people and without a secret; nothing when all is well
   */
  public Health with(String name, Supplier<Optional<String>> trouble) {
    checks.put(name, trouble);
    return this;
  }

  /** Adds a check whose trouble degrades the work and does not stop it. */
  public Health degradedBy(String name, Supplier<Optional<String>> trouble) {
    degrading.add(name);
    return with(name, trouble);
  }

  /** What each check says now; a check that fails is trouble too. */
  public Map<String, Optional<String>> look() {
    Map<String, Optional<String>> found = new LinkedHashMap<>();
    checks.forEach((name, trouble) -> found.put(name, asked(trouble)));
    return found;
  }

  private static Optional<String> asked(Supplier<Optional<String>> trouble) {
    try {
      return trouble.get();
    } catch (RuntimeException failed) {
      return Optional.of(String.valueOf(failed.getMessage()));
    }
  }

  /** Whether no check is down; a check may be degraded. */
  public boolean isUp(Map<String, Optional<String>> found) {
    return found.entrySet().stream()
        .allMatch(check -> check.getValue().isEmpty() || degrading.contains(check.getKey()));
  }

  /**
   * {@code {"status":"UP","checks":[{"name":…,"status":…,"reason":…}]}}; a status is UP, DEGRADED
   * or DOWN.
   */
  public String json(Map<String, Optional<String>> found) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    boolean isWell = found.values().stream().allMatch(Optional::isEmpty);
    node.put("status", isWell ? "UP" : isUp(found) ? "DEGRADED" : "DOWN");
    var checks = node.putArray("checks");
    found.forEach(
        (name, trouble) -> {
          ObjectNode check = checks.addObject().put("name", name);
          check.put(
              "status", trouble.isEmpty() ? "UP" : degrading.contains(name) ? "DEGRADED" : "DOWN");
          trouble.ifPresent(reason -> check.put("reason", reason));
        });
    return node.toString();
  }
}
