package io.orchscope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.orchscope.defect.Outcome;
import io.orchscope.mdso.PollSummary;
import io.orchscope.simulator.LoggedRequest;
import io.orchscope.simulator.Simulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The traces of polls, circuits and alerts, as a backend would get them. */
final class TracingTest {

  private static final AttributeKey<String> LINK_TYPE = AttributeKey.stringKey("mdso.link.type");
  private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("camel.route");

  @TempDir private Path folder;

  // poll-now
  //   run-poll
  //     begin-poll, name-poll, note-poll
  //     learn-count                      how many are there?
  //       fetch-count
  //         try-mdso
  //           get-ready ─ … ─ renew-token ─ log-in ─ … ─ post-credentials ─ POST
  //           get-from-mdso ─ GET
  //     turn-pages
  //       take-page
  //         fetch-page ─ try-mdso ─ … ─ get-from-mdso ─ GET
  //         parse-page, drop-unchanged, queue-circuits (nothing below), turn-page
  //     end-list, await-circuits
  //     end-session ─ every-token ─ delete-token ─ DELETE
  //     end-poll ─ send-alert ─ …        what could not be examined is told
  @Test
  void tellsAPollAsOneTraceOfItsSteps() throws Exception {
    try (Simulator simulator = Running.world(Map.of("resources", "3"));
        Running running = Running.start(folder, simulator, Map.of())) {

      running.pollAndSettle();

      String traceId = running.spans().named("end-poll").get(0).getTraceId();
      assertThat(running.spans().tree(traceId)).isEqualTo(drawn("poll-of-three-circuits.txt"));
    }
  }

  // examine-circuit                          root, linked to the poll
  //   read-resource, begin-examination
  //   look-for-trace
  //     try-look-up
  //       ask-for-trace ─ try-mdso ─ … ─ get-from-mdso ─ GET
  //       parse-trace
  //   find-error
  //   classify-error                         ● error_classified
  //   keep-what-is-worth-keeping ─ archive-evidence ─ write-evidence    ● log_archived
  //   record-decision
  //   keep-those-with-an-error ─ raise-alerts ─ … ─ enqueue-alert
  //     alerts
  //       choose-channel ─ post-to-room ─ … ─ post-to-webex ─ POST
  //       note-alert-sent                    ● alert_sent
  @Test
  void tellsACircuitFromItsLookUpToItsMessageAsOneTrace() throws Exception {
    Map<String, String> words = Map.of("resources", "1", "failures", "100%");
    try (Simulator simulator = Running.world(words);
        Running running = Running.start(folder, simulator, Map.of("alerts.channel", "webex"))) {

      running.pollAndSettle();

      assertThat(simulator.messages()).hasSize(1);
      String traceId = running.spans().named("mdso.circuit").get(0).getTraceId();
      assertThat(running.spans().tree(traceId)).isEqualTo(drawn("circuit-with-a-message.txt"));
    }
  }

  @Test
  void startsATraceForEachOfManyCircuitsLinkedToTheirPoll() throws Exception {
    Map<String, String> words = Map.of("resources", "200", "latency", "5ms");
    try (Simulator simulator = Running.world(words);
        Running running = Running.start(folder, simulator, Map.of("circuits.at-once", "32"))) {

      PollSummary poll = running.pollAndSettle();

      String pollTrace = running.spans().named("poll-now").get(0).getTraceId();
      List<SpanData> roots = running.spans().named("mdso.circuit");
      assertThat(poll.listed()).isEqualTo(200);
      assertThat(running.spans().orphans()).isEmpty();
      assertThat(running.spans().traces()).hasSize(201);
      assertThat(roots).hasSize(200);
      assertThat(roots)
          .allSatisfy(
              root -> {
                assertThat(root.getParentSpanContext().isValid()).isFalse();
                assertThat(root.getLinks())
                    .filteredOn(link -> "poll".equals(link.getAttributes().get(LINK_TYPE)))
                    .extracting(link -> link.getSpanContext().getTraceId())
                    .containsExactly(pollTrace);
                assertThat(root.getAttributes().asMap().keySet())
                    .extracting(AttributeKey::getKey)
                    .contains("poll.id", "product.type", "mdso.server", "environment");
              });
      List<SpanData> ofPoll = running.spans().traces().get(pollTrace);
      assertThat(ofPoll).hasSizeLessThan(200);
      assertThat(ofPoll).noneMatch(span -> "mdso.circuit".equals(span.getAttributes().get(ROUTE)));
    }
  }

  @Test
  void givesEachPollATraceOfItsOwnOnTheSameThreads() throws Exception {
    try (Simulator simulator = Running.world(Map.of("resources", "5"));
        Running running = Running.start(folder, simulator, Map.of("polls.at-once", "1"))) {

      for (int i = 0; i < 4; i++) {
        running.pollAndSettle();
      }

      List<SpanData> roots = running.spans().named("poll-now");
      assertThat(roots).hasSize(4);
      assertThat(roots).extracting(SpanData::getTraceId).doesNotHaveDuplicates();
      assertThat(roots).noneMatch(root -> root.getParentSpanContext().isValid());
      assertThat(running.spans().orphans()).isEmpty();
    }
  }

  @Test
  void putsEachEventOnTheStepThatItIsAbout() throws Exception {
    Map<String, String> words = Map.of("resources", "6", "failures", "100%");
    try (Simulator simulator = Running.world(words);
        Running running = Running.start(folder, simulator, Map.of("alerts.channel", "webex"))) {

      running.pollAndSettle();

      Map<String, Set<String>> stepsOfEvents =
          running.spans().settled().stream()
              .flatMap(
                  span ->
                      span.getEvents().stream()
                          .map(event -> Map.entry(event.getName(), span.getName())))
              .collect(
                  Collectors.groupingBy(
                      Map.Entry::getKey,
                      Collectors.mapping(Map.Entry::getValue, Collectors.toSet())));
      assertThat(stepsOfEvents)
          .isEqualTo(
              Map.of(
                  "token_acquired", Set.of("keep-token"),
                  "token_deleted", Set.of("note-token-deleted"),
                  "error_classified", Set.of("classify-error"),
                  "directory_created", Set.of("write-evidence"),
                  "log_archived", Set.of("write-evidence"),
                  "alert_sent", Set.of("note-alert-sent")));
    }
  }

  // ask-for-trace
  //   try-mdso        ERROR ● exception
  //     get-from-mdso ERROR ● exception
  //       GET         ERROR
  //   try-mdso
  //     get-from-mdso
  //       GET
  @Test
  void showsAFailedAttemptAsFailedAndNothingElseWhenTheNextOneSucceeds() throws Exception {
    AtomicInteger traces = new AtomicInteger();
    try (Simulator simulator = Running.world(Map.of("resources", "1", "failures", "100%"));
        Interposed mdso =
            Interposed.before(
                simulator.mdsoUrl(),
                asked ->
                    asked.query().contains("TraceLog") && traces.incrementAndGet() == 1
                        ? Optional.of(Interposed.Answer.of(503))
                        : Optional.empty());
        Running running = Running.start(folder, simulator, Map.of("mdso.url", mdso.url()))) {

      running.pollAndSettle();

      String traceId = running.spans().named("mdso.circuit").get(0).getTraceId();
      List<SpanData> trace = Objects.requireNonNull(running.spans().traces().get(traceId));
      SpanData asks = named(trace, "ask-for-trace").get(0);
      assertThat(named(trace, "try-mdso"))
          .extracting(SpanData::getParentSpanId)
          .containsExactly(asks.getSpanId(), asks.getSpanId());
      assertThat(failed(trace))
          .containsExactlyInAnyOrder(
              "try-mdso", "get-from-mdso", "GET /bpocore/market/api/v1/resources");
      assertThat(named(trace, "get-from-mdso").get(0).getEvents())
          .extracting(EventData::getName)
          .containsExactly("exception");
      assertThat(named(trace, "mdso.circuit").get(0).getStatus().getStatusCode())
          .isEqualTo(StatusCode.UNSET);
      assertThat(running.spans().orphans()).isEmpty();
    }
  }

  @Test
  void keepsACircuitThatABugStopsAndItsPollInBalance() throws Exception {
    Path routes = Running.copyOfRoutes(folder);
    Path examine = routes.resolve("examine-circuit.camel.yaml");
    Files.writeString(
        examine,
        Files.readString(examine)
            .replace(
                "        - loop:\n            id: look-for-trace",
                "        - throwException:\n            id: be-a-bug\n"
                    + "            exceptionType: java.lang.IllegalStateException\n"
                    + "            message: a bug\n"
                    + "        - loop:\n            id: look-for-trace"));
    try (Simulator simulator = Running.world(Map.of("resources", "4"));
        Running running = Running.start(folder, routes, simulator, Map.of())) {

      PollSummary poll = running.pollAndSettle();

      assertThat(poll.incomplete()).isFalse();
      assertThat(poll.isBalanced()).isTrue();
      assertThat(poll.of(Outcome.DEAD_LETTERED)).isEqualTo(4);
      assertThat(running.spans().named("be-a-bug"))
          .allSatisfy(
              span -> assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR));
      assertThat(running.spans().named("begin-examination"))
          .allSatisfy(
              span -> assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET));
      assertThat(running.spans().named("mdso.circuit"))
          .allSatisfy(
              root -> assertThat(root.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR));
    }
  }

  @Test
  void endsEverySpanOfAPollThatIsStoppedInItsMiddleWhereItBelongs() throws Exception {
    Map<String, String> words = Map.of("resources", "60", "latency", "30ms");
    SpanKeeper spans;
    try (Simulator simulator = Running.world(words)) {
      try (Running running = Running.start(folder, simulator, Map.of("circuits.at-once", "2"))) {
        running.beginPoll("service_mapper");
        spans = running.spans();
        await().atMost(Duration.ofMinutes(2)).until(() -> spans.hasSeen("record-decision"));
      }

      assertThat(spans.orphans()).isEmpty();
      assertThat(spans.named("mdso.circuit"))
          .hasSameSizeAs(spans.named("record-decision"))
          .hasSizeBetween(2, 59);
      assertThat(spans.named("record-decision"))
          .extracting(SpanData::getParentSpanId)
          .containsExactlyInAnyOrderElementsOf(
              spans.named("mdso.circuit").stream().map(SpanData::getSpanId).toList());
      assertThat(spans.named("end-poll"))
          .extracting(SpanData::getParentSpanId)
          .containsExactly(spans.named("begin-poll").get(0).getParentSpanId());
    }
  }

  @Test
  void putsTheTraceOnTheLinesOfTheLog() throws Exception {
    try (Simulator simulator = Running.world(Map.of("resources", "2"));
        Running running = Running.start(folder, simulator, Map.of())) {

      running.pollAndSettle();

      SpanData endPoll = running.spans().named("end-poll").get(0);
      Map<String, String> marks =
          running.log().events().stream()
              .filter(event -> event.getFormattedMessage().startsWith("A poll has ended."))
              .findFirst()
              .orElseThrow()
              .getMDCPropertyMap();
      assertThat(marks)
          .containsEntry("trace_id", endPoll.getTraceId())
          .containsEntry("span_id", endPoll.getSpanId());
    }
  }

  @Test
  void keepsTheTraceOfAPollSmallHoweverManyPagesItReads() throws Exception {
    try (Simulator simulator = Running.world(Map.of("resources", "200"));
        Running running = Running.start(folder, simulator, Map.of("poll.page-size", "1"))) {

      PollSummary summary = running.pollAndSettle();

      String traceId = running.spans().named("end-poll").get(0).getTraceId();
      List<SpanData> poll = running.spans().traces().getOrDefault(traceId, List.of());
      assertThat(summary.listed()).isEqualTo(200);
      assertThat(poll.size()).isBetween(50, 200);
      assertThat(named(poll, "mdso.api.get_resources")).hasSize(8);
      assertThat(named(poll, "poll-now").get(0).getAttributes().asMap())
          .containsKey(AttributeKey.longKey("mdso.spans.withheld"));
      assertThat(running.spans().orphans()).isEmpty();
    }
  }

  @Test
  void letsTheBaggageOfAPollTravelToItsCircuitsAndNotToThoseOfTheNext() throws Exception {
    Map<String, String> words =
        Map.of("resources", "20", "products", "ServiceMapper,Compliance", "latency", "2ms");
    try (Simulator simulator = Running.world(words);
        Running running = Running.start(folder, simulator, Map.of("circuits.at-once", "2"))) {

      running.pollAndSettle();
      running.poll("compliance");

      Set<String> types = new HashSet<>();
      assertThat(running.surroundings())
          .isNotEmpty()
          .allSatisfy(
              around -> {
                assertThat(around.baggage().getEntryValue("poll.id")).isEqualTo(around.pollId());
                assertThat(around.baggage().asMap().keySet())
                    .containsExactlyInAnyOrder(
                        "poll.id", "product.type", "mdso.server", "time.range", "environment");
                assertThat(around.span().isValid()).isTrue();
                types.add(String.valueOf(around.baggage().getEntryValue("product.type")));
              });
      assertThat(types).containsExactlyInAnyOrder("service_mapper", "compliance");
      assertThat(running.surroundings())
          .extracting(around -> around.span().getSpanId())
          .isSubsetOf(
              running.spans().named("record-decision").stream().map(SpanData::getSpanId).toList());
    }
  }

  @Test
  void tellsNoNeighbourOfTracesOrBaggage() throws Exception {
    try (Simulator simulator = Running.world(Map.of("resources", "10", "failures", "100%"));
        Running running = Running.start(folder, simulator, Map.of("alerts.channel", "webex"))) {

      running.pollAndSettle();

      Set<String> names =
          simulator.requests().stream()
              .map(LoggedRequest::headers)
              .flatMap(headers -> headers.keySet().stream())
              .collect(Collectors.toSet());
      assertThat(simulator.messages()).isNotEmpty();
      assertThat(names)
          .containsExactlyInAnyOrder(
              "accept-encoding",
              "authorization",
              "connection",
              "content-length",
              "content-type",
              "host",
              "user-agent");
    }
  }

  private static List<SpanData> named(List<SpanData> trace, String name) {
    return trace.stream().filter(span -> span.getName().equals(name)).toList();
  }

  private static List<String> failed(List<SpanData> trace) {
    return trace.stream()
        .filter(span -> span.getStatus().getStatusCode() == StatusCode.ERROR)
        .map(SpanData::getName)
        .toList();
  }

  private static String drawn(String name) throws Exception {
    return Files.readString(Path.of("src/test/resources/io/orchscope", name));
  }
}
