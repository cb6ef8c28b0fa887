package io.orchscope.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlStatements;

/** Circuits that somebody looks for by a name, or by how it begins. */
public final class CircuitNames {

  private static final String FIND =
      "select r.circuit, r.product_type, r.outcome from resource r"
          + " where %s or r.resource_id = :words"
          + " or r.resource_id in (select resource_id from device where %s)"
          + " order by r.circuit, r.product_type limit :most";

  private static final String OF_RESOURCE =
      "select circuit, product_type, outcome from resource where resource_id = :id";

  /** What begins with some words, from an index in the order of bytes. */
  private static final String IN_ORDER =
      "(substr(%1$s, 1, 100) >= :words and substr(%1$s, 1, 100) < :until)";

  /** The same where the order of texts is that of a language. */
  private static final String BY_PREFIX = "substr(%s, 1, length(:words)) = :words";

  private final Ledger ledger;

  /** A circuit, and what was decided of it last. */
  public record Named(String circuit, String productType, Optional<String> outcome) {}

  public CircuitNames(Ledger ledger) {
    this.ledger = ledger;
  }

  /** The circuit that a resource belongs to; none where no poll has listed it. */
  public Optional<Named> ofResource(String resourceId) {
    return ledger.exists()
        ? ledger.look(
            handle ->
                handle
                    .createQuery(OF_RESOURCE)
                    .bind("id", resourceId)
                    .map((row, context) -> named(row))
                    .findOne())
        : Optional.empty();
  }

  /**
   * Circuits whose name, or whose device's TID, begins with these words, or whose resource has them
   * for its id; capitals count.
   */
  public List<Named> find(String words, int most) {
    if (!ledger.exists()) {
      return List.of();
    }
    String begins = ledger.comparesBytes() ? IN_ORDER : BY_PREFIX;
    return ledger.look(
        handle ->
            handle
                .createQuery(
                    FIND.formatted(
                        begins.formatted("r.circuit"),
                        (ledger.comparesBytes()
                            ? "tid >= :words and tid < :until"
                            : begins.formatted("tid"))))
                .configure(SqlStatements.class, config -> config.setUnusedBindingAllowed(true))
                .bind("until", words + Character.MAX_VALUE)
                .bind("words", words)
                .bind("most", most)
                .map((row, context) -> named(row))
                .list());
  }

  private static Named named(ResultSet row) throws SQLException {
    return new Named(row.getString(1), row.getString(2), Optional.ofNullable(row.getString(3)));
  }
}
