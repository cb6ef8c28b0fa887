package io.orchscope.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The lists that the market answers with; an item is written when it is looked at, so that a list
 * costs nothing but its page.
 */
final class Listing {

  private final Inventory inventory;
  private final NetworkFunctions functions;
  private final Searches searches = new Searches();

  Listing(Inventory inventory, NetworkFunctions functions) {
    this.inventory = inventory;
    this.functions = functions;
  }

  /** All resources that fit, oldest first within each type, those made by hand at the end. */
  List<ObjectNode> find(ResourceQuery query) {
    List<List<ObjectNode>> parts = new ArrayList<>();
    for (ProductKind kind : ProductKind.values()) {
      boolean wanted =
          query.wantsType(kind.type())
              && query.productId().map(id -> id.equals(inventory.ids().product(kind))).orElse(true);
      if (wanted && query.conditions().isEmpty()) {
        parts.add(all(kind));
      } else if (wanted) {
        parts.add(search(query, kind));
      }
    }
    if (query.wantsType(TraceWriter.TYPE) && query.productId().isEmpty()) {
      parts.add(traces(query));
    }
    parts.add(functions.find(query));
    parts.add(
        inventory.handmade().stream()
            .filter(query::fits)
            .filter(node -> inventory.ids().number(Ids.Kind.RESOURCE, id(node)).isEmpty())
            .filter(node -> inventory.ids().number(Ids.Kind.TRACE, id(node)).isEmpty())
            .toList());
    return new Joined(parts);
  }

  /** The same list with the newest first. */
  static List<ObjectNode> newestFirst(List<ObjectNode> list) {
    return view(list.size(), k -> list.get(list.size() - 1 - k));
  }

  private List<ObjectNode> all(ProductKind kind) {
    return view(inventory.count(kind), k -> inventory.resource(inventory.nth(kind, k)));
  }

  /** Items by their keys; a key is the resource's number and, for TraceLogs, the attempt + 1. */
  private List<ObjectNode> written(long[] keys) {
    return view(keys.length, k -> write(keys[k]));
  }

  static List<ObjectNode> view(int size, IntFunction<ObjectNode> item) {
    return new AbstractList<>() {
      @Override
      public ObjectNode get(int k) {
        return item.apply(k);
      }

      @Override
      public int size() {
        return size;
      }
    };
  }

  private ObjectNode write(long key) {
    int attempt = (int) (key & 0xff);
    int index = (int) (key >> 8);
    return attempt == 0 ? inventory.resource(index) : inventory.trace(index, attempt - 1);
  }

  private List<ObjectNode> search(ResourceQuery query, ProductKind kind) {
    Optional<int[]> near = near(query);
    if (near.isPresent()) {
      return Arrays.stream(near.get())
          .filter(index -> inventory.kindOf(index) == kind)
          .mapToObj(inventory::resource)
          .filter(query::fits)
          .toList();
    }
    long[] keys =
        searches.keys(
            kind + "/" + query + "/" + inventory.state(),
            () ->
                IntStream.range(0, inventory.count(kind))
                    .map(n -> inventory.nth(kind, n))
                    .filter(index -> mayFit(query, index))
                    .mapToLong(index -> (long) index << 8)
                    .filter(candidate -> query.fits(write(candidate)))
                    .toArray());
    return written(keys);
  }

  private List<ObjectNode> traces(ResourceQuery query) {
    Optional<int[]> near = near(query);
    if (near.isPresent()) {
      return Arrays.stream(near.get())
          .boxed()
          .flatMapToLong(this::attempts)
          .filter(key -> mayOriginate(query, key))
          .mapToObj(this::write)
          .filter(query::fits)
          .toList();
    }
    long[] keys =
        searches.keys(
            "traces/" + query + "/" + inventory.state(),
            () ->
                IntStream.range(inventory.first(), inventory.end())
                    .boxed()
                    .flatMapToLong(this::attempts)
                    .filter(log -> query.conditions().isEmpty() || query.fits(write(log)))
                    .toArray());
    return written(keys);
  }

  /** The TraceLogs of a resource; every second one lists the newest attempt first. */
  private LongStream attempts(int owner) {
    int attempts = inventory.attempts(owner);
    return IntStream.range(0, attempts)
        .map(n -> owner % 2 == 0 ? n : attempts - 1 - n)
        .mapToLong(attempt -> ((long) owner << 8) | (attempt + 1));
  }

  /** The few numbers among which everything that fits is; none when all have to be looked at. */
  private Optional<int[]> near(ResourceQuery query) {
    for (ResourceQuery.Condition condition : query.conditions()) {
      OptionalInt number =
          switch (condition.path()) {
            case "id" -> byId(condition.value());
            case "properties.origination_id" ->
                inventory.ids().number(Ids.Kind.RESOURCE, condition.value());
            case "label" -> byLabel(condition.value());
            case "properties.circuit_name",
                "properties.circuit_id",
                "properties.expected_data.cid" ->
                inventory.sketcher().circuitNamedIn(condition.value());
            default -> OptionalInt.empty();
          };
      if (number.isPresent() || isExact(condition)) {
        return Optional.of(
            number.stream()
                .flatMap(index -> IntStream.rangeClosed(index, index + 1))
                .filter(inventory::holds)
                .toArray());
      }
    }
    return Optional.empty();
  }

  /** Whether nothing fits but what the number in it says. */
  private static boolean isExact(ResourceQuery.Condition condition) {
    return condition.path().equals("properties.origination_id")
        || (condition.pattern().isEmpty()
            && (condition.path().equals("id")
                || (condition.path().equals("label")
                    && DeviceId.named(condition.value()).isPresent())));
  }

  /** The number of the circuit in a label; no label is the name of a device but of a CPE. */
  private OptionalInt byLabel(String label) {
    OptionalInt circuit = inventory.sketcher().circuitNamedIn(label);
    return circuit.isPresent()
        ? circuit
        : DeviceId.named(label).stream()
            .filter(device -> device.role() == DeviceId.Role.CPE)
            .mapToInt(DeviceId::number)
            .findFirst();
  }

  private OptionalInt byId(String id) {
    OptionalInt resource = inventory.ids().number(Ids.Kind.RESOURCE, id);
    return resource.isPresent() ? resource : inventory.ids().number(Ids.Kind.TRACE, id);
  }

  /** Passes over most of what cannot fit without writing it. */
  private boolean mayFit(ResourceQuery query, int index) {
    return query.conditions().stream()
        .filter(condition -> condition.path().equals("orchState"))
        .allMatch(
            condition ->
                inventory.isHandmade(inventory.ids().resource(index))
                    || condition.fits(inventory.sketch(index).state()));
  }

  /** Passes over TraceLogs of another resource without writing them. */
  private boolean mayOriginate(ResourceQuery query, long key) {
    int owner = (int) (key >> 8);
    int attempt = (int) (key & 0xff) - 1;
    return query.conditions().stream()
        .filter(condition -> condition.path().equals("properties.origination_id"))
        .allMatch(
            condition ->
                condition.fits(inventory.ids().resource(owner))
                    || inventory.isHandmade(inventory.ids().trace(owner, attempt)));
  }

  private static String id(ObjectNode node) {
    return node.path("id").asText();
  }

  /** Several lists, one after the other. */
  private static final class Joined extends AbstractList<ObjectNode> {
    private final List<List<ObjectNode>> parts;

    private Joined(List<List<ObjectNode>> parts) {
      this.parts = parts;
    }

    @Override
    public ObjectNode get(int k) {
      int rest = k;
      for (List<ObjectNode> part : parts) {
        if (rest < part.size()) {
          return part.get(rest);
        }
        rest -= part.size();
      }
      throw new IndexOutOfBoundsException(k);
    }

    @Override
    public int size() {
      return parts.stream().mapToInt(List::size).sum();
    }
  }
}
