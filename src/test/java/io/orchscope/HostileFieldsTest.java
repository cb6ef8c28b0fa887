package io.orchscope;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchscope.simulator.PostedMessage;
import io.orchscope.simulator.Simulator;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An MDSO of which every text would like to be something else than a text. */
final class HostileFieldsTest {

  private static final List<String> TEXTS =
      List.of(
          "<script>alert(1)</script>",
          "\"><img src=x onerror=alert(1)>",
          "' onmouseover='alert(1)",
          "a\r\nSet-Cookie: x=1\r\n\r\n<script>alert(2)</script>",
          "\u001b]0;owned\u0007\u001b[31mred\u009b2J",
          "=cmd|' /C calc'!A0",
          "+1+cmd|' /C calc'!A0",
          "-1+cmd|' /C calc'!A0",
          "@SUM(1+1)*cmd|' /C calc'!A0",
          "<@all> <@personEmail:a@example.com> [x](https://evil.example.com)"
              + " ![x](https://evil.example.com/x.png)",
          "\u202Egnp.exe \u0000 \uFFFF \uD800",
          "y".repeat(100_000));

  private static final int CIRCUITS = 7;

  private static final Pattern LINK = Pattern.compile("(?:href|src)=\"(/[^\"#]*)");

  private static final Pattern TABLE =
      Pattern.compile("(?s)Content-Type: text/csv.*?\r\n\r\n(.*?)\r\n--");

  private static final Pattern ELEMENT =
      Pattern.compile(
          "<([a-zA-Z][a-zA-Z0-9]*)((?:\\s+[^\\s=>\"']+(?:=(?:\"[^\"]*\"|'[^']*'))?)*)\\s*/?>");

  private static final Pattern ATTRIBUTE =
      Pattern.compile("\\s([^\\s=>\"']+)(?:=(\"[^\"]*\"|'[^']*'))?");

  private static final Set<String> ELEMENTS =
      Set.of(
          ("html head meta title link script body a header span nav ul li form label input button"
                  + " main h1 h2 h3 p b section div table thead tbody tr th td small time svg path"
                  + " rect footer dl dt dd blockquote mark code details summary ol select option"
                  + " textarea article i br noscript progress")
              .split(" "));

  /** What a terminal may act upon: all control characters but the end of a line. */
  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f]");

  @TempDir private static Path folder;

  private static Simulator simulator;
  private static Running running;
  private static PageClient client;

  @BeforeAll
  static void start() throws Exception {
    int port = PageClient.freePort();
    simulator = Running.world(Map.of("resources", "0"));
    for (String text : TEXTS) {
      // As many circuits with the same error as it takes for a table of circuits.
      for (int i = 0; i < CIRCUITS; i++) {
        String id = UUID.randomUUID().toString();
        simulator.put(resource(id, text + i, text));
        simulator.putTrace(trace(id, text + i, text));
      }
      simulator.put(resource(text, text + CIRCUITS, text));
    }
    Running.configure(folder, "reports.yaml", "reports:\n  - name: by-hand\n    window: 1d\n");
    running =
        Running.start(
            folder,
            simulator,
            Map.of(
                "console.listen",
                "127.0.0.1:" + port,
                "reports.root",
                folder.resolve("reports").toString(),
                "alerts.channel",
                "webex",
                "alerts.group-wait",
                "1s"));
    running.pollAndSettle();
    client = PageClient.at(port);
  }

  @AfterAll
  static void stop() {
    running.close();
    simulator.close();
  }

  @Test
  void areTextOnEveryPageThatTheyLeadTo() throws Exception {
    Map<String, HttpResponse<String>> pages = crawled();

    assertThat(pages).hasSizeGreaterThan(3 * TEXTS.size());
    assertThat(pages.keySet())
        .anyMatch(it -> it.startsWith("/circuits?name=%3Cscript"))
        .anyMatch(it -> it.startsWith("/evidence"));
    pages.forEach(
        (address, page) -> {
          assertThat(page.statusCode()).as(address).isIn(200, 303);
          assertThat(page.headers().firstValue("Set-Cookie")).as(address).isEmpty();
          assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
          assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
              .contains("script-src 'self'")
              .doesNotContain("unsafe");
          if (page.headers().firstValue("Content-Type").orElse("").startsWith("text/html")) {
            assertThat(page.body()).as(address).doesNotContain("\u001b", "\u0000", "\u202e");
            assertIsMadeOfOurElements(address, page.body());
            assertThat(page.body().length()).as(address).isLessThan(400_000);
          }
        });
  }

  @Test
  void areTextInTheWorkbookOfAReport() throws Exception {
    HttpResponse<String> made =
        client.form("/reports", "token=" + client.token("/reports") + "&name=by-hand");
    assertThat(made.statusCode()).isEqualTo(303);
    Path file;
    try (Stream<Path> files = Files.list(folder.resolve("reports"))) {
      file = files.filter(it -> it.toString().endsWith(".xlsx")).findFirst().orElseThrow();
    }

    try (XSSFWorkbook book = new XSSFWorkbook(Files.newInputStream(file))) {
      Set<String> texts = new LinkedHashSet<>();
      book.forEach(
          sheet ->
              sheet.forEach(
                  row ->
                      row.forEach(
                          cell -> {
                            assertThat(cell.getCellType()).isNotEqualTo(CellType.FORMULA);
                            texts.add(words(cell));
                          })));
      assertThat(texts).contains("=cmd|' /C calc'!A00", "<script>alert(1)</script>0");
      assertThat(texts).allMatch(text -> text.length() <= 32_767);
    }
  }

  @Test
  void areTextInWebexAndInItsTables() throws Exception {
    List<PostedMessage> messages = simulator.messages();

    assertThat(messages).hasSizeGreaterThan(TEXTS.size() / 2);
    for (PostedMessage message : messages) {
      assertThat(message.markdown())
          .doesNotContain("<@", "\u001b", "\u202e", "\r")
          .doesNotContainPattern("(?m)^\\s*!?\\[x\\]\\(https://evil");
      // Within code it is a text to Webex, too.
      assertThat(message.markdown().replaceAll("(?s)(`+).*?[^`]\\1(?!`)", ""))
          .doesNotContain("<script", "<img", "<SCRIPT", "<IMG");
      assertThat(message.markdown().length()).isLessThan(7_439);
    }
    List<String> cells = new ArrayList<>();
    for (PostedMessage message : messages) {
      Matcher table = TABLE.matcher(message.body());
      if (table.find()) {
        CSVFormat.RFC4180
            .parse(new StringReader(table.group(1)))
            .forEach(it -> cells.addAll(it.toList()));
      }
    }
    assertThat(cells)
        .contains("'=cmd|' /C calc'!A0", "'@SUM(1+1)*cmd|' /C calc'!A0")
        .noneMatch(cell -> cell.matches("(?s)[=+@\\t\\r\\n-].*"));
  }

  @Test
  void areTextInTheLog() throws Exception {
    String xml = Files.readString(Path.of("config/logback.xml"));
    Matcher pattern =
        Pattern.compile("(?s)<appender name=\"TERMINAL\".*?<pattern>(.*?)</").matcher(xml);
    assertThat(pattern.find()).isTrue();
    PatternLayout layout = new PatternLayout();
    layout.setContext(new LoggerContext());
    layout.setPattern(pattern.group(1));
    layout.start();

    List<ILoggingEvent> events = running.log().events();

    LoggingEvent failure = new LoggingEvent();
    failure.setLoggerName("test");
    failure.setMDCPropertyMap(Map.of());
    failure.setLevel(Level.ERROR);
    failure.setMessage("It failed.");
    failure.setThrowableProxy(new ThrowableProxy(new IllegalStateException(TEXTS.get(4))));
    String trouble = layout.doLayout(failure).replace("\tat ", "at ");
    assertThat(CONTROL.matcher(trouble).find()).as(trouble).isFalse();
    assertThat(trouble).containsOnlyOnce("IllegalStateException");
    assertThat(events).anyMatch(event -> event.getLoggerName().equals("orchscope.traces"));
    for (ILoggingEvent event : events) {
      // A stack trace of ours is drawn with tabs.
      String line = layout.doLayout(event).replaceAll("(?m)^\\t+", "");
      assertThat(CONTROL.matcher(line).find()).as(line).isFalse();
      if (event.getLoggerName().equals("orchscope.traces")) {
        // Its lines are drawn; none of them is MDSO's.
        assertThat(CONTROL.matcher(event.getFormattedMessage()).find()).isFalse();
        assertThat(event.getFormattedMessage().lines())
            .allMatch(it -> it.matches("(trace |[ │]*[├└]─ |[^ ]).*"));
      }
      if (event.getThrowableProxy() == null) {
        assertThat(line.strip().lines()).as(line).hasSize(1);
      }
    }
  }

  /** Whatever can be reached by links from the first page. */
  private static Map<String, HttpResponse<String>> crawled() throws Exception {
    Map<String, HttpResponse<String>> pages = new LinkedHashMap<>();
    Deque<String> open = new ArrayDeque<>(List.of("/", "/groups?state=all&product=service_mapper"));
    while (!open.isEmpty() && pages.size() < 600) {
      String address = open.remove();
      if (pages.containsKey(address) || address.startsWith("/assets/")) {
        continue;
      }
      HttpResponse<String> page = client.get(address);
      pages.put(address, page);
      Matcher link = LINK.matcher(page.body());
      while (link.find()) {
        open.add(link.group(1).replace("&amp;", "&").replace("&#39;", "'"));
      }
    }
    return pages;
  }

  private static void assertIsMadeOfOurElements(String address, String page) {
    Matcher element = ELEMENT.matcher(page);
    int found = 0;
    while (element.find()) {
      found++;
      assertThat(ELEMENTS).as(address).contains(element.group(1));
      Matcher attribute = ATTRIBUTE.matcher(element.group(2));
      while (attribute.find()) {
        String value = String.valueOf(attribute.group(2));
        assertThat(attribute.group(1)).as(address).doesNotStartWith("on").isNotEqualTo("style");
        if (attribute.group(1).matches("src|href|action")) {
          assertThat(value).as(address).matches("\"[/#?].*");
        }
      }
    }
    // Whatever opens an element is one of those.
    assertThat(found).as(address).isEqualTo(page.split("<[a-zA-Z]", -1).length - 1);
  }

  private static String words(Cell cell) {
    return cell.getCellType() == CellType.STRING ? cell.getStringCellValue() : "";
  }

  private static ObjectNode resource(String id, String circuit, String text) {
    String now = Instant.now().toString();
    ObjectNode resource =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", id)
            .put("label", circuit)
            .put("description", text)
            .put("resourceTypeId", "charter.resourceTypes.ServiceMapper")
            .put("productId", text)
            .put("tenantId", text)
            .put("nativeState", text)
            .put("orchState", "failed")
            .put("reason", text)
            .put("createdAt", now)
            .put("updatedAt", now);
    ObjectNode properties = resource.putObject("properties");
    properties.put("circuit_id", circuit);
    properties.putObject("device_properties").putObject(text).put("Management IP", text);
    return resource;
  }

  private static ObjectNode trace(String resourceId, String circuit, String text) {
    Instant begun = Instant.now().minus(Duration.ofMinutes(5));
    ObjectNode log =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", UUID.randomUUID().toString())
            .put("label", circuit + ".orch_trace")
            .put("orchState", "active")
            .put("createdAt", begun.toString());
    ObjectNode properties =
        log.putObject("properties")
            .put("trace_id", text)
            .put("origination_id", resourceId)
            .put("operation", text)
            .put("start_time_sec", begun.getEpochSecond())
            .put("user_name", text)
            .put("circuit_name", circuit);
    ArrayNode entries = properties.putArray("orchestration_trace");
    entries.add(entry(resourceId, text, "STARTED", 1).put("message", text));
    entries.add(
        entry(resourceId, text, "FAILED", 60)
            .put("message", "Error in " + text + ", " + text)
            .put("categorized_error", text)
            .put("resource_name", text));
    return log;
  }

  private static ObjectNode entry(String resourceId, String text, String state, int elapsed) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("timestamp", text)
        .put("resource_type", text)
        .put("resource_id", resourceId)
        .put("process", text)
        .put("log_file", text)
        .put("state", state)
        .put("elapsed_time", elapsed);
  }
}
