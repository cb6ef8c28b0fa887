package io.orchscope;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.defect.Examination;
import io.orchscope.defect.Outcome;
import io.orchscope.mdso.PollSummary;
import io.orchscope.simulator.LoggedRequest;
import io.orchscope.simulator.Simulator;
import io.orchscope.simulator.Truth;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a poll makes of a neighbour that is busy, broken, slow or talks nonsense. */
final class NeighbourFaultTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "server-error-every, 5, 60s",
    "cut-body-every, 5, 60s",
    "garbage-every, 5, 60s",
    "slow-every, 12, 1s"
  })
  void decidesEveryCircuitRightAlthoughOftenAnAnswerIsNone(
      String fault, String every, String replyTimeout) throws Exception {
    Map<String, String> words = new HashMap<>(Map.of("resources", "60", fault, every));
    words.put("slow-by", "1500ms");
    try (Simulator simulator = Running.world(words);
        Running running =
            Running.start(folder, simulator, Map.of("http.reply-timeout", replyTimeout))) {

      PollSummary poll = running.pollAndSettle();

      assertThat(poll.incomplete()).isFalse();
      assertThat(poll.equation()).startsWith("listed 60 = ").contains("dead-lettered 0");
      assertThat(outcomes(running)).isEqualTo(expected(simulator));
    }
  }

  @Test
  void asksNobodyBeforeTheSecondsOfARetryAfterAreOver() throws Exception {
    Map<String, String> words =
        Map.of("resources", "80", "latency", "100ms", "too-many-every", "30", "retry-after", "2");
    try (Simulator simulator = Running.world(words);
        Running running = Running.start(folder, simulator, Map.of())) {

      PollSummary poll = running.pollAndSettle();

      assertThat(poll.equation()).startsWith("listed 80 = ").contains("dead-lettered 0");
      List<LoggedRequest> all = simulator.requests();
      List<LoggedRequest> refusals = all.stream().filter(each -> each.status() == 429).toList();
      assertThat(refusals).hasSizeGreaterThan(1);
      int port = simulator.mdsoUrl().getPort();
      assertThat(refusals)
          .allSatisfy(
              refusal ->
                  assertThat(
                          running
                              .spans()
                              .early(port, refusal.time(), refusal.time().plusSeconds(2)))
                      .isZero());
    }
  }

  @Test
  void asksNobodyBeforeTheDateOfARetryAfter() throws Exception {
    AtomicInteger lists = new AtomicInteger();
    Instant open = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(25);
    Instant[] until = {open};
    try (Simulator simulator = Running.world(Map.of("resources", "10"));
        Interposed mdso =
            Interposed.before(
                simulator.mdsoUrl(),
                asked -> {
                  if (!asked.isFor("GET", "/resources") || lists.incrementAndGet() > 1) {
                    return Optional.empty();
                  }
                  until[0] = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(4);
                  String date =
                      DateTimeFormatter.RFC_1123_DATE_TIME.format(
                          until[0].atOffset(ZoneOffset.UTC));
                  return Optional.of(
                      new Interposed.Answer(503, Map.of("Retry-After", date), "busy"));
                });
        Running running = Running.start(folder, simulator, Map.of("mdso.url", mdso.url()))) {

      PollSummary poll = running.pollAndSettle();

      assertThat(poll.equation()).startsWith("listed 10 = ");
      Instant refused =
          mdso.asked().stream()
              .filter(asked -> asked.isFor("GET", "/resources"))
              .findFirst()
              .orElseThrow()
              .time();
      assertThat(mdso.asked())
          .noneMatch(asked -> asked.time().isAfter(refused) && asked.time().isBefore(until[0]));
    }
  }

  @Test
  void doesNotWaitForANeighbourThatAsksForTooMuch() throws Exception {
    try (Simulator simulator = Running.world(Map.of("resources", "10"));
        Interposed mdso =
            Interposed.before(
                simulator.mdsoUrl(),
                asked ->
                    asked.isFor("GET", "/resources")
                        ? Optional.of(
                            new Interposed.Answer(429, Map.of("Retry-After", "86400"), "busy"))
                        : Optional.empty());
        Running running = Running.start(folder, simulator, Map.of("mdso.url", mdso.url()))) {

      PollSummary poll = running.pollAndSettle();

      assertThat(poll.incomplete()).isTrue();
      assertThat(lists(mdso)).hasSize(1);
      assertThat(simulator.openTokens()).isZero();
    }
  }

  @Test
  void triesAsOftenAsTheSettingsSay() throws Exception {
    try (Simulator simulator = Running.world(Map.of("resources", "10"));
        Interposed mdso =
            Interposed.before(
                simulator.mdsoUrl(),
                asked ->
                    asked.isFor("GET", "/resources")
                        ? Optional.of(Interposed.Answer.of(500))
                        : Optional.empty());
        Running running =
            Running.start(
                folder, simulator, Map.of("mdso.url", mdso.url(), "retry.attempts", "4"))) {

      PollSummary poll = running.pollAndSettle();

      assertThat(poll.incomplete()).isTrue();
      assertThat(lists(mdso)).hasSize(5);
      assertThat(running.log().lines())
          .anyMatch(
              line ->
                  line.startsWith("ERROR A poll failed") && line.contains("HTTP 500 from http"));
    }
  }

  @Test
  void triesAgainAlsoAfterMdsoHasRefusedToCount() throws Exception {
    AtomicInteger lists = new AtomicInteger();
    try (Simulator simulator = Running.world(Map.of("resources", "10", "fail-count", "true"));
        Interposed mdso =
            Interposed.before(
                simulator.mdsoUrl(),
                asked ->
                    asked.isFor("GET", "/resources") && lists.incrementAndGet() < 3
                        ? Optional.of(Interposed.Answer.of(503))
                        : Optional.empty());
        Running running = Running.start(folder, simulator, Map.of("mdso.url", mdso.url()))) {

      PollSummary poll = running.pollAndSettle();

      assertThat(poll.incomplete()).isFalse();
      assertThat(poll.equation()).startsWith("listed 10 = ");
    }
  }

  @Test
  void triesEachPageAsOftenAsTheFirst() throws Exception {
    Map<String, String> words = Map.of("resources", "60", "server-error-every", "3");
    try (Simulator simulator = Running.world(words);
        Running running = Running.start(folder, simulator, Map.of("poll.page-size", "4"))) {

      PollSummary poll = running.pollAndSettle();

      assertThat(simulator.count("fault.server-error")).isGreaterThan(20);
      assertThat(poll.incomplete()).isFalse();
      assertThat(poll.equation()).startsWith("listed 60 = ");
    }
  }

  @Test
  void survivesALogInThatFailsOnce() throws Exception {
    AtomicInteger logIns = new AtomicInteger();
    try (Simulator simulator = Running.world(Map.of("resources", "10"));
        Interposed mdso =
            Interposed.before(
                simulator.mdsoUrl(),
                asked ->
                    asked.isFor("POST", "/tokens") && logIns.incrementAndGet() == 1
                        ? Optional.of(Interposed.Answer.of(503))
                        : Optional.empty());
        Running running = Running.start(folder, simulator, Map.of("mdso.url", mdso.url()))) {

      PollSummary poll = running.pollAndSettle();

      assertThat(poll.incomplete()).isFalse();
      assertThat(poll.equation()).startsWith("listed 10 = ");
      assertThat(logIns).hasValue(2);
    }
  }

  @Test
  void goesOnWhereMdsoDoesNotCountForUs() throws Exception {
    try (Simulator simulator = Running.world(Map.of("resources", "10", "fail-count", "true"));
        Running running = Running.start(folder, simulator, Map.of())) {

      PollSummary poll = running.pollAndSettle();

      assertThat(poll.equation()).startsWith("listed 10 = ");
      assertThat(poll.incomplete()).isFalse();
      assertThat(running.requests("GET", "/count")).hasSize(1);
    }
  }

  @Test
  void givesACircuitUpThatMdsoFailsAtAndGoesOnWithTheOthers() throws Exception {
    try (Simulator simulator = Running.world(Map.of("resources", "12"))) {
      String unlucky = simulator.truths().findFirst().orElseThrow().resourceId();
      boolean[] broken = {true};
      try (Interposed mdso =
              Interposed.before(
                  simulator.mdsoUrl(),
                  asked ->
                      broken[0] && asked.query().contains(unlucky)
                          ? Optional.of(Interposed.Answer.of(500))
                          : Optional.empty());
          Running running = Running.start(folder, simulator, Map.of("mdso.url", mdso.url()))) {
        PollSummary poll = running.pollAndSettle();
        long keptThen = running.deadLetters();

        broken[0] = false;
        PollSummary next = running.pollAndSettle();

        assertThat(poll.equation()).startsWith("listed 12 = ").contains("dead-lettered 1");
        assertThat(keptThen).isEqualTo(1);
        assertThat(next.of(Outcome.DEAD_LETTERED)).isZero();
        assertThat(running.decided())
            .anyMatch(examination -> examination.resource().id().value().equals(unlucky));
        assertThat(running.deadLetters()).isZero();
      }
    }
  }

  private static List<Interposed.Asked> lists(Interposed mdso) {
    return mdso.asked().stream().filter(asked -> asked.isFor("GET", "/resources")).toList();
  }

  private static Map<String, String> outcomes(Running running) {
    return running.decided().stream()
        .collect(
            Collectors.toMap(
                examination -> examination.resource().id().value(),
                NeighbourFaultTest::outcome,
                (one, other) -> one + " and again " + other));
  }

  private static String outcome(Examination examination) {
    return examination.outcome().word() + " " + examination.search().attempts().isEmpty();
  }

  /** Of a world without faults. */
  private static Map<String, String> expected(Simulator simulator) {
    return simulator
        .truths()
        .collect(Collectors.toMap(Truth::resourceId, NeighbourFaultTest::outcomeOf));
  }

  private static String outcomeOf(Truth truth) {
    boolean lost = truth.trace() == Truth.Trace.LOST || truth.trace() == Truth.Trace.NONE;
    String word = truth.fails() ? "defective" : lost ? "unreadable" : "healthy";
    return word + " " + lost;
  }
}
