package io.orchscope.ledger;

import io.orchscope.secret.SecretMask;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** When somebody changed what builds the circuits of a product, as they told us. */
public final class DeploymentMarks {

  /** Whatever code the kind of error had: it is no news when a rule gives it another. */
  private static final String FIRST_SEEN =
      "select min(kind.first_seen) from occurrence o join failure_group g"
          + " on g.group_id = o.group_id join failure_group kind on kind.product_type ="
          + " g.product_type and kind.fingerprint = g.fingerprint"
          + " and kind.environment = g.environment where o.occurrence_key = :key";

  private final Ledger ledger;

  /** One deployment. */
  public record Mark(String productType, Instant at, String who, String note) {}

  public DeploymentMarks(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Takes note of a deployment; the same moment marked again keeps the later words. */
  public void mark(Mark mark) {
    ledger.transact(
        (handle, circuits) ->
            handle.execute(
                "insert into deployment (product_type, marked_at, who, note) values (?, ?, ?, ?)"
                    + " on conflict (product_type, marked_at) do update set who = excluded.who,"
                    + " note = excluded.note",
                mark.productType(),
                mark.at().toEpochMilli(),
                AuditTrail.brief(mark.who(), 200),
                AuditTrail.brief(SecretMask.textWithoutSecrets(mark.note()), 2_000)));
  }

  /** The newest of a product. */
  public Optional<Mark> newest(String productType) {
    return list(Optional.of(productType), 1).stream().findFirst();
  }

  /**
   * The newest first; none where there is no ledger yet.
   *
   * @param productType none for all
   */
  public List<Mark> list(Optional<String> productType, int most) {
    return ledger.exists()
        ? ledger.look(handle -> list(handle, productType.orElse(""), most))
        : List.of();
  }

  /**
   * When an error of the same kind was found first; none when the error is in no group, since it
   * happened before what the ledger remembers.
   */
  public Optional<Instant> firstSeen(String occurrenceKey) {
    return ledger.look(
        handle ->
            handle
                .createQuery(FIRST_SEEN)
                .bind("key", occurrenceKey)
                .mapTo(Long.class)
                .findOne()
                .map(Instant::ofEpochMilli));
  }

  private static List<Mark> list(Handle handle, String productType, int most) {
    return handle
        .createQuery(
            "select * from deployment where product_type = :product or :product = ''"
                + " order by marked_at desc, product_type limit :most")
        .bind("product", productType)
        .bind("most", most)
        .map(
            (row, context) ->
                new Mark(
                    row.getString("product_type"),
                    Instant.ofEpochMilli(row.getLong("marked_at")),
                    row.getString("who"),
                    row.getString("note")))
        .list();
  }
}
