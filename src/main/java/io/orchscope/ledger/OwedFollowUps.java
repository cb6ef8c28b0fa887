package io.orchscope.ledger;

import io.orchscope.circuit.Resource;
import io.orchscope.defect.Examination;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** Writes down that an attempt is owed a follow-up. */
final class OwedFollowUps {

  private OwedFollowUps() {}

  /** Owes an attempt its follow-up; one that is known stays as it is. */
  static void owe(Handle handle, Examination examination, String sender, Instant now) {
    Resource resource = examination.resource();
    examination
        .evidence()
        .ifPresent(place -> owe(handle, resource, place, sender, now.toEpochMilli()));
  }

  static void owe(Handle handle, Resource resource, String evidence, String sender, long now) {
    handle
        .createUpdate(
            "insert into follow_up (evidence, product_type, resource_id, circuit, sender, state,"
                + " owed_at, due_at, tries, owned_until, missing) values (:evidence, :product,"
                + " :resource, :circuit, :sender, 'owed', :now, :now, 0, 0, '')"
                + " on conflict (evidence) do nothing")
        .bind("evidence", evidence)
        .bind("product", resource.productType())
        .bind("resource", resource.id().value())
        .bind("circuit", resource.circuit().value())
        .bind("sender", sender)
        .bind("now", now)
        .execute();
  }
}
