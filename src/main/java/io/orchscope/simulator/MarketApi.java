package io.orchscope.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** MDSO's market: resources and products. Source: domain.md §1.2, Market API 4.2.4-128. */
final class MarketApi {

  private static final Set<String> SECRETS = Set.of("password", "secret", "community");

  private final Inventory inventory;
  private final NetworkFunctions functions;
  private final Listing listing;
  private final Counters counters;

  MarketApi(Inventory inventory, NetworkFunctions functions, Counters counters) {
    this.inventory = inventory;
    this.functions = functions;
    this.listing = new Listing(inventory, functions);
    this.counters = counters;
  }

  /** Answers a call with a good token; the path's parts are those behind the market's base. */
  Reply answer(Call call, List<String> parts, Faults faults) {
    String first = parts.isEmpty() ? "" : parts.get(0);
    boolean known = first.equals("resources") ? parts.size() <= 3 : isProducts(parts);
    if (!known || (parts.size() == 3 && !parts.get(2).equals("dependencies"))) {
      return Reply.refusal(404, "Not Found", "There is nothing at this path.");
    }
    if (!call.method().equals("GET")) {
      return TokenApi.notAllowed(call);
    }
    try {
      if (first.equals("products")) {
        return Reply.json(200, Pages.of(call, faults).reply(products(call), faults));
      }
      return switch (parts.size()) {
        case 1 -> resources(call, faults);
        case 2 -> parts.get(1).equals("count") ? count(call, faults) : one(call, parts.get(1));
        default -> dependencies(call, parts.get(1), faults);
      };
    } catch (BadRequest e) {
      return Reply.refusal(400, "Bad Request", e.detail());
    }
  }

  private static boolean isProducts(List<String> parts) {
    return parts.size() == 1 && parts.get(0).equals("products");
  }

  private Reply resources(Call call, Faults faults) {
    counters.count("mdso.lists");
    ResourceQuery query = ResourceQuery.of(call);
    Pages page = Pages.of(call, faults);
    if (page.offset() > 0) {
      switch (faults.shift()) {
        case INSERT -> inventory.arrive(1);
        case REMOVE -> inventory.remove();
        case NONE -> {}
      }
    }
    List<ObjectNode> found = listing.find(query);
    boolean reversed = faults.shift() == Faults.Shift.INSERT;
    ObjectNode reply = page.reply(reversed ? Listing.newestFirst(found) : found, faults);
    return Reply.json(200, obfuscated(call, reply));
  }

  private Reply one(Call call, String id) {
    return held(id)
        .map(resource -> Reply.json(200, obfuscated(call, resource)))
        .orElseGet(() -> noSuchResource(id));
  }

  private Optional<ObjectNode> held(String id) {
    return inventory.get(id).or(() -> functions.get(id));
  }

  private Reply dependencies(Call call, String id, Faults faults) {
    if (held(id).isEmpty()) {
      return noSuchResource(id);
    }
    ResourceQuery query = ResourceQuery.of(call);
    Stream<ObjectNode> found = inventory.dependencies(id).stream();
    if (call.param("recursive").equals(Optional.of("true"))) {
      found =
          found
              .flatMap(
                  node ->
                      Stream.concat(
                          Stream.of(node),
                          inventory.dependencies(node.path("id").asText()).stream()))
              .distinct();
    }
    List<ObjectNode> fitting = found.filter(query::fits).toList();
    return Reply.json(200, obfuscated(call, Pages.of(call, faults).reply(fitting, faults)));
  }

  private static Reply noSuchResource(String id) {
    return Reply.refusal(404, "Not Found", "There is no resource " + id + ".");
  }

  /** One filter at most; without any or by exact type only the master tenant may ask. */
  private Reply count(Call call, Faults faults) {
    List<String> filters =
        Stream.of("productId", "domainId", "exactTypeId")
            .filter(name -> call.param(name).isPresent())
            .toList();
    if (filters.size() > 1) {
      throw new BadRequest("At most one filter can be specified.");
    }
    if (faults.failCount() && (filters.isEmpty() || filters.contains("exactTypeId"))) {
      return Reply.refusal(403, "Forbidden", "Only the master tenant may count without a filter.")
          .because("fail-count");
    }
    ResourceQuery query =
        new ResourceQuery(
            call.param("exactTypeId").map(text -> List.of(text.split(",", -1))).orElse(List.of()),
            true,
            call.param("productId"),
            List.of());
    int count = listing.find(query).size();
    long limit = call.param("limit").map(MarketApi::limit).orElse(Long.MAX_VALUE);
    return Reply.json(
        200, Wire.object().put("count", Math.min(count, limit)).put("bounded", count > limit));
  }

  private static long limit(String text) {
    if (!text.matches("\\d{1,10}")) {
      throw new BadRequest("limit is not a whole number from 0: " + text);
    }
    return Long.parseLong(text);
  }

  private List<ObjectNode> products(Call call) {
    String q = call.param("q").orElse("");
    if (!q.isEmpty() && !q.contains(":")) {
      throw new BadRequest("A filter is not of the form property:value: " + q);
    }
    return Arrays.stream(ProductKind.values())
        .map(this::product)
        .filter(
            product ->
                q.isEmpty()
                    || product
                        .path(q.substring(0, q.indexOf(':')))
                        .asText()
                        .equals(q.substring(q.indexOf(':') + 1)))
        .toList();
  }

  private ObjectNode product(ProductKind kind) {
    ObjectNode product = Wire.object().put("id", inventory.ids().product(kind));
    product.put("resourceTypeId", kind.type()).put("title", kind.productName);
    product.put("description", "").put("active", true).put("domainId", "built-in");
    product.put("providerProductId", "");
    product.putObject("constraints");
    product.putObject("providerData");
    return product;
  }

  private static JsonNode obfuscated(Call call, JsonNode node) {
    if (call.param("obfuscate").equals(Optional.of("false"))) {
      return node;
    }
    obfuscate(node);
    return node;
  }

  private static void obfuscate(JsonNode node) {
    if (node instanceof ObjectNode object) {
      for (String name : SECRETS) {
        if (object.path(name).isTextual()) {
          object.put(name, "******");
        }
      }
    }
    for (JsonNode child : node) {
      if (child.isContainerNode()) {
        obfuscate(child);
      }
    }
  }
}
