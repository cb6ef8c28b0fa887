package io.orchscope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchscope.settings.Clocks;
import io.orchscope.simulator.LoggedRequest;
import io.orchscope.simulator.PostedMessage;
import io.orchscope.simulator.Simulator;
import io.orchscope.simulator.WebexFault;
import io.orchscope.simulator.WebexFault.Request;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a message for every kind of answer that Webex, or a proxy before it, gives. */
final class WebexAnswersTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir private Path folder;
  private final Simulator simulator =
      Running.world(Map.of("products", "PortActivation", "resources", "1", "failures", "0"));
  private Running running;
  private int circuits;

  @BeforeEach
  void start() throws Exception {
    start(Map.of(), Clocks.ofThisMachine());
  }

  private void start(Map<String, String> more, Clocks clocks) throws Exception {
    Map<String, String> settings = new HashMap<>(Map.of("alerts.channel", "webex"));
    settings.putAll(more);
    running = Running.start(folder, simulator, settings, clocks);
  }

  @AfterEach
  void close() {
    running.close();
    simulator.close();
  }

  @Test
  void sendsAMessageAgainWhenA2xxIsNoAnswerOfWebex() throws Exception {
    Map<String, WebexFault> answers = new LinkedHashMap<>();
    String html = "<html>log in to the proxy</html>";
    answers.put("200 HTML", WebexFault.of(Request.POST, 200, "text/html", html));
    answers.put("203 HTML", WebexFault.of(Request.POST, 203, "text/html", html));
    answers.put("200 HTML as JSON", WebexFault.json(Request.POST, 200, html));
    answers.put("302 to a login", WebexFault.of(Request.POST, 302, "text/html", html));
    answers.put("200 text", WebexFault.of(Request.POST, 200, "text/plain", "OK"));
    answers.put("204", WebexFault.of(Request.POST, 204, "text/plain", ""));
    answers.put("200 empty", WebexFault.json(Request.POST, 200, ""));
    answers.put("id null", WebexFault.json(Request.POST, 200, "{\"id\":null}"));
    answers.put("id empty", WebexFault.json(Request.POST, 200, "{\"id\":\"\"}"));
    answers.put("object", WebexFault.json(Request.POST, 200, "{}"));
    answers.put("201 object", WebexFault.json(Request.POST, 201, "{}"));
    answers.put("array", WebexFault.json(Request.POST, 200, "[]"));
    answers.put("array of ids", WebexFault.json(Request.POST, 200, "[{\"id\":\"Y2lz\"}]"));
    answers.put("null", WebexFault.json(Request.POST, 200, "null"));
    answers.put("truncated", WebexFault.json(Request.POST, 200, "{\"id\":\"Y2lz"));
    answers.put("error", WebexFault.json(Request.POST, 200, "{\"message\":\"No.\"}"));
    answers.put(
        "garbage as gzip",
        WebexFault.json(Request.POST, 200, "garbage").header("Content-Encoding", "gzip"));

    Map<String, String> found = new LinkedHashMap<>();
    Map<String, String> expected = new LinkedHashMap<>();
    for (Map.Entry<String, WebexFault> each : answers.entrySet()) {
      found.put(each.getKey(), tell(each.getValue()));
      expected.put(each.getKey(), "posts=2 messages=1 dead=0");
    }

    assertThat(found).isEqualTo(expected);
    assertThat(running.log().lines()).noneMatch(line -> line.startsWith("ERROR"));
  }

  @Test
  void countsAMessageAsSentWhoseIdCannotBeUsedAndPutsTheIdIntoNoPath() throws Exception {
    Map<String, String> ids = new LinkedHashMap<>();
    ids.put("two megabytes", "\"" + "x".repeat(2 << 20) + "\"");
    ids.put("path", "\"../rooms?x=1\\r\\nX: y\"");
    ids.put("dots", "\"..\"");
    ids.put("slash", "\"a/b\"");
    ids.put("spaces", "\"   \"");
    ids.put("NUL", "\"a\\u0000b\"");
    ids.put("bidi", "\"a\\u202eb\"");
    ids.put("emoji", "\"\\ud83d\\ude00\"");
    ids.put("percent", "\"%2e%2e%2frooms\"");
    ids.put("number", "7");
    ids.put("object", "{\"value\":\"Y2lz\"}");
    ids.put("array", "[\"Y2lz\"]");
    ids.put("boolean", "true");

    Map<String, String> found = new LinkedHashMap<>();
    Map<String, String> expected = new LinkedHashMap<>();
    for (Map.Entry<String, String> each : ids.entrySet()) {
      String body = "{\"id\":" + each.getValue() + ",\"trackingId\":\"a\\u0000b\"}";
      String kind = kind();
      int warnings = warnings();
      simulator.setWebexFault(WebexFault.json(Request.POST, 200, body).taken());
      String first = tell(kind);
      warnings = warnings() - warnings;
      String second = tell(kind);
      String third = tell(kind);
      String parent = last().parentId().isPresent() ? "in a thread" : "at the top";
      found.put(
          each.getKey(), first + " warnings=" + warnings + ", " + second + ", " + third + parent);
      String sent = "posts=1 messages=1 dead=0";
      expected.put(each.getKey(), sent + " warnings=1, " + sent + ", " + sent + "in a thread");
    }

    assertThat(found).isEqualTo(expected);
    assertThat(edits())
        .allMatch(request -> request.path().matches("/v1/messages/[A-Za-z0-9_=%-]+"));
    assertThat(running.log().lines()).noneMatch(line -> line.startsWith("ERROR"));
  }

  @Test
  void opensANewThreadWhenTheFirstMessageOfAGroupIsGone() throws Exception {
    Map<String, WebexFault> answers = new LinkedHashMap<>();
    Request reply = Request.POST_TO_THREAD;
    answers.put("404 message", error(reply, 404, "Could not find parentId.", "None."));
    answers.put("404 description", error(reply, 404, "Not found.", "Parent message not found."));
    answers.put("400 message", error(reply, 400, "Invalid parent message.", "None."));
    answers.put("400 description", error(reply, 400, "Bad request.", "parent_id is unknown"));

    Map<String, String> found = new LinkedHashMap<>();
    Map<String, String> expected = new LinkedHashMap<>();
    for (Map.Entry<String, WebexFault> each : answers.entrySet()) {
      String kind = kind();
      tell(kind);
      simulator.setWebexFault(each.getValue());
      found.put(each.getKey(), tell(kind) + " " + isAtTop(last()));
      PostedMessage opened = last();
      found.merge(each.getKey(), tell(kind) + " " + hangsBelow(opened), (a, b) -> a + ", " + b);
      expected.put(each.getKey(), "posts=2 messages=1 dead=0 true, posts=1 messages=1 dead=0 true");
    }

    assertThat(found).isEqualTo(expected);
    assertThat(running.log().lines()).noneMatch(line -> line.startsWith("ERROR"));
  }

  @Test
  void opensANewThreadEachTimeThatTheFirstMessageIsDeletedAndEditsTheNewOne() throws Exception {
    String kind = kind();
    tell(kind);
    PostedMessage first = last();
    simulator.deleteMessage(first.id());
    tell(kind);
    PostedMessage second = last();
    simulator.deleteMessage(second.id());
    tell(kind);
    PostedMessage third = last();
    tell(kind);
    PostedMessage reply = last();

    assertThat(simulator.messages()).hasSize(4);
    assertThat(List.of(first, second, third)).allMatch(WebexAnswersTest::isAtTop);
    assertThat(reply.parentId()).contains(third.id());
    assertThat(edited(third).edits()).isEqualTo(1);
    assertThat(running.deadLetters()).isZero();
  }

  @Test
  void keepsADeadLetterWhenTheRoomIsGoneAndNotTheParent() throws Exception {
    String kind = kind();
    tell(kind);
    simulator.setWebexFault(
        error(Request.POST_TO_THREAD, 404, "Could not find a room with provided ID.", "None."));
    String refused = tell(kind);
    String next = tell(kind);
    simulator.setWebexFault(
        WebexFault.of(Request.POST_TO_THREAD, 404, "text/html", "<html>parent</html>"));
    String page = tell(kind);

    assertThat(refused).isEqualTo("posts=1 messages=0 dead=1");
    assertThat(next).isEqualTo("posts=1 messages=1 dead=0");
    assertThat(last().parentId()).contains(simulator.messages().get(0).id());
    assertThat(page).isEqualTo("posts=1 messages=0 dead=1");
  }

  @Test
  void dropsAnEditThatWebexRefusesAndGoesOn() throws Exception {
    for (int status : new int[] {400, 403, 404, 405, 409, 410, 413}) {
      String kind = kind();
      tell(kind);
      int before = edits().size();
      simulator.setWebexFault(
          error(Request.EDIT, status, "The message has been edited 10 times.", "parentId"));

      String reply = tell(kind);
      awaitEdits(before + 1);
      String unrelated = tell(kind());

      assertThat(reply).isEqualTo("posts=1 messages=1 dead=0");
      assertThat(unrelated).isEqualTo("posts=1 messages=1 dead=0");
      assertThat(edits()).hasSize(before + 1);
    }
    assertThat(running.log().lines()).noneMatch(line -> line.startsWith("ERROR"));
  }

  @Test
  void dropsAnEditAfterSomeAttemptsAndSendsTheMessagesOfTheRoomMeanwhile() throws Exception {
    running.close();
    start(Map.of(), Clocks.both(new HurriedClock(60)));
    for (WebexFault broken :
        List.of(
            error(Request.EDIT, 503, "Later.", "Later."),
            WebexFault.of(Request.EDIT, 200, "text/html", "<html>log in</html>"),
            WebexFault.of(Request.EDIT, 302, "text/html", "<html>log in</html>"))) {
      String kind = kind();
      tell(kind);
      int before = edits().size();
      simulator.setWebexFault(broken.times(25));

      tell(kind);
      awaitEdits(before + 5);
      Instant from = Instant.now();
      String unrelated = tell(kind());
      Duration waited = Duration.between(from, Instant.now());
      await().atMost(LIMIT).until(() -> waiting() == 0);

      assertThat(unrelated).isEqualTo("posts=1 messages=1 dead=0");
      assertThat(waited).isLessThan(Duration.ofSeconds(10));
      assertThat(edits()).hasSize(before + 25);
    }
    assertThat(running.log().lines()).noneMatch(line -> line.startsWith("ERROR"));
  }

  @Test
  void keepsADeadLetterOfAMessageThatCannotBeWrittenAndSendsTheOthersOfTheRoom() throws Exception {
    running.close();
    start(Map.of("retry.attempts", "1"), Clocks.both(new HurriedClock(10)));
    simulator.setWebexFault(
        WebexFault.of(Request.POST, 200, "text/html", "<html>log in</html>").times(2));
    fail(kind());
    running.poll("port_activation");
    await().atMost(LIMIT).until(() -> count("reason = 'garbled' and owner is null") == 1);
    sql(
        "update outbox set body = '{\"markdown\":\"m\",\"card\":\"{\",\"summary\":\"s\"}'"
            + " where state = 'waiting'");
    String other = tell(kind());
    await().atMost(LIMIT).until(() -> running.deadLetters() == 1);

    assertThat(other).startsWith("posts=1 messages=1");
    assertThat(count("state = 'dead' and reason = 'internal'")).isEqualTo(1);
  }

  @Test
  void givesUpAMessageThatHasNoAnswerOfWebexForTooLong() throws Exception {
    running.close();
    start(Map.of("alerts.longest-age", "2m"), Clocks.both(new HurriedClock(60)));
    simulator.setWebexFault(WebexFault.json(Request.POST, 200, "{\"id\":null}").times(10_000));
    fail(kind());
    running.poll("port_activation");
    await().atMost(LIMIT).until(() -> running.deadLetters() == 1);

    assertThat(running.requests("POST", "/messages")).hasSizeBetween(10, 30);
    assertThat(count("state = 'dead' and reason = 'too_old'")).isEqualTo(1);
  }

  private static WebexFault error(Request request, int status, String message, String described) {
    return WebexFault.json(
        request,
        status,
        "{\"message\":\""
            + message
            + "\",\"errors\":[{\"description\":\"None.\"},{\"description\":\""
            + described
            + "\"}]}");
  }

  private String tell(WebexFault fault) throws Exception {
    simulator.setWebexFault(fault);
    return tell(kind());
  }

  /** Lets a circuit fail and waits until its room was told or will not be; answers the figures. */
  private String tell(String kind) throws Exception {
    int posts = running.requests("POST", "/messages").size();
    int messages = simulator.messages().size();
    long dead = running.deadLetters();
    fail(kind);
    running.poll("port_activation");
    await()
        .atMost(LIMIT)
        .until(
            () -> {
              running.assembly().awaitAlerts(Duration.ofMillis(500));
              return count(
                          "state = 'waiting' and kind <> 'edit' and (attempts = 0 or owner is not"
                              + " null)")
                      == 0
                  && owed() == 0;
            });
    return "posts=%d messages=%d dead=%d"
        .formatted(
            running.requests("POST", "/messages").size() - posts,
            simulator.messages().size() - messages,
            running.deadLetters() - dead);
  }

  private void awaitEdits(int number) {
    await().atMost(LIMIT).until(() -> edits().size() >= number);
  }

  private List<LoggedRequest> edits() {
    return running.requests("PUT", "");
  }

  private PostedMessage last() {
    return simulator.messages().get(simulator.messages().size() - 1);
  }

  private PostedMessage edited(PostedMessage message) {
    return simulator.messages().stream()
        .filter(each -> each.id().equals(message.id()))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isAtTop(PostedMessage message) {
    return message.parentId().isEmpty();
  }

  private boolean hangsBelow(PostedMessage message) {
    return last().parentId().equals(Optional.of(message.id()));
  }

  private int warnings() {
    return (int)
        running.log().lines().stream()
            .filter(line -> line.startsWith("WARN Webex accepted a message"))
            .count();
  }

  private long waiting() throws Exception {
    return count("state = 'waiting'");
  }

  private long owed() throws Exception {
    return number("select count(*) from occurrence where alert = 'owed'");
  }

  private long count(String condition) throws Exception {
    return number("select count(*) from outbox where " + condition);
  }

  private long number(String query) throws Exception {
    try (Connection ledger = ledger();
        PreparedStatement statement = ledger.prepareStatement(query)) {
      return statement.executeQuery().getLong(1);
    }
  }

  private void sql(String update) throws Exception {
    try (Connection ledger = ledger();
        PreparedStatement statement = ledger.prepareStatement(update)) {
      statement.executeUpdate();
    }
  }

  private Connection ledger() throws Exception {
    return DriverManager.getConnection(
        "jdbc:sqlite:" + folder.resolve("ledger.db") + "?busy_timeout=5000");
  }

  /** A kind of error of its own: numbers are masked where errors are compared. */
  private String kind() {
    StringBuilder kind = new StringBuilder("no answer from the ");
    for (char digit : String.valueOf(circuits + 1_000).toCharArray()) {
      kind.append((char) (digit - '0' + 'a')).append("lpha");
    }
    return kind.toString();
  }

  private void fail(String error) {
    circuits++;
    ObjectNode resource = new ObjectMapper().createObjectNode();
    resource.put("id", "0a1b2c3d-0000-11ee-9000-%012d".formatted(circuits));
    resource.put("label", "TEST%04dCW_GE-0/0/8".formatted(circuits));
    resource.put("resourceTypeId", "charter.resourceTypes.PortActivation");
    resource.put("orchState", "failed").put("desiredOrchState", "active");
    resource.put("reason", error);
    String now = Instant.now().toString();
    resource.put("createdAt", now).put("updatedAt", now).put("revision", 1);
    ObjectNode properties = resource.putObject("properties");
    properties.put("deviceName", "TEST%04dCW.EXAMPLE.COM".formatted(circuits));
    properties.put("deviceIP", "192.0.2.20").put("portname", "GE-0/0/8");
    simulator.put(resource);
  }
}
