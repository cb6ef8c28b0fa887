package io.orchscope.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.circuit.Resource;
import io.orchscope.defect.Classification;
import io.orchscope.defect.Examination;
import io.orchscope.defect.Occurrence;
import io.orchscope.defect.Severity;
import io.orchscope.mdso.Poll;
import io.orchscope.mdso.PollRequest;
import io.orchscope.mdso.Polls;
import io.orchscope.settings.Products;
import io.orchscope.settings.ProductsFile;
import io.orchscope.trace.FoundError;
import io.orchscope.trace.TraceSearch;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the ledger remembers of resources, errors and dead letters, wherever it is kept. */
abstract class LedgerTest {

  private static final Clock NOON =
      Clock.fixed(Instant.parse("2024-03-01T12:00:00Z"), ZoneOffset.UTC);

  private final ThreadLocal<String> lastClaim = ThreadLocal.withInitial(() -> "none");
  private Ledger ledger;
  private Products products;
  private Polls polls;

  /** An empty one for each test. */
  abstract LedgerPlace place();

  @BeforeEach
  void open() {
    ledger = new Ledger(place(), NOON);
    products = ProductsFile.read(Path.of("config/products.yaml"));
    polls = new Polls(products, 10, Duration.ofDays(1), Duration.ofSeconds(1), NOON);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void claimsWhatItHasNeverSeen() {
    Poll poll = poll(item("a", 1, "active"), item("b", 1, "failed"));

    Ledger.Claim claim = claim(poll);

    assertThat(ids(claim.fresh())).containsExactly("a", "b");
    assertThat(claim.distinct()).isEqualTo(2);
    assertThat(claim.unchanged()).isZero();
  }

  @Test
  void claimsAResourceOnceInAPollThatListsItAgain() {
    Poll poll = polls.begin(new PollRequest("service_mapper", Duration.ofDays(1)));
    claim(page(poll, item("a", 1, "active"), item("a", 1, "active")));

    Ledger.Claim again = claim(page(poll, item("a", 1, "active"), item("b", 1, "active")));

    assertThat(ids(again.fresh())).containsExactly("b");
    assertThat(again.distinct()).isEqualTo(1);
  }

  @Test
  void passesOverARevisionThatWasDecided() {
    claim(poll(item("a", 7, "failed")));
    decide(examination(resource(item("a", 7, "failed"))));

    Ledger.Claim claim = claim(poll(item("a", 7, "failed")));

    assertThat(claim.fresh()).isEmpty();
    assertThat(claim.unchanged()).isEqualTo(1);
    assertThat(ledger.outcomes()).isEqualTo(Map.of("service_mapper", Map.of("healthy", 1L)));
  }

  @Test
  void claimsADecidedResourceAgainWhenItHasChanged() {
    claim(poll(item("a", 7, "failed")));
    decide(examination(resource(item("a", 7, "failed"))));

    Ledger.Claim claim = claim(poll(item("a", 8, "failed")));

    assertThat(ids(claim.fresh())).containsExactly("a");
  }

  @Test
  void claimsAgainWhatWasClaimedAndNeverDecided() {
    claim(poll(item("a", 7, "failed")));

    Ledger.Claim claim = claim(poll(item("a", 7, "failed")));

    assertThat(ids(claim.fresh())).containsExactly("a");
  }

  @Test
  void looksAgainAtWhatHasNotEnded() {
    claim(poll(item("a", 7, "activating")));
    decide(examination(resource(item("a", 7, "activating"))));

    Ledger.Claim claim = claim(poll(item("a", 7, "activating")));

    assertThat(ids(claim.fresh())).containsExactly("a");
  }

  @Test
  void keepsADeadLetterOnceUntilItsCircuitIsDecided() {
    claim(poll(item("a", 7, "failed")));
    ledger.deadLetter("a", "server", "HTTP 500", "");
    ledger.deadLetter("a", "timeout", "no answer", "");
    ledger.deadLetter("b", "client", "HTTP 404", "");
    long kept = sum(ledger.deadLettersByKind());
    Ledger.Claim claim = claim(poll(item("a", 7, "failed")));

    decide(examination(resource(item("a", 7, "failed"))));

    assertThat(kept).isEqualTo(2);
    assertThat(ids(claim.fresh())).containsExactly("a");
    assertThat(sum(ledger.deadLettersByKind())).isEqualTo(1);
  }

  @Test
  void remembersAcrossARestart() {
    claim(poll(item("a", 7, "failed")));
    decide(examination(resource(item("a", 7, "failed"))));
    ledger.close();

    try (Ledger reopened = new Ledger(place(), NOON)) {
      assertThat(reopened.claim(poll(item("a", 7, "failed"))).unchanged()).isEqualTo(1);
    }
  }

  @Test
  void takesNoDecisionOfAPollThatAnotherHasOvertaken() {
    claim(poll(item("a", 7, "failed")));
    Examination late = examination(resource(item("a", 7, "failed")), occurrence("key-1"));
    claim(poll(item("a", 7, "failed")));
    decide(late);
    Ledger.Claim afterTheLate = claim(poll(item("a", 7, "failed")));
    decide(examination(resource(item("a", 7, "failed"))));

    assertThat(ids(afterTheLate.fresh())).containsExactly("a");
    assertThat(ledger.outcomes()).isEqualTo(Map.of("service_mapper", Map.of("healthy", 1L)));
  }

  @Test
  void servesManyThreads() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<?>> work = new ArrayList<>();

    for (int i = 0; i < 80; i++) {
      String id = "r" + i;
      work.add(
          threads.submit(
              () -> {
                claim(poll(item(id, 1, "failed")));
                decide(examination(resource(item(id, 1, "failed")), occurrence("k" + id)));
              }));
    }
    for (Future<?> each : work) {
      each.get();
    }
    threads.shutdown();

    assertThat(ledger.outcomes()).isEqualTo(Map.of("service_mapper", Map.of("defective", 80L)));
  }

  private Ledger.Claim claim(Poll poll) {
    lastClaim.set(poll.id());
    return ledger.claim(poll);
  }

  private void decide(Examination examination) {
    ledger.decide(examination, List.of(), Rooms.TIMES);
  }

  private Poll poll(String... items) {
    return page(polls.begin(new PollRequest("service_mapper", Duration.ofDays(1))), items);
  }

  private Poll page(Poll poll, String... items) {
    String reply = "{\"items\":[" + String.join(",", items) + "],\"total\":" + items.length + "}";
    return polls.read(poll, reply.getBytes(StandardCharsets.UTF_8));
  }

  private Resource resource(String item) {
    return poll(item).listed().get(0);
  }

  private static String item(String id, long revision, String state) {
    return "{\"id\":\"%s\",\"label\":\"80.L1XX.000001..TEST\",\"orchState\":\"%s\",\"revision\":%d,"
            .formatted(id, state, revision)
        + "\"createdAt\":\"2024-03-01T11:00:00.000Z\"}";
  }

  private static List<String> ids(List<Resource> resources) {
    return resources.stream().map(resource -> resource.id().value()).toList();
  }

  private Examination examination(Resource resource, Occurrence... occurrences) {
    return new Examination(
        lastClaim.get(),
        products.ofType("service_mapper"),
        resource,
        TraceSearch.of(resource, false),
        List.of(),
        List.of(occurrences),
        Optional.empty(),
        Optional.empty());
  }

  private static Occurrence occurrence(String key) {
    return new Occurrence(
        key,
        new FoundError(FoundError.Source.REASON, "an error", 0, "", "", "", ""),
        new Classification(
            Optional.empty(),
            "",
            "",
            Severity.MINOR,
            "an error",
            "",
            "rules-of-a-test",
            List.of()));
  }

  private static long sum(Map<String, Long> byKind) {
    return byKind.values().stream().mapToLong(Long::longValue).sum();
  }
}
