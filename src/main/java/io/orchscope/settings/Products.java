package io.orchscope.settings;

import io.orchscope.circuit.Product;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The products that are watched, in the order of their file. */
public final class Products {

  private final Map<String, Product> byType;

  public Products(Map<String, Product> byType) {
    this.byType = new LinkedHashMap<>(byType);
  }

  public List<Product> all() {
    return List.copyOf(byType.values());
  }

  public List<String> types() {
    return List.copyOf(byType.keySet());
  }

  /**
   * The product of a type such as {@code service_mapper}.
   *
   * <p>Errors: {@link InvalidFileException} that names the nearest known type.
   */
  public Product ofType(String type) {
    Product product = byType.get(type);
    if (product == null) {
      String remedy =
          Nearest.to(type, byType.keySet())
              .map(near -> "Did you mean '" + near + "'?")
              .orElse("Known: " + String.join(", ", byType.keySet()) + ".");
      throw new InvalidFileException(
          "products", "'" + type + "'", "there is no product of this type", remedy);
    }
    return product;
  }
}
