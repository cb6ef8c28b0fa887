package io.orchscope.alert;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which room hears of which product.
 *
 * @param byProduct key is the product's type, {@code service_mapper}
 * @param defaultRoom for every other product
 */
public record Rooms(Map<String, Room> byProduct, Optional<Room> defaultRoom) {

  public Rooms {
    byProduct = Map.copyOf(byProduct);
  }

  /**
   * The room of the alert's product.
   *
   * <p>Errors: {@link IllegalStateException} when the product has none, which the reading of the
   * file excludes for every product that is polled.
   */
  public Room roomOf(Alert alert) {
    return Optional.ofNullable(byProduct.get(alert.productType()))
        .or(this::defaultRoom)
        .orElseThrow(
            () -> new IllegalStateException("No room for product '" + alert.productType() + "'."));
  }

  /** The id of a product's room. Errors: as {@link #roomOf}. */
  public String roomOfProduct(String productType) {
    return Optional.ofNullable(byProduct.get(productType))
        .or(this::defaultRoom)
        .map(Room::id)
        .orElseThrow(() -> new IllegalStateException("No room for product '" + productType + "'."));
  }

  /** What the operator calls a room; its id where it has no title. */
  public String titleOf(String roomId) {
    return Stream.concat(byProduct.values().stream(), defaultRoom.stream())
        .filter(room -> room.id().equals(roomId))
        .map(Room::title)
        .findFirst()
        .orElse(roomId);
  }
}
