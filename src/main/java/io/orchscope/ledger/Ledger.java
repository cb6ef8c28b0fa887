package io.orchscope.ledger;

import com.zaxxer.hikari.HikariDataSource;
import io.orchscope.circuit.Resource;
import io.orchscope.defect.Examination;
import io.orchscope.defect.Occurrence;
import io.orchscope.defect.Outcome;
import io.orchscope.mdso.Poll;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * What was seen of each resource and what was decided about it, in one SQLite file.
 *
 * <p>A revision counts as decided only when its circuit has been worked on to the end, so that a
 * crash repeats work rather than losing it. Errors: JDBI's exceptions, when the file cannot be
 * written.
 */
public final class Ledger implements AutoCloseable {

  private final Path file;
  private final Clock clock;
  private Optional<HikariDataSource> source = Optional.empty();
  private Optional<Jdbi> jdbi = Optional.empty();

  /** A ledger whose file is opened, and made where there is none, when it is first asked. */
  public Ledger(Path file, Clock clock) {
    this.file = file;
    this.clock = clock;
  }

  private synchronized Jdbi jdbi() {
    if (jdbi.isEmpty()) {
      source = Optional.of(LedgerFile.open(file));
      jdbi = source.map(Jdbi::create);
    }
    return jdbi.orElseThrow();
  }

  /** What a page's resources were to the ledger. */
  public record Claim(List<Resource> fresh, long distinct, long unchanged) {}

  /**
   * Takes note of a page and answers which of its resources somebody has to look at: those that the
   * poll lists for the first time and whose revision has not been decided.
   */
  public Claim claim(Poll poll) {
    List<Resource> listed = poll.listed();
    return jdbi()
        .inTransaction(
            handle -> {
              List<Resource> fresh = new ArrayList<>();
              long distinct = 0;
              long unchanged = 0;
              PreparedBatch claims = handle.prepareBatch(CLAIM);
              Map<String, Boolean> onThisPage = new TreeMap<>();
              for (Resource resource : listed) {
                Optional<Seen> seen = seen(handle, resource);
                boolean repeated =
                    onThisPage.put(resource.id().value(), true) != null
                        || seen.filter(row -> row.poll.equals(poll.id())).isPresent();
                if (repeated) {
                  continue;
                }
                distinct++;
                if (seen.filter(row -> row.decided == resource.revision()).isPresent()) {
                  unchanged++;
                } else {
                  fresh.add(resource);
                }
                bind(claims, resource, poll.id());
              }
              if (distinct > 0) {
                claims.execute();
              }
              return new Claim(List.copyOf(fresh), distinct, unchanged);
            });
  }

  /** Takes note of what was decided, and of the errors that were found. */
  public void decide(Examination examination) {
    String now = clock.instant().toString();
    Resource resource = examination.resource();
    jdbi()
        .useTransaction(
            handle -> {
              settle(handle, resource, examination.outcome(), now);
              for (Occurrence occurrence : examination.occurrences()) {
                handle
                    .createUpdate(OCCURRENCE)
                    .bind("key", occurrence.key())
                    .bind("resource", resource.id().value())
                    .bind("product", resource.productType())
                    .bind("code", occurrence.classification().codeOrUnclassified())
                    .bind("now", now)
                    .execute();
              }
              handle.execute(
                  "delete from dead_letter where letter_key = ?", key(resource.id().value()));
            });
  }

  /** Whether nobody has been told of this occurrence yet. */
  public boolean isNews(String occurrenceKey) {
    return jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            "select count(*) from occurrence where occurrence_key = :key and alerted_at is not null")
                        .bind("key", occurrenceKey)
                        .mapTo(Long.class)
                        .one())
        == 0;
  }

  /** Takes note that a room was told of an occurrence. */
  public void alerted(String occurrenceKey) {
    jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "update occurrence set alerted_at = ? where occurrence_key = ?",
                    clock.instant().toString(),
                    occurrenceKey));
  }

  /**
   * Keeps what could not be finished. A resource's revision stays undecided, so that the next poll
   * tries it again.
   *
   * @param kind circuit or alert
   * @param id resource id or occurrence key
   */
  public void deadLetter(String kind, String id, String reason, String explanation, String body) {
    jdbi()
        .useHandle(
            handle ->
                handle
                    .createUpdate(DEAD_LETTER)
                    .bind("key", kind.equals("circuit") ? key(id) : kind + "/" + id)
                    .bind("kind", kind)
                    .bind("reason", reason)
                    .bind("explanation", explanation)
                    .bind("body", body)
                    .bind("now", clock.instant().toString())
                    .execute());
  }

  /** How many dead letters there are. */
  public long deadLetters() {
    return jdbi()
        .withHandle(
            handle ->
                handle.createQuery("select count(*) from dead_letter").mapTo(Long.class).one());
  }

  /** How many resources each outcome has, by product type and outcome word. */
  public Map<String, Map<String, Long>> outcomes() {
    Map<String, Map<String, Long>> sums = new TreeMap<>();
    jdbi()
        .useHandle(
            handle ->
                handle
                    .createQuery(
                        "select product_type, coalesce(outcome, 'undecided') as outcome, count(*) as n"
                            + " from resource group by 1, 2")
                    .map(
                        (row, context) ->
                            sums.computeIfAbsent(row.getString(1), type -> new TreeMap<>())
                                .put(row.getString(2), row.getLong(3)))
                    .list());
    return sums;
  }

  @Override
  public synchronized void close() {
    source.ifPresent(HikariDataSource::close);
  }

  private record Seen(String poll, long decided) {}

  private static Optional<Seen> seen(Handle handle, Resource resource) {
    return handle
        .createQuery(
            "select listed_in_poll, coalesce(decided_revision, -1) from resource"
                + " where resource_id = :id")
        .bind("id", resource.id().value())
        .map((row, context) -> new Seen(row.getString(1), row.getLong(2)))
        .findOne();
  }

  private static void bind(PreparedBatch claims, Resource resource, String pollId) {
    claims
        .bind("id", resource.id().value())
        .bind("product", resource.productType())
        .bind("circuit", resource.circuit().value())
        .bind("state", resource.orchState().wire())
        .bind("revision", resource.revision())
        .bind("poll", pollId)
        .add();
  }

  private static void settle(Handle handle, Resource resource, Outcome outcome, String now) {
    handle
        .createUpdate(
            "update resource set decided_revision = :revision, outcome = :outcome, decided_at = :now"
                + " where resource_id = :id")
        // What is not terminal is looked at again even if its revision stays.
        .bind("revision", resource.orchState().isTerminal() ? resource.revision() : -1)
        .bind("outcome", outcome.word())
        .bind("now", now)
        .bind("id", resource.id().value())
        .execute();
  }

  private static String key(String resourceId) {
    return "circuit/" + resourceId;
  }

  private static final String CLAIM =
      "insert into resource (resource_id, product_type, circuit, orch_state, revision, listed_in_poll)"
          + " values (:id, :product, :circuit, :state, :revision, :poll)"
          + " on conflict (resource_id) do update set circuit = excluded.circuit,"
          + " orch_state = excluded.orch_state, revision = excluded.revision,"
          + " listed_in_poll = excluded.listed_in_poll";

  private static final String OCCURRENCE =
      "insert into occurrence (occurrence_key, resource_id, product_type, defect_code, first_seen,"
          + " last_seen, times_seen) values (:key, :resource, :product, :code, :now, :now, 1)"
          + " on conflict (occurrence_key) do update set last_seen = excluded.last_seen,"
          + " defect_code = excluded.defect_code, times_seen = occurrence.times_seen + 1";

  private static final String DEAD_LETTER =
      "insert into dead_letter (letter_key, kind, reason, explanation, body, last_at, times)"
          + " values (:key, :kind, :reason, :explanation, :body, :now, 1)"
          + " on conflict (letter_key) do update set reason = excluded.reason,"
          + " explanation = excluded.explanation, body = excluded.body, last_at = excluded.last_at,"
          + " times = dead_letter.times + 1";
}
