package io.orchscope.ledger;

import io.orchscope.defect.FailureGroup;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import org.jdbi.v3.core.Handle;

/**
 * What the ledger knew once and was told to forget, so that nothing old is told as if it were new.
 *
 * <p>Shape: of a circuit that was removed by name hashes are left; of all others only how far back
 * the ledger was purged.
 */
final class Forgotten {

  /** Why a failure is not told that happened before what is known. */
  static final String WORD = "forgotten";

  private static final String PART = "ledger";

  /** Takes note that what happened before this moment may be gone. */
  static void before(Handle handle, Instant limit) {
    handle.execute(
        "insert into horizon (part, before_at) values (?, ?) on conflict (part) do update"
            + " set before_at = excluded.before_at where horizon.before_at < excluded.before_at",
        PART,
        limit.toEpochMilli());
  }

  /**
   * Takes note that a resource was removed by name.
   *
   * @param circuitId as {@link io.orchscope.alert.GroupKey#circuitId} has it
   * @param decidedRevision -1 when none was, so that it is looked at when it is listed again
   */
  static void resource(
      Handle handle, String resourceId, String circuitId, long decidedRevision, Instant now) {
    handle.execute(
        "insert into forgotten (resource_sha256, circuit_id, decided_revision, forgotten_at)"
            + " values (?, ?, ?, ?) on conflict (resource_sha256) do update set"
            + " decided_revision = excluded.decided_revision,"
            + " forgotten_at = excluded.forgotten_at",
        sha256(resourceId),
        circuitId,
        decidedRevision,
        now.toEpochMilli());
  }

  /** Whether a failure of a circuit may have been known, and told, before it was forgotten. */
  static boolean has(Handle handle, String circuitId, Instant occurredAt) {
    return handle
        .createQuery(
            "select 1 from horizon where before_at > :occurred"
                + " union all select 1 from forgotten where circuit_id = :circuit"
                + " and forgotten_at > :surely limit 1")
        .bind("occurred", occurredAt.toEpochMilli())
        .bind("circuit", circuitId)
        .bind("surely", occurredAt.plus(FailureGroup.CLOCKS_DIFFER_BY).toEpochMilli())
        .mapTo(Integer.class)
        .findFirst()
        .isPresent();
  }

  /** In hex, as it stands in the table. */
  static String sha256(String resourceId) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(resourceId.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java has SHA-256.", impossible);
    }
  }

  private Forgotten() {}
}
