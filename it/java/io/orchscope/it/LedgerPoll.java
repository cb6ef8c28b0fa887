package io.orchscope.it;

import io.orchscope.alert.Alert;
import io.orchscope.alert.AlertTimes;
import io.orchscope.alert.GroupKey;
import io.orchscope.alert.OwedAlert;
import io.orchscope.circuit.OrchState;
import io.orchscope.circuit.Resource;
import io.orchscope.defect.Classification;
import io.orchscope.defect.Examination;
import io.orchscope.defect.Occurrence;
import io.orchscope.defect.Severity;
import io.orchscope.ledger.Ledger;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * What a poll asks and tells the ledger, without MDSO: pages of a thousand are claimed, each
 * circuit is decided, one in twenty fails and owes its room an alert, the others succeed, and what
 * failed before is over then.
 */
final class LedgerPoll {

  static final AlertTimes TIMES =
      new AlertTimes(
          Duration.ofSeconds(30),
          Duration.ofMinutes(5),
          Duration.ofHours(12),
          Duration.ofMinutes(5),
          Duration.ofHours(24),
          20);

  private final Ledger ledger;
  private final Products products;
  private final Polls polls;
  private final int circuits;
  private final int groups;
  private final Random random;
  private final int known;
  private long revision = 100;

  /**
   * Polls with a seed of their own.
   *
   * @param known how many of ten circuits the full ledger knows already
   */
  LedgerPoll(Ledger ledger, LedgerFilling filling, int seed, int known) {
    this.known = known;
    this.ledger = ledger;
    this.products = ProductsFile.read(Path.of("config", "products.yaml"));
    this.polls =
        new Polls(products, 1000, Duration.ofDays(1), Duration.ofMinutes(1), Clock.systemUTC());
    this.circuits = filling.circuits();
    this.groups = filling.groups();
    this.random = new Random(seed);
  }

  /** Seconds for a poll of so many thousands of circuits. */
  double seconds(int pages) {
    long begun = System.nanoTime();
    Poll poll = polls.begin(new PollRequest(LedgerFilling.PRODUCT, Duration.ofDays(1)));
    for (int page = 0; page < pages; page++) {
      Poll read = polls.read(poll, page());
      for (Resource resource : ledger.claim(read).fresh()) {
        decide(read, resource);
      }
    }
    return (System.nanoTime() - begun) / 1e9;
  }

  /** Seconds for one circuit alone. */
  double secondsOfOne() {
    Poll poll = polls.begin(new PollRequest(LedgerFilling.PRODUCT, Duration.ofDays(1)));
    Poll read = polls.read(poll, page(1));
    long begun = System.nanoTime();
    ledger.claim(read).fresh().forEach(resource -> decide(read, resource));
    return (System.nanoTime() - begun) / 1e9;
  }

  private void decide(Poll poll, Resource resource) {
    if (resource.orchState() == OrchState.ACTIVE) {
      ledger.decide(examination(poll, resource, List.of()), List.of(), TIMES);
      return;
    }
    GroupKey key = LedgerFilling.group(LedgerFilling.group(random, groups));
    Examination failed = examination(poll, resource, List.of(occurrence(resource)));
    Alert alert = Alert.of(failed, "lab", Optional.empty(), Clock.systemUTC().instant()).get(0);
    ledger.decide(
        failed,
        List.of(new OwedAlert(alert, key, LedgerFilling.ROOM, Optional.empty(), "")),
        TIMES);
  }

  private Examination examination(Poll poll, Resource resource, List<Occurrence> occurrences) {
    return new Examination(
        poll.id(),
        products.ofType(LedgerFilling.PRODUCT),
        resource,
        TraceSearch.of(resource, false),
        List.of(),
        occurrences,
        Optional.empty(),
        Optional.empty());
  }

  private Occurrence occurrence(Resource resource) {
    return new Occurrence(
        resource.id().value() + "/" + Long.toHexString(random.nextLong()) + "/7",
        new FoundError(FoundError.Source.REASON, "an error of some length", 0, "", "", "", ""),
        new Classification(
            Optional.empty(),
            "A title",
            "",
            Severity.MAJOR,
            "an error",
            "",
            "rules-of-a-bench",
            List.of()));
  }

  private byte[] page() {
    return page(1000);
  }

  private byte[] page(int size) {
    String now = Clock.systemUTC().instant().toString();
    List<String> items = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      int circuit =
          random.nextInt(10) < known
              ? random.nextInt(circuits)
              : circuits + random.nextInt(Integer.MAX_VALUE - circuits);
      items.add(
          ("{\"id\":\"%s\",\"label\":\"%s\",\"orchState\":\"%s\",\"revision\":%d,"
                  + "\"createdAt\":\"%s\",\"updatedAt\":\"%s\"}")
              .formatted(
                  LedgerFilling.resourceId(circuit),
                  LedgerFilling.circuit(circuit),
                  random.nextInt(20) == 0 ? "failed" : "active",
                  revision++,
                  now,
                  now));
    }
    return ("{\"items\":[" + String.join(",", items) + "],\"total\":" + size + "}")
        .getBytes(StandardCharsets.UTF_8);
  }
}
