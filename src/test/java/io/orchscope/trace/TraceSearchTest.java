package io.orchscope.trace;

import static io.orchscope.trace.TraceSamples.CIRCUIT;
import static io.orchscope.trace.TraceSamples.ID;
import static io.orchscope.trace.TraceSamples.fixture;
import static io.orchscope.trace.TraceSamples.resource;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.orchscope.trace.TraceSearch.Lookup;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the look-ups follow each other, and what the search says when it is over. */
final class TraceSearchTest {

  private static final String TYPE = "resourceTypeId=tosca.resourceTypes.TraceLog";
  private static final String FIRST_PAGE = "&offset=0&limit=20";
  private static final String TRACE_LOG = "6b1d0c2e-0000-11ee-9000-00000000000";

  private final TraceSearch begun = TraceSearch.of(resource(ID, CIRCUIT), true);

  @Test
  void asksFourLookUpsOneAfterTheOther() {
    TraceSearch label = begun.read(fixture("empty.json"));
    TraceSearch name = label.read(fixture("empty.json"));
    TraceSearch dependencies = name.read(fixture("empty.json"));
    TraceSearch over = dependencies.read(fixture("empty.json"));

    assertThat(asked(begun))
        .isEqualTo("/resources?" + TYPE + "&q=properties.origination_id:" + ID + FIRST_PAGE);
    assertThat(asked(label))
        .isEqualTo("/resources?" + TYPE + "&p=label:" + CIRCUIT + ".orch_trace" + FIRST_PAGE);
    assertThat(asked(name))
        .isEqualTo("/resources?" + TYPE + "&q=properties.circuit_name:" + CIRCUIT + FIRST_PAGE);
    assertThat(asked(dependencies))
        .isEqualTo("/resources/" + ID + "/dependencies?" + TYPE + FIRST_PAGE);
    assertThat(over.isOpen()).isFalse();
    assertThat(over.foundBy()).isEmpty();
    assertThat(over.unreadable()).contains("no-trace: no look-up found a TraceLog");
  }

  @Test
  void looksForNothingWhereTheProductOwnsNoTrace() {
    TraceSearch search = TraceSearch.of(resource(ID, CIRCUIT), false);

    assertThat(search.isOpen()).isFalse();
    assertThat(search.unreadable()).isEmpty();
    assertThat(search.read(fixture("empty.json"))).isSameAs(search);
    assertThatIllegalStateException().isThrownBy(search::path);
    assertThatIllegalStateException().isThrownBy(search::query);
  }

  @Test
  void closesWithTheFirstLookUpThatBringsSomething() {
    TraceSearch over =
        begun.read(fixture("empty.json")).read(fixture("later-entries-wrap-the-root-cause.json"));

    assertThat(over.isOpen()).isFalse();
    assertThat(over.foundBy()).contains(Lookup.LABEL);
    assertThat(over.unreadable()).isEmpty();
  }

  @Test
  void saysNothingOfATraceWhileItLooks() {
    assertThat(begun.unreadable()).isEmpty();
  }

  @Test
  void takesTheAttemptThatStartedLast() {
    TraceSearch over = begun.read(fixture("three-attempts-the-newest-in-the-middle.json"));

    assertThat(ids(over)).containsExactly(TRACE_LOG + 2, TRACE_LOG + 3, TRACE_LOG + 1);
    assertThat(over.newest().map(OrchestrationTrace::resourceId)).contains(TRACE_LOG + 2);
  }

  @Test
  void ordersAttemptsByCreationWhereStartsAreEqualOrMissing() {
    TraceSearch over = begun.read(fixture("attempts-with-equal-and-missing-starts.json"));

    assertThat(ids(over))
        .containsExactly(
            TRACE_LOG + 3,
            TRACE_LOG + 2,
            TRACE_LOG + 6,
            TRACE_LOG + 1,
            TRACE_LOG + 5,
            TRACE_LOG + 4);
  }

  @Test
  void followsALookUpFromPageToPage() {
    TraceSearch second = begun.read(fixture("first-page-of-three.json"));
    TraceSearch last = second.read(fixture("second-page-of-three.json"));
    TraceSearch over = last.read(fixture("last-page-of-three.json"));

    assertThat(second.query()).endsWith(ID + "&offset=2&limit=20");
    assertThat(last.query()).endsWith(ID + "&offset=4&limit=20");
    assertThat(over.isOpen()).isFalse();
    assertThat(over.attempts()).hasSize(5);
    assertThat(over.newest().map(OrchestrationTrace::resourceId)).contains(TRACE_LOG + 3);
    assertThat(over.unreadable()).isEmpty();
  }

  @Test
  void followsATokenWhereNoTotalIsGiven() {
    TraceSearch next = begun.read(replyWith("\"nextPageToken\":\"opaque\"", "a"));

    assertThat(next.query()).endsWith("&offset=1&limit=20");
    assertThat(next.read(replyWith("\"nextPageToken\":null", "b")).isOpen()).isFalse();
  }

  @Test
  void stopsAtAPageThatIsRepeated() {
    byte[] page = replyWith("\"total\":1000", "a");

    TraceSearch over = begun.read(page).read(page);

    assertThat(over.isOpen()).isFalse();
    assertThat(over.attempts()).hasSize(1);
  }

  @Test
  void stopsAtAnEmptyPageWhateverItAnnounces() {
    TraceSearch over =
        begun
            .read(replyWith("\"total\":1000", "a"))
            .read("{\"items\":[],\"total\":1000,\"nextPageToken\":\"x\"}".getBytes(UTF_8));

    assertThat(over.isOpen()).isFalse();
  }

  @Test
  void leavesTheRestUnreadAfterTenPagesAndSaysSo() {
    TraceSearch search = begun;
    int calls = 0;
    while (search.isOpen()) {
      search = search.read(replyWith("\"total\":1000", "id-" + calls++));
    }

    assertThat(calls).isEqualTo(10);
    assertThat(search.newest()).isPresent();
    assertThat(search.unreadable())
        .contains("incomplete: origination-id: more than 10 pages, the rest is unread");
  }

  @Test
  void distrustsAttemptsWhoseLaterPageIsGarbled() {
    TraceSearch over =
        begun.read(fixture("first-page-of-three.json")).read("<html>".getBytes(UTF_8));

    assertThat(over.isOpen()).isFalse();
    assertThat(over.attempts()).hasSize(2);
    assertThat(over.unreadable())
        .contains("incomplete: origination-id: the reply is not JSON from byte 0 on");
  }

  @Test
  void asksTheNextLookUpAfterAGarbledReply() {
    TraceSearch next = begun.read(fixture("an-error-body.json"));
    TraceSearch over = next.read(fixture("later-entries-wrap-the-root-cause.json"));

    assertThat(next.query()).contains("p=label:");
    assertThat(over.unreadable()).isEmpty();
    assertThat(over.garbled()).contains("origination-id: the reply is no list: it has no items");
  }

  @Test
  void isGarbledWhereNoReplyCouldBeRead() {
    TraceSearch search = begun;
    while (search.isOpen()) {
      search = search.read(fixture("items-that-are-no-objects.json"));
    }

    assertThat(search.newest()).isEmpty();
    assertThat(search.whyUnreadable().map(Unreadable::reason)).contains(Unreadable.Reason.GARBLED);
    assertThat(search.unreadable().orElse(""))
        .startsWith("garbled: origination-id: 4 items are not objects; label: 4 items");
  }

  @Test
  void countsAUsableAttemptBesideGarbledOnes() {
    TraceSearch over = begun.read(fixture("garbled-attempts-beside-a-usable-one.json"));

    assertThat(over.attempts()).hasSize(4);
    assertThat(over.newest().map(OrchestrationTrace::resourceId)).contains(TRACE_LOG + 4);
    assertThat(over.unreadable()).isEmpty();
    assertThat(over.garbledAttempts()).containsExactly(TRACE_LOG + 1, TRACE_LOG + 2, TRACE_LOG + 3);
    assertThat(over.garbled())
        .contains(
            "TraceLog "
                + TRACE_LOG
                + "1: it has no orchestration_trace; "
                + "TraceLog "
                + TRACE_LOG
                + "2: its orchestration_trace is not a list; "
                + "TraceLog "
                + TRACE_LOG
                + "3: 3 of its 4 entries are not objects, first the one at 0");
  }

  @Test
  void trustsNoOlderAttemptWhereTheNewestIsGarbled() {
    TraceSearch over = begun.read(fixture("the-newest-attempt-has-no-entries-property.json"));

    assertThat(over.newest().map(OrchestrationTrace::resourceId)).contains(TRACE_LOG + 1);
    assertThat(over.unreadable())
        .contains("garbled: TraceLog " + TRACE_LOG + "2: it has no orchestration_trace");
  }

  @Test
  void readsWhatItCanOfANewestAttemptThatIsGarbledInPart() {
    TraceSearch over = begun.read(fixture("the-newest-attempt-is-readable-in-part.json"));

    TraceEntry entry = over.newest().orElseThrow().entries().get(0);
    assertThat(entry.categorizedError().masked()).isEqualTo("MDSO | fresh");
    assertThat(entry.index()).isEqualTo(1);
    assertThat(over.whyUnreadable().map(Unreadable::reason)).contains(Unreadable.Reason.GARBLED);
  }

  @Test
  void takesOnlyTheLabelThatWasAskedFor() {
    TraceSearch over =
        begun.read(fixture("empty.json")).read(fixture("labels-that-match-in-part.json"));

    assertThat(ids(over)).containsExactly(TRACE_LOG + 2);
  }

  @Test
  void takesOnlyTheCircuitNameThatWasAskedFor() {
    TraceSearch over =
        begun
            .read(fixture("empty.json"))
            .read(fixture("empty.json"))
            .read(fixture("circuit-names-that-match-in-part.json"));

    assertThat(ids(over)).containsExactly(TRACE_LOG + 2);
    assertThat(over.garbled()).isEmpty();
    assertThat(over.foundBy()).contains(Lookup.CIRCUIT_NAME);
  }

  @Test
  void takesOnlyTraceLogsAmongTheDependencies() {
    TraceSearch over =
        begun
            .read(fixture("empty.json"))
            .read(fixture("empty.json"))
            .read(fixture("empty.json"))
            .read(fixture("a-stranger-among-the-dependencies.json"));

    assertThat(ids(over)).containsExactly(TRACE_LOG + 2);
    assertThat(over.foundBy()).contains(Lookup.DEPENDENCIES);
  }

  @ParameterizedTest
  @CsvSource({
    "a&limit=9, a%26limit%3D9",
    "a b+c%41, a%20b%2Bc%2541",
    "../../x?y#z, ..%2F..%2Fx%3Fy%23z",
    "ü😀, %C3%BC%F0%9F%98%80",
    "a!*'()|\\, a%21%2A%27%28%29%7C%5C"
  })
  void encodesWhateverAnIdHolds(String id, String encoded) {
    TraceSearch search = TraceSearch.of(resource(id, CIRCUIT), true);

    TraceSearch dependencies = search;
    while (dependencies.remaining().size() > 1) {
      dependencies = dependencies.read(fixture("empty.json"));
    }

    assertThat(dependencies.path()).isEqualTo("/resources/" + encoded + "/dependencies");
    assertThat(search.query()).contains("&q=properties.origination_id:" + encoded + "&offset=0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a,orchState:active | 80.L1XX.000001..TEST   | ORIGINATION_ID",
        "a:b                | 80.L1XX.000001..TEST   | ORIGINATION_ID",
        "..                 | 80.L1XX.000001..TEST   | DEPENDENCIES",
        ".                  | 80.L1XX.000001..TEST   | DEPENDENCIES",
        "a                  | x,label:y              | LABEL CIRCUIT_NAME",
        "a                  | x:y                    | LABEL CIRCUIT_NAME",
        "a                  | *                      | LABEL",
        "a                  | 80.L1XX.00000?..TEST   | LABEL",
        "a                  | /80.L1XX.000001..TEST  | LABEL",
        "...                | FRE_80.L1XX/1&x=y      | "
      })
  void skipsALookUpThatMdsosFiltersCannotExpress(String id, String circuit, String skipped) {
    TraceSearch search = TraceSearch.of(resource(id, circuit), true);

    List<Lookup> expected =
        Optional.ofNullable(skipped).stream()
            .flatMap(names -> List.of(names.split(" ")).stream())
            .map(Lookup::valueOf)
            .toList();
    assertThat(search.skipped()).isEqualTo(expected);
    assertThat(search.remaining()).hasSize(4 - expected.size()).noneMatch(expected::contains);
  }

  @Test
  void saysWhichLookUpsWereSkippedWhereNoneBroughtAnything() {
    TraceSearch search = TraceSearch.of(resource(ID, "*"), true);
    while (search.isOpen()) {
      search = search.read(fixture("empty.json"));
    }

    assertThat(search.unreadable().orElse("")).startsWith("no-trace: ").endsWith("the id: label");
  }

  @Test
  void tellsNothingOfAHostileTraceLogButItsCleanedId() {
    TraceSearch over =
        begun.read("{\"items\":[{\"id\":\"x\\n<script>\",\"properties\":7}]}".getBytes(UTF_8));

    assertThat(over.unreadable())
        .contains("garbled: TraceLog x??script?: it has no orchestration_trace");
  }

  @Test
  void survivesAJourneyAsPlainData() throws JsonProcessingException {
    ObjectMapper mapper =
        new ObjectMapper().registerModules(new Jdk8Module(), new JavaTimeModule());
    TraceSearch search = begun.read(fixture("first-page-of-three.json"));

    TraceSearch arrived = mapper.readValue(mapper.writeValueAsString(search), TraceSearch.class);

    assertThat(arrived).usingRecursiveComparison().isEqualTo(search);
    assertThat(arrived.query()).isEqualTo(search.query());
  }

  @Test
  void encodesControlCharacters() {
    TraceSearch search = TraceSearch.of(resource("a\r\nb", CIRCUIT), true);

    assertThat(search.query()).contains("origination_id:a%0D%0Ab&");
  }

  private static String asked(TraceSearch search) {
    return search.path() + "?" + search.query();
  }

  private static List<String> ids(TraceSearch search) {
    return search.attempts().stream().map(OrchestrationTrace::resourceId).toList();
  }

  /** A reply with one TraceLog, which has no entries. */
  private static byte[] replyWith(String envelope, String id) {
    return ("{\"items\":[{\"id\":\""
            + id
            + "\",\"properties\":{\"orchestration_trace\":[]}}],"
            + envelope
            + "}")
        .getBytes(UTF_8);
  }
}
