package io.orchscope.ledger;

import io.orchscope.alert.Draft;
import io.orchscope.alert.Notices;
import io.orchscope.alert.Notices.Unexamined;
import io.orchscope.mdso.PollSummary;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells rooms of circuits about which nothing can be said: their orchestration trace is missing or
 * cannot be read, or MDSO did not answer for them. Silence would pass for health.
 *
 * <p>Each circuit is told once, after the poll that read everything else. While MDSO is in trouble
 * nothing of the kind is told: then it is MDSO that is to be looked at, and health says so.
 */
public final class BlindSpots {

  private static final Logger log = LoggerFactory.getLogger(BlindSpots.class);

  private static final String FRESH =
      "select r.resource_id, r.circuit, coalesce(d.reason, '') as letter_reason,"
          + " coalesce(d.explanation, r.why, '') as explanation from resource r"
          + " left join dead_letter d on d.letter_key = 'circuit/' || r.resource_id"
          + " where r.settled_in_poll = :poll and r.settled_as in ('unreadable', 'dead-lettered')"
          + " and not exists (select 1 from blind_spot b where b.resource_id = r.resource_id"
          + " and b.over_at is null) order by r.circuit, r.resource_id";

  private static final String OVER =
      "update blind_spot set over_at = :now where product_type = :product and over_at is null"
          + " and exists (select 1 from resource r where r.resource_id = blind_spot.resource_id"
          + " and r.settled_as in ('healthy', 'defective'))";

  private static final String OPEN =
      "select count(*) from blind_spot where product_type = :product and over_at is null";

  private static final String LAST_NOTICE =
      "select notice_key from blind_spot where product_type = :product"
          + " order by since desc, resource_id limit 1";

  private static final String NOTE =
      "insert into blind_spot (resource_id, product_type, since, notice_key) values"
          + " (:resource, :product, :now, :notice) on conflict (resource_id) do update set"
          + " since = excluded.since, notice_key = excluded.notice_key, over_at = null";

  private final Ledger ledger;
  private final Function<String, String> roomOfProduct;
  private final Notices words;
  private final Supplier<Optional<String>> troubleOfMdso;

  /**
   * Tells of all products.
   *
   * @param troubleOfMdso what is wrong with MDSO now, if anything is
   */
  public BlindSpots(
      Ledger ledger,
      Function<String, String> roomOfProduct,
      Notices words,
      Supplier<Optional<String>> troubleOfMdso) {
    this.ledger = ledger;
    this.roomOfProduct = roomOfProduct;
    this.words = words;
    this.troubleOfMdso = troubleOfMdso;
  }

  /**
   * Tells what a poll could not see, and what can be seen again.
   *
   * <p>A poll that was not complete is told elsewhere, once it is late. Errors: {@link
   * LedgerException}; the next poll tells it then.
   *
   * @param sender W3C {@code traceparent} of the span that ended the poll; may be empty
   */
  public void tell(PollSummary summary, String sender) {
    if (!summary.incomplete()) {
      ledger.transact((handle, circuits) -> tell(handle, summary, sender));
    }
  }

  private int tell(Handle handle, PollSummary summary, String sender) {
    String product = summary.productType();
    long now = ledger.clock().millis();
    int over = handle.createUpdate(OVER).bind("product", product).bind("now", now).execute();
    List<Unexamined> fresh = fresh(handle, summary.pollId());
    Optional<String> trouble = fresh.isEmpty() ? Optional.empty() : troubleOfMdso.get();
    if (trouble.isPresent()) {
      log.info(
          "Circuits could not be examined; nobody is told while MDSO is in trouble. product={}"
              + " circuits={} trouble={}",
          product,
          fresh.size(),
          trouble.get());
      return over;
    }
    long open = open(handle, product);
    if (!fresh.isEmpty()) {
      Draft draft = words.unexamined(product, fresh, open + fresh.size());
      note(handle, product, fresh, send(handle, product, Optional.empty(), sender, draft));
    } else if (over > 0 && open == 0) {
      send(handle, product, lastNotice(handle, product), sender, words.examinedAgain(product));
    }
    return over + fresh.size();
  }

  private static List<Unexamined> fresh(Handle handle, String pollId) {
    return handle
        .createQuery(FRESH)
        .bind("poll", pollId)
        .map(
            (row, context) ->
                new Unexamined(
                    row.getString("resource_id"),
                    row.getString("circuit"),
                    row.getString("letter_reason"),
                    row.getString("explanation")))
        .list();
  }

  private static long open(Handle handle, String product) {
    return handle.createQuery(OPEN).bind("product", product).mapTo(Long.class).one();
  }

  private static Optional<String> lastNotice(Handle handle, String product) {
    return handle.createQuery(LAST_NOTICE).bind("product", product).mapTo(String.class).findOne();
  }

  private void note(Handle handle, String product, List<Unexamined> fresh, String notice) {
    PreparedBatch batch = handle.prepareBatch(NOTE);
    for (Unexamined each : fresh) {
      batch
          .bind("resource", each.resourceId())
          .bind("product", product)
          .bind("now", ledger.clock().millis())
          .bind("notice", notice)
          .add();
    }
    batch.execute();
  }

  private String send(
      Handle handle, String product, Optional<String> parent, String sender, Draft draft) {
    return new Envelope(
            roomOfProduct.apply(product),
            Optional.empty(),
            parent,
            sender,
            ledger.clock().instant(),
            0)
        .send(handle, draft);
  }

  /** Removes a resource; answers the messages that told of it. */
  static List<String> removeResource(Handle handle, String resourceId) {
    List<String> notices =
        handle
            .createQuery("select notice_key from blind_spot where resource_id = :resource")
            .bind("resource", resourceId)
            .mapTo(String.class)
            .list();
    handle.execute("delete from blind_spot where resource_id = ?", resourceId);
    return notices;
  }

  /** Removes those whose resource is gone. */
  static int removeForgotten(Handle handle) {
    return handle.execute(
        "delete from blind_spot where not exists (select 1 from resource r"
            + " where r.resource_id = blind_spot.resource_id)");
  }
}
