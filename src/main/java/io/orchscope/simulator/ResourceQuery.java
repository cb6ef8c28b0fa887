package io.orchscope.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which resources a list is asked for. Source: domain.md §1.2.
 *
 * @param types asked for; empty means all
 * @param exact whether derived types are left out
 * @param productId empty means any
 */
record ResourceQuery(
    List<String> types, boolean exact, Optional<String> productId, List<Condition> conditions) {

  /**
   * One attribute that has to fit.
   *
   * @param path {@code label} or {@code properties.origination_id}
   * @param pattern what fits when it is a partial match; none for equality
   */
  record Condition(String path, String value, Optional<Pattern> pattern) {

    boolean fits(String text) {
      return pattern.isPresent() ? pattern.get().matcher(text).find() : text.equals(value);
    }
  }

  private static final Pattern BETWEEN = Pattern.compile(",(?=[A-Za-z][\\w.]*:)");
  private static final Set<String> ATTRIBUTES = Set.of("subDomainId", "providerResourceId");

  /** Errors: {@link BadRequest} where MDSO refuses the filters. */
  static ResourceQuery of(Call call) {
    List<String> types = list(call, "resourceTypeId");
    List<String> exactTypes = list(call, "exactTypeId");
    Optional<String> product = call.param("productId").filter(id -> !id.isEmpty());
    List<Condition> conditions = new ArrayList<>();
    for (String part : parts(call, "q")) {
      conditions.add(condition(part, false));
    }
    for (String part : parts(call, "p")) {
      Condition condition = condition(part, true);
      if (condition.path.startsWith("properties.")) {
        throw new BadRequest("The p filter does not support properties: " + condition.path);
      }
      conditions.add(condition);
    }
    ATTRIBUTES.forEach(
        name ->
            call.param(name)
                .ifPresent(value -> conditions.add(new Condition(name, value, Optional.empty()))));
    int scopes =
        (types.isEmpty() ? 0 : 1) + (exactTypes.isEmpty() ? 0 : 1) + (product.isPresent() ? 1 : 0);
    if (scopes != 1 && conditions.stream().anyMatch(c -> c.path.startsWith("properties."))) {
      throw new BadRequest(
          "One (and only one) of productId, resourceTypeId or exactTypeId must be specified when"
              + " using the q or p filters on properties.");
    }
    return exactTypes.isEmpty()
        ? new ResourceQuery(types, false, product, conditions)
        : new ResourceQuery(exactTypes, true, product, conditions);
  }

  boolean wantsType(String type) {
    return types.isEmpty()
        || types.contains(type)
        || (!exact && types.stream().anyMatch(wanted -> isDerived(type, wanted)));
  }

  /** Whether a resource is among those asked for. */
  boolean fits(ObjectNode resource) {
    return wantsType(resource.path("resourceTypeId").asText())
        && (productId.isEmpty() || productId.get().equals(resource.path("productId").asText()))
        && conditions.stream().allMatch(condition -> fits(condition, resource));
  }

  private static boolean fits(Condition condition, ObjectNode resource) {
    JsonNode node = resource;
    for (String name : condition.path.split("\\.", -1)) {
      node = node.path(name);
    }
    if (condition.path.equals("differences")) {
      return condition.value.equals(node.isEmpty() ? "empty" : "nonEmpty");
    }
    return node.isValueNode() && condition.fits(node.asText());
  }

  /** Vendors derive their own network function from the common one. */
  private static boolean isDerived(String type, String wanted) {
    return wanted.startsWith("tosca.resourceTypes.")
        && type.endsWith(wanted.substring("tosca".length()));
  }

  private static Condition condition(String text, boolean partial) {
    int colon = text.indexOf(':');
    if (colon <= 0) {
      throw new BadRequest("A filter is not of the form property:value: " + text);
    }
    String value = text.substring(colon + 1);
    Optional<Pattern> pattern = partial ? Optional.of(pattern(value)) : Optional.empty();
    return new Condition(text.substring(0, colon), value, pattern);
  }

  /** With stars the whole text has to fit, without it may stand anywhere in it. */
  private static Pattern pattern(String value) {
    String plain = value.replace("/*", "*");
    if (!plain.contains("*")) {
      return Pattern.compile(Pattern.quote(plain));
    }
    String pieces =
        Stream.of(plain.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    return Pattern.compile("\\A" + pieces + "\\z", Pattern.DOTALL);
  }

  private static List<String> list(Call call, String name) {
    return call.param(name).stream()
        .flatMap(text -> Stream.of(text.split(",", -1)))
        .map(String::strip)
        .filter(type -> !type.isEmpty())
        .toList();
  }

  private static List<String> parts(Call call, String name) {
    return call.param(name).map(text -> List.of(BETWEEN.split(text, -1))).orElse(List.of());
  }
}
