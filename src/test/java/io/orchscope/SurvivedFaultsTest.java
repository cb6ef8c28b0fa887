package io.orchscope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orchscope.defect.Examination;
import io.orchscope.defect.Outcome;
import io.orchscope.mdso.PollSummary;
import io.orchscope.simulator.PostedMessage;
import io.orchscope.simulator.Simulator;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What neighbours do wrong all at once, with a line of figures for each kind. */
final class SurvivedFaultsTest {

  /** Rounds of 50 ms at least, in each of which a message could be tried again. */
  private static final int ROUNDS = 30;

  @TempDir private Path folder;

  @Test
  void losesNothingWhenTokensEndWhilePagingAndLaterAndLogInsAreSlow() throws Exception {
    Map<String, String> words =
        Map.of("resources", "120", "latency", "20ms", "unauthorized-after-lists", "3");
    try (Simulator simulator = Running.world(words);
        Interposed mdso =
            Interposed.before(simulator.mdsoUrl(), slowLogInsAndARevocation(simulator));
        Running running = Running.start(folder, simulator, Map.of("mdso.url", mdso.url()))) {

      PollSummary poll = running.poll();

      List<String> pages =
          mdso.asked().stream()
              .filter(asked -> asked.query().startsWith("exactTypeId="))
              .map(Interposed.Asked::query)
              .toList();
      long again = pages.size() - pages.stream().distinct().count();
      long lost = simulator.truths().count() - ids(running).size();
      System.out.printf(
          "F3 tokens-ended=2 log-ins=%d pages=%d pages-again=%d lost=%d%n",
          running.logIns(), pages.size(), again, lost);
      assertThat(running.logIns()).isEqualTo(3);
      assertThat(again).isLessThanOrEqualTo(2);
      assertThat(poll.equation()).startsWith("listed 120 = ").contains("dead-lettered 0");
      assertThat(lost).isZero();
    }
  }

  /** Takes the tokens away when about half of the circuits are decided. */
  private static Function<Interposed.Asked, Optional<Interposed.Answer>> slowLogInsAndARevocation(
      Simulator simulator) {
    AtomicInteger traces = new AtomicInteger();
    return asked -> {
      if (asked.isFor("POST", "/tokens")) {
        sleep(Duration.ofSeconds(2));
      }
      if (asked.query().contains("TraceLog") && traces.incrementAndGet() == 60) {
        simulator.revokeTokens();
      }
      return Optional.empty();
    };
  }

  @Test
  void asksNeitherNeighbourBeforeTheTimeThatItNamedHoweverItDoes() throws Exception {
    Map<String, String> words = Map.of("resources", "60", "failures", "10%");
    took(folder.resolve("cold"), words);
    Duration usual = took(folder.resolve("usual"), words);
    try (Simulator simulator = Running.world(words);
        Busy busyMdso = new Busy(simulator.mdsoUrl(), 12);
        Busy busyWebex = new Busy(simulator.webexUrl(), 2);
        Running running =
            Running.start(
                folder.resolve("busy"),
                simulator,
                Map.of(
                    "mdso.url",
                    busyMdso.server.url(),
                    "webex.url",
                    busyWebex.server.url() + "/v1",
                    "alerts.channel",
                    "webex"))) {

      PollSummary poll = running.pollAndSettle();

      Duration asked = busyMdso.quiet();
      long early = busyMdso.early(running.spans()) + busyWebex.early(running.spans());
      double overhead =
          100.0 * poll.took().minus(asked).minus(usual).toMillis() / poll.took().toMillis();
      System.out.printf(
          "F4 refusals mdso=%d webex=%d early-requests=%d poll=%.1fs asked-to-wait=%.1fs"
              + " without=%.1fs delay-overhead=%.0f%%%n",
          busyMdso.refusals.size(),
          busyWebex.refusals.size(),
          early,
          seconds(poll.took()),
          seconds(asked),
          seconds(usual),
          overhead);
      assertThat(busyMdso.refusals).hasSizeGreaterThan(3);
      assertThat(busyWebex.refusals).hasSizeGreaterThan(1);
      assertThat(early).isZero();
      assertThat(poll.equation()).startsWith("listed 60 = ").contains("dead-lettered 0");
      assertThat(simulator.messages()).isNotEmpty();
      assertThat(running.deadLetters()).isZero();
    }
  }

  private static Duration took(Path own, Map<String, String> words) throws Exception {
    try (Simulator simulator = Running.world(words);
        Running running = Running.start(own, simulator, Map.of())) {
      return running.pollAndSettle().took();
    }
  }

  /** Refuses every so many questions for a while, in each of the ways that there are. */
  private static final class Busy implements AutoCloseable {

    private record Refusal(Instant time, Instant until) {}

    private final AtomicInteger asked = new AtomicInteger();
    private final Queue<Refusal> refusals = new ConcurrentLinkedQueue<>();
    private final Interposed server;
    private final int every;

    Busy(URI neighbour, int every) throws Exception {
      this.every = every;
      this.server = Interposed.before(neighbour, question -> refuse());
    }

    private Optional<Interposed.Answer> refuse() {
      int number = asked.incrementAndGet();
      if (number % every != 0) {
        return Optional.empty();
      }
      int way = number / every;
      Instant now = Instant.now();
      boolean byDate = way % 2 == 0;
      Instant until =
          byDate ? now.truncatedTo(ChronoUnit.SECONDS).plusSeconds(2) : now.plusSeconds(1);
      refusals.add(new Refusal(now, until));
      String word =
          byDate
              ? DateTimeFormatter.RFC_1123_DATE_TIME.format(until.atOffset(ZoneOffset.UTC))
              : "1";
      return Optional.of(
          new Interposed.Answer(way % 4 < 2 ? 429 : 503, Map.of("Retry-After", word), "busy"));
    }

    /** Requests that were begun although the answer that forbids them had been read. */
    long early(SpanKeeper spans) {
      int port = URI.create(server.url()).getPort();
      return refusals.stream()
          .mapToLong(refusal -> spans.early(port, refusal.time(), refusal.until()))
          .sum();
    }

    /** How long nobody was to ask anything, overlaps counted once. */
    Duration quiet() {
      Duration sum = Duration.ZERO;
      Instant end = Instant.MIN;
      for (Refusal refusal : refusals) {
        Instant from = refusal.time().isAfter(end) ? refusal.time() : end;
        if (refusal.until().isAfter(from)) {
          sum = sum.plus(Duration.between(from, refusal.until()));
          end = refusal.until();
        }
      }
      return sum;
    }

    @Override
    public void close() {
      server.close();
    }
  }

  @Test
  void keepsEveryAlertWhileWebexRefusesOurTokenAndSaysSo() throws Exception {
    AtomicBoolean refused = new AtomicBoolean(true);
    Map<String, String> words = new HashMap<>(Map.of("resources", "20", "failures", "100%"));
    words.put("products", "ServiceMapper,cpeActivator");
    try (Simulator simulator = Running.world(words);
        Interposed webex =
            Interposed.before(
                simulator.webexUrl(),
                asked ->
                    refused.get()
                        ? Optional.of(Interposed.Answer.of(401, "{\"message\":\"no\"}"))
                        : Optional.empty());
        Running running =
            Running.start(
                folder,
                simulator,
                Map.of(
                    "webex.url", webex.url() + "/v1",
                    "alerts.channel", "webex",
                    "alerts.group-wait", "50ms",
                    "observe.listen", "127.0.0.1:0"))) {
      long failures = running.poll().of(Outcome.DEFECTIVE);
      failures += running.poll("cpe_activator").of(Outcome.DEFECTIVE);
      await().atMost(Duration.ofMinutes(2)).until(() -> !webex.asked().isEmpty());
      running.awaitRounds(ROUNDS);
      int asked = webex.asked().size();
      String health = HealthPageTest.ready(running);
      long dead = running.deadLetters();

      refused.set(false);
      Instant corrected = Instant.now();
      running.assembly().awaitAlerts(Duration.ofMinutes(3));

      long told = running.told();
      System.out.printf(
          "F10 token refused: requests-meanwhile=%d dead-letters=%d; corrected: %d of %d failures"
              + " told in %d messages after %.1fs%n",
          asked,
          dead,
          told,
          failures,
          simulator.messages().size(),
          seconds(Duration.between(corrected, Instant.now())));
      assertThat(asked).isLessThanOrEqualTo(2);
      assertThat(dead).isZero();
      assertThat(health).contains("our token is refused");
      assertThat(told).isEqualTo(failures);
      assertThat(simulator.messages()).extracting(PostedMessage::body).doesNotHaveDuplicates();
      assertThat(running.log().lines())
          .filteredOn(line -> line.startsWith("ERROR"))
          .singleElement()
          .asString()
          .startsWith("ERROR Webex refuses our token");
    }
  }

  private static Set<String> ids(Running running) {
    return running.decided().stream()
        .map(Examination::resource)
        .map(resource -> resource.id().value())
        .collect(Collectors.toSet());
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }
}
