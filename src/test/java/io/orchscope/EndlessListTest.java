package io.orchscope;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchscope.defect.Examination;
import io.orchscope.mdso.PollRequest;
import io.orchscope.mdso.PollSummary;
import io.orchscope.simulator.Simulator;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of MDSO that have no end, and times in them that cannot be read. */
final class EndlessListTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OLD = "2001-01-01T00:00:00Z";
  private static final int ON_A_PAGE = 10;

  @TempDir private Path folder;

  private int asked;

  /** How a server goes wrong that says there are 100,000 resources and has ten. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ignores offsets",
        "ignores offsets and all are old",
        "new tokens for the same page",
        "new tokens for the same page and all are old",
        "two pages in a circle"
      })
  void leavesAListThatRepeatsItselfAndExaminesWhatItHas(String how) throws Exception {
    String updated = how.contains("old") ? OLD : "2026-11-30T10:00:00Z";
    Function<Interposed.Asked, ObjectNode> pages =
        request -> {
          int number = asked++;
          int first = how.contains("circle") ? number % 2 * ON_A_PAGE : 0;
          ObjectNode page = page(first, updated, 100_000);
          if (how.contains("token")) {
            page.put("nextPageToken", "t" + number);
          }
          return page;
        };

    PollSummary poll = poll(pages, new ArrayList<>());

    System.out.printf(
        "B12 a list of 10 or 20 resources whose total is 100,000 and that %s: requests %d, listed"
            + " %d, too old %d, incomplete %s (%s)%n",
        how, asked, poll.listed(), poll.tooOld(), poll.incomplete(), poll.leftEarly().orElse(""));
    assertThat(asked).isLessThan(12);
    assertThat(poll.listed() + poll.tooOld()).isGreaterThanOrEqualTo(ON_A_PAGE);
    assertThat(poll.incomplete()).isTrue();
    assertThat(poll.leftEarly()).hasValueSatisfying(why -> assertThat(why).contains("repeats"));
  }

  /** Each value stands for updatedAt of one resource; NOW is within the window of the poll. */
  private static final List<String> WRITTEN =
      List.of(
          "\"NOW.123Z\"",
          "\"NOW+0000\"",
          "\"NOW\"",
          "\"NOW.5\"",
          "\"\"",
          "0",
          "\"0\"",
          "-5",
          "\"yesterday\"",
          "null",
          "{}",
          "\"2999-01-01T00:00:00Z\"",
          "\"1970-01-01T00:00:00Z\"",
          "\"NOWz\"",
          "\"NOW,5Z\"",
          "\" NOWZ \"",
          "\"NOW UTC\"",
          "SECONDS",
          "\"SECONDS\"",
          "SECONDS123",
          "\"SECONDS123\"",
          "\"SECONDS123456789\"",
          "true",
          "[1]",
          "1e99");

  @Test
  void examinesAResourceHoweverItsTimeIsWritten() throws Exception {
    Instant now = Instant.now().minusSeconds(60);
    Function<Interposed.Asked, ObjectNode> pages =
        request -> {
          ObjectNode page = page(0, OLD, WRITTEN.size() + 5, WRITTEN.size() + 5);
          for (int i = 0; i < WRITTEN.size(); i++) {
            ObjectNode item = (ObjectNode) page.path("items").get(i);
            item.remove("createdAt");
            item.set(
                "updatedAt",
                node(
                    WRITTEN
                        .get(i)
                        .replace("NOW", now.toString().substring(0, 19))
                        .replace("SECONDS", String.valueOf(now.getEpochSecond()))));
          }
          return page;
        };
    List<Examination> decided = new ArrayList<>();

    List<String> log = new ArrayList<>();
    PollSummary poll = poll(pages, decided, log);

    assertThat(poll.listed()).as(poll.equation()).isEqualTo(WRITTEN.size());
    assertThat(decided)
        .as("%s %s", poll.equation(), log)
        .extracting(examination -> examination.resource().id().value())
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, WRITTEN.size()).mapToObj(i -> "r" + i).toList());
    assertThat(poll.tooOld()).isEqualTo(5);
    assertThat(poll.incomplete()).isFalse();
  }

  @Test
  void saysOnceInAPollThatTimesCannotBeRead() throws Exception {
    Function<Interposed.Asked, ObjectNode> pages =
        request -> {
          boolean isFirst = request.query().contains("offset=0");
          return page(isFirst ? 0 : ON_A_PAGE, "garbage", 2 * ON_A_PAGE);
        };
    List<String> log = new ArrayList<>();

    PollSummary poll = poll(pages, new ArrayList<>(), log);

    assertThat(poll.undated()).isGreaterThanOrEqualTo(2 * ON_A_PAGE);
    assertThat(log).filteredOn(line -> line.contains("cannot be read")).hasSize(1);
  }

  private PollSummary poll(Function<Interposed.Asked, ObjectNode> pages, List<Examination> decided)
      throws Exception {
    return poll(pages, decided, new ArrayList<>());
  }

  private PollSummary poll(
      Function<Interposed.Asked, ObjectNode> pages, List<Examination> decided, List<String> log)
      throws Exception {
    try (Simulator simulator = Running.world(Map.of("resources", "0"));
        Interposed mdso =
            Interposed.before(
                simulator.mdsoUrl(),
                request -> {
                  boolean isList =
                      request.query().contains("exactTypeId=")
                          && request.query().contains("limit=");
                  if (isList) {
                    return Optional.of(json(pages.apply(request)));
                  }
                  // The simulator knows none of the resources.
                  return request.path().endsWith("/dependencies")
                      ? Optional.of(json(page(0, OLD, 0, 0)))
                      : Optional.empty();
                });
        Running running =
            Running.start(
                folder, simulator, Map.of("mdso.url", mdso.url(), "poll.look-back", "24h"))) {
      running.assembly().pollNow(new PollRequest("service_mapper", Duration.ofHours(24)));
      PollSummary poll = running.awaitPoll(1);
      decided.addAll(running.decided());
      log.addAll(running.log().lines());
      return poll;
    }
  }

  private static Interposed.Answer json(ObjectNode body) {
    return new Interposed.Answer(200, Map.of("Content-Type", "application/json"), body.toString());
  }

  private static ObjectNode page(int first, String updated, long total) {
    return page(first, updated, ON_A_PAGE, total);
  }

  private static ObjectNode page(int first, String updated, int size, long total) {
    ObjectNode page = JSON.createObjectNode();
    ArrayNode items = page.putArray("items");
    for (int i = first; i < first + size; i++) {
      ObjectNode item = items.addObject();
      item.put("id", "r" + i);
      item.put("label", "80.L1XX.%06d..TEST".formatted(i));
      item.put("orchState", "failed");
      item.put("reason", "it failed");
      item.put("createdAt", OLD);
      item.put("updatedAt", updated);
    }
    page.put("total", total);
    return page;
  }

  private static JsonNode node(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
