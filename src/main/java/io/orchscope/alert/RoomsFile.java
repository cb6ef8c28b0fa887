package io.orchscope.alert;

import io.orchscope.defect.Severity;
import io.orchscope.settings.Mistakes;
import io.orchscope.settings.Nearest;
import io.orchscope.settings.YamlMap;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The reading of {@code config/rooms.yaml}, which says what is wrong with it all at once. */
public final class RoomsFile {

  private static final String ROOM_ID = "[A-Za-z0-9_=+/-]{1,200}";
  private static final String HOW_TO_FIND =
      "Write the id that 'GET https://webexapis.com/v1/rooms' lists for the room.";

  private final Collection<String> productTypes;
  private final Map<String, Room> byProduct = new HashMap<>();

  private RoomsFile(Collection<String> productTypes) {
    this.productTypes = productTypes;
  }

  /**
   * The rooms that a file describes.
   *
   * <p>Errors: {@link io.orchscope.settings.InvalidFileException} with every mistake: unknown keys
   * and products, ids that are none, a product in two rooms or, without a default, in none.
   *
   * @param productTypes every type of {@code config/products.yaml}
   */
  public static Rooms read(Path path, Collection<String> productTypes) {
    Mistakes mistakes = new Mistakes();
    Rooms rooms = new RoomsFile(productTypes).read(YamlMap.read(path, mistakes));
    mistakes.throwIfAny();
    return rooms;
  }

  private Rooms read(YamlMap file) {
    file.allowOnly("default", "rooms");
    Map<String, String> titles = new HashMap<>();
    for (YamlMap entry : file.maps("rooms")) {
      Room room = room(entry);
      titles.putIfAbsent(room.id(), room.title());
      assign(entry, room);
    }
    if (!file.has("default")) {
      refuseProductsWithoutRoom(file);
      return new Rooms(byProduct, Optional.empty());
    }
    String id = file.text("default");
    checkId(file, "default", id);
    Room room = new Room(id, titles.getOrDefault(id, id), Severity.WARNING);
    return new Rooms(byProduct, Optional.of(room));
  }

  private Room room(YamlMap entry) {
    entry.allowOnly("room", "title", "products", "min-severity");
    String id = entry.text("room");
    checkId(entry, "room", id);
    String title = entry.has("title") ? entry.text("title") : id;
    return new Room(id, title, minSeverity(entry));
  }

  private void assign(YamlMap entry, Room room) {
    List<String> products = entry.texts("products");
    if (products.isEmpty()) {
      entry.mistake(
          "products",
          "room '" + room.title() + "' has no products",
          "Add 'products: [service_mapper]' with at least one type of products.yaml.");
    }
    for (String product : products) {
      if (!productTypes.contains(product)) {
        entry.mistake("products", "unknown product '" + product + "'", remedyFor(product));
      }
      Room earlier = byProduct.putIfAbsent(product, room);
      if (earlier != null) {
        entry.mistake(
            "products",
            "product '" + product + "' is already told in room '" + earlier.title() + "'",
            "Keep it in one room.");
      }
    }
  }

  private void refuseProductsWithoutRoom(YamlMap file) {
    for (String product : new TreeSet<>(productTypes)) {
      if (!byProduct.containsKey(product)) {
        file.mistake(
            "rooms",
            "product '" + product + "' has no room",
            "Add it to the products of a room, or name a room for the rest: 'default: <room id>'.");
      }
    }
  }

  private static void checkId(YamlMap map, String key, String id) {
    if (!id.isBlank() && !id.matches(ROOM_ID)) {
      map.mistake(key, "'" + id + "' is not the id of a room", HOW_TO_FIND);
    }
  }

  private static Severity minSeverity(YamlMap entry) {
    if (!entry.has("min-severity")) {
      return Severity.WARNING;
    }
    String word = entry.text("min-severity");
    Optional<Severity> severity =
        Arrays.stream(Severity.values()).filter(known -> known.word().equals(word)).findFirst();
    if (severity.isEmpty() && !word.isBlank()) {
      String known =
          Arrays.stream(Severity.values()).map(Severity::word).collect(Collectors.joining(", "));
      entry.mistake(
          "min-severity", "unknown severity '" + word + "'", "Write one of " + known + ".");
    }
    return severity.orElse(Severity.WARNING);
  }

  private String remedyFor(String product) {
    return Nearest.to(product, productTypes)
        .map(near -> "Did you mean '" + near + "'?")
        .orElse("Known here: " + String.join(", ", new TreeSet<>(productTypes)) + ".");
  }
}
