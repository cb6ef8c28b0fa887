package io.orchscope.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.orchscope.FreePort;
import io.orchscope.LogHostSettings;
import io.orchscope.evidence.StoredLogs;
import io.orchscope.simulator.PostedMessage;
import io.orchscope.simulator.Simulator;
import io.orchscope.simulator.SimulatorOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The operators' page in Chromium, of the packaged program beside a simulator. */
final class PageInBrowserIT {

  private static final Path PICTURES = Path.of("target", "pictures");
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String KNOWN = "MDSO | Turnstile Error - the gate is shut";

  private static final List<String> HOSTILE =
      List.of(
          "<script>alert(1)</script>",
          "\"><img src=x onerror=alert(1)>",
          "a\r\nSet-Cookie: x=1",
          "\u001b[31mred",
          "=cmd|' /C calc'!A0",
          "y".repeat(100_000));

  @TempDir private static Path folder;

  private static int port;
  private static Simulator simulator;
  private static Program.Begun run;
  private static Playwright playwright;
  private static Browser browser;

  private final List<String> complaints = new ArrayList<>();
  private final List<String> foreign = new ArrayList<>();
  private final Map<String, Long> bytes = new TreeMap<>();
  private BrowserContext context;
  private Page page;

  @BeforeAll
  static void start() throws Exception {
    port = FreePort.next();
    simulator =
        Simulator.start(
            SimulatorOptions.parse(
                Map.of(
                    "resources", "160",
                    "failures", "60%",
                    "log-hosts", "3",
                    "log-bytes", "3000000",
                    "devices", "yes")));
    Map<String, String> settings = new TreeMap<>();
    settings.put("environment", "simulation");
    settings.put("mdso.url", simulator.mdsoUrl().toString());
    settings.put("mdso.username", simulator.credentials().username());
    settings.put("mdso.password", simulator.credentials().password());
    settings.put("mdso.tenant", simulator.credentials().tenant());
    settings.put("webex.url", simulator.webexUrl().toString());
    settings.put("webex.token", simulator.credentials().webexBotToken());
    settings.put("alerts.channel", "webex");
    settings.put("alerts.group-wait", "1s");
    settings.put("alerts.messages-per-minute", "10000");
    settings.put("evidence.keep", "all");
    settings.put("poll.by-schedule", "no");
    settings.put("observe.listen", "off");
    settings.put("console.listen", "127.0.0.1:" + port);
    settings.put("console.url", "http://127.0.0.1:" + port);
    LogHostSettings.add(settings, simulator, folder.resolve("hosts"));
    LogHostSettings.addTests(settings, simulator, folder.resolve("tests"), "connectivity");
    for (int i = 0; i < 3; i++) {
      simulator.put(portActivation("ABCDTXAB%dZW_ge-0/0/%d".formatted(i, i), KNOWN));
    }
    for (int i = 0; i < HOSTILE.size(); i++) {
      String name = HOSTILE.get(i).substring(0, Math.min(60, HOSTILE.get(i).length()));
      simulator.put(portActivation(name + i, HOSTILE.get(i)));
    }
    Program program = Program.in(folder.resolve("home"), settings);
    run = program.begin(List.of("run"));
    await().atMost(LIMIT).until(PageInBrowserIT::isThere);
    collect("{\"since\":\"365d\"}");
    await()
        .atMost(LIMIT)
        .until(() -> simulator.messages().size() > 20 && asked("/collections").contains("[]"));
    awaitLogs();
    // The browser is the one of the machine.
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(Path.of(System.getProperty("chromium", "/usr/bin/chromium")))
                    .setArgs(List.of("--no-sandbox", "--disable-gpu")));
    Files.createDirectories(PICTURES);
  }

  @AfterAll
  static void stop() {
    Stream.of(browser, playwright, run, simulator).forEach(PageInBrowserIT::end);
  }

  @BeforeEach
  void open() {
    open(new Browser.NewContextOptions().setViewportSize(1300, 900));
  }

  @AfterEach
  void nothingWasComplainedOfAndNobodyElseAsked() {
    context.close();
    assertThat(complaints).as("errors of the console, dialogs").isEmpty();
    assertThat(foreign).as("requests to others").isEmpty();
  }

  @Test
  void leadsInTwoClicksFromTheMessageToTheEvidence() {
    List<String> groups =
        simulator.messages().stream()
            .filter(message -> message.markdown().contains("DE-"))
            .flatMap(message -> link(message).stream())
            .distinct()
            .toList();

    int clicks = toTheFailingStep(groups);
    page.locator("a[href*='file=verdict.json']").first().click();

    assertThat(page.content()).contains("orchscope-verdict/1");
    assertThat(clicks + 1).isEqualTo(2);
  }

  @Test
  void showsWhatTheHostsHaveLoggedAndWhatDevicesAnswer() {
    page.navigate(at("/groups?product=service_mapper"));
    toTheFailingStep(links("main a[href^='/groups/']").stream().map(PageInBrowserIT::at).toList());

    String decisive = page.locator("#logs > blockquote.words").textContent();
    assertThat(page.locator("#logs > details").first().textContent()).contains("connectivity");
    page.locator("#logs > p a").first().click();
    page.waitForURL(url -> url.contains("&line="));
    assertThat(page.locator(".log mark").textContent()).contains(decisive.strip().substring(0, 40));
    picture("log-found");
    page.goBack();
    page.locator("#logs > details:has(.files) summary").click();
    assertThat(page.locator("#logs .files li").count()).isGreaterThan(2);
    picture("logs-open");
  }

  @Test
  void drawsTheFailingStepAndComparesItWithTheLastSuccess() {
    page.navigate(at("/groups?product=service_mapper"));
    toTheFailingStep(links("main a[href^='/groups/']").stream().map(PageInBrowserIT::at).toList());

    assertThat(page.locator("svg rect").count()).isGreaterThan(1);
    page.getByText("Compare with the last success").click();
    page.waitForURL(url -> url.contains("compare=yes"));

    assertThat(page.locator("th:has-text('Usual')").count()).isEqualTo(1);
    picture("compare");
  }

  @Test
  void acknowledgesMutesResolvesAndSeesItComeBack() {
    page.navigate(at("/groups?product=port_activation&words=turnstile"));
    page.locator("main a[href^='/groups/']").first().click();
    String group = page.url();

    act("Acknowledge", Map.of("by", "ada", "note", "on it", "for", "8h"));
    assertThat(page.locator("main").textContent()).contains("acknowledged", "ada", "on it");
    act("Mute", Map.of("by", "bob", "note", "maintenance", "for", "2d"));
    assertThat(page.locator("main").textContent()).contains("muted", "maintenance");
    act("Resolve", Map.of("by", "eve", "note", "cable"));
    assertThat(page.locator("main").textContent()).contains("resolved", "eve");

    simulator.put(portActivation("ABCDTXAB9ZW_ge-0/0/9", KNOWN));
    page.navigate(at("/collections"));
    page.locator("select[name=product]").selectOption("port_activation");
    page.locator("input[name=since]").fill("1h");
    page.getByText("Collect now").click();
    assertThat(page.locator("[role=status]").textContent()).contains("begun");

    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              page.navigate(group);
              assertThat(page.locator("main").textContent()).contains("regressed");
            });
    picture("regressed");
  }

  @Test
  void makesARuleOfAProposalAndMovesItsGroup() {
    page.navigate(at("/unclassified"));
    Locator proposal = page.locator("article.proposal").last();
    String id = proposal.getAttribute("id");
    String error = proposal.locator("blockquote").first().textContent();
    proposal.locator("summary:has-text('Accept')").click();
    proposal.locator("input[name=title]").fill("Found in a browser");
    proposal.locator("input[name=owner]").fill("noc");
    proposal.locator("input[name=overlaps]").check();
    proposal.locator("button:has-text('Accept')").click();

    assertThat(page.locator("[role=status]").textContent()).contains("DE-");
    assertThat(page.locator("#" + id).count()).isZero();
    page.navigate(at("/groups?state=all&words=Found+in+a+browser"));
    page.locator("main a[href^='/groups/']").first().click();
    assertThat(page.locator("h1").textContent()).contains("DE-", "Found in a browser");
    assertThat(page.locator("main").textContent())
        .contains(error.substring(0, Math.min(12, error.length())));
  }

  @Test
  void findsACircuitFromAnywhereByKeyboardAlone() {
    page.navigate(at("/"));
    page.keyboard().press("Tab");
    assertThat(focused()).contains("Skip to the content");
    page.keyboard().press("/");
    page.keyboard().type("ABCDTXAB1ZW");
    page.keyboard().press("Enter");
    page.waitForURL(url -> url.contains("ABCDTXAB1ZW"));
    assertThat(page.locator("main").textContent()).contains("ABCDTXAB1ZW_ge-0/0/1");

    page.navigate(at("/groups"));
    tabTo(it -> it.matches("(?s)A .*(DE-[0-9]+|UNCLASSIFIED).*"));
    assertThat(outline()).as("one sees where one is").isNotEqualTo("none");
    page.keyboard().press("Enter");
    page.waitForURL(url -> url.contains("/groups/"));
    tabTo(it -> it.equals("SUMMARY Acknowledge"));
    page.keyboard().press("Enter");
    page.keyboard().press("Tab");
    page.keyboard().press("Tab");
    page.keyboard().type("by keyboard");
    page.keyboard().press("Enter");
    page.waitForURL(url -> url.contains("said="));

    assertThat(page.locator("main").textContent()).contains("acknowledged", "by keyboard");
  }

  @ParameterizedTest
  @ValueSource(strings = {"wide-light", "wide-dark", "phone-light", "phone-dark"})
  void isFitForEverybodyOnEveryScreen(String look) {
    boolean isPhone = look.startsWith("phone");
    context.close();
    open(
        new Browser.NewContextOptions()
            .setViewportSize(isPhone ? 390 : 1300, isPhone ? 844 : 900)
            .setColorScheme(look.endsWith("dark") ? ColorScheme.DARK : ColorScheme.LIGHT));
    Map<String, String> pages = new TreeMap<>(addresses());
    for (Map.Entry<String, String> each : pages.entrySet()) {
      bytes.clear();
      page.navigate(at(each.getValue()));
      page.waitForLoadState();
      picture(each.getKey() + "-" + look);
      // Colours depend on the light and what stands where on the width: two looks see both.
      if (look.equals("wide-light") || look.equals("phone-dark")) {
        List<Rule> serious = serious();
        assertThat(serious)
            .as("%s, %s: %s", each.getKey(), look, serious.stream().map(Rule::getNodes).toList())
            .isEmpty();
      }
      int wide = (int) page.evaluate("document.documentElement.scrollWidth");
      assertThat(wide).as(each.getKey() + " " + look).isLessThanOrEqualTo(isPhone ? 390 : 1300);
      if (look.equals("wide-light")) {
        System.out.printf("PageInBrowserIT: %-13s %s%n", each.getKey(), sizes());
      }
    }
  }

  @Test
  void runsNothingThatMdsoSays() {
    for (String address : List.of("/groups?product=port_activation&state=all", "/alerts", "/")) {
      page.navigate(at(address));
      page.waitForLoadState();
    }
    page.navigate(at("/groups?product=port_activation&state=all"));
    List<String> links = links("main a[href^='/groups/']");
    assertThat(links).hasSizeGreaterThan(HOSTILE.size() - 2);
    for (String group : links) {
      page.navigate(at(group));
      for (String circuit : links("main a[href^='/circuits']")) {
        page.navigate(at(circuit));
      }
    }
    page.navigate(at("/search?q=%3Cscript%3E"));

    assertThat(page.locator("main").textContent()).contains("<script>alert(1)</script>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/groups", "/rules", "/alerts", "/unclassified", "/collections"})
  void canBeReadWithoutScripts(String address) {
    context.close();
    open(new Browser.NewContextOptions().setJavaScriptEnabled(false));
    page.navigate(at(address));

    assertThat(page.locator("h1").textContent()).isNotBlank();
    assertThat(page.locator("main").textContent().length()).isGreaterThan(200);
  }

  @Test
  void keepsItselfUpToDateWhileNobodyReads() {
    page.navigate(at("/collections"));
    String before = page.locator("footer time").textContent();

    page.waitForCondition(
        () -> !page.locator("footer time").textContent().equals(before),
        new Page.WaitForConditionOptions().setTimeout(LIMIT.toMillis()));
  }

  private List<Rule> serious() {
    // There are no frames; the way for them opens another page for each look.
    return new AxeBuilder(page)
        .setLegacyMode(true).analyze().getViolations().stream()
            .filter(rule -> rule.getImpact().matches("serious|critical"))
            .toList();
  }

  /** From one of these groups to a circuit of which MDSO has kept a trace; answers the clicks. */
  private int toTheFailingStep(List<String> groups) {
    for (String group : groups) {
      page.navigate(group);
      page.locator("main a[href^='/circuits']").first().click();
      assertThat(page.locator("blockquote.words").first().textContent()).isNotBlank();
      if (page.locator("svg rect.failed").count() > 0) {
        return 1;
      }
    }
    throw new AssertionError("No group leads to a failing step: " + groups);
  }

  private Map<String, String> addresses() {
    page.navigate(at("/groups?product=service_mapper"));
    String group = links("main a[href^='/groups/']").get(0);
    page.navigate(at(group));
    String circuit = links("main a[href^='/circuits']").get(0);
    Map<String, String> pages = new TreeMap<>();
    pages.put("overview", "/");
    pages.put("groups", "/groups");
    pages.put("group", group);
    pages.put("circuit", circuit);
    page.navigate(at(circuit));
    assertThat(page.locator("#logs .files li").count()).as("logs of " + circuit).isPositive();
    pages.put("log", links("#logs > p a").get(0));
    pages.put("unclassified", "/unclassified");
    pages.put("rules", "/rules?text=MDSO+%7C+Connectivity");
    pages.put("collection", "/collections");
    pages.put("alerts", "/alerts");
    pages.put("reports", "/reports");
    pages.put("search", "/search?q=DE-1");
    return pages;
  }

  private void open(Browser.NewContextOptions options) {
    context = browser.newContext(options);
    page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            complaints.add(message.text());
          }
        });
    page.onPageError(complaints::add);
    page.onDialog(
        dialog -> {
          complaints.add("dialog: " + dialog.message());
          dialog.dismiss();
        });
    page.onRequest(
        request -> {
          if (!request.url().startsWith(at("/"))) {
            foreign.add(request.url());
          }
        });
    page.onResponse(this::weigh);
  }

  private void weigh(Response response) {
    String path = URI.create(response.url()).getPath();
    String kind =
        path.endsWith(".js") ? "scripts" : path.endsWith(".css") ? "styles" : "page and pictures";
    response
        .headers()
        .computeIfPresent(
            "content-length",
            (name, length) -> {
              bytes.merge(kind, Long.parseLong(length), Long::sum);
              return length;
            });
  }

  private String sizes() {
    long all = bytes.values().stream().mapToLong(Long::longValue).sum();
    return all + " bytes: " + bytes;
  }

  private void act(String what, Map<String, String> words) {
    Locator form =
        page.locator("details")
            .filter(
                new Locator.FilterOptions()
                    .setHas(page.locator("summary:text-is('" + what + "')")));
    form.locator("summary").click();
    words.forEach((name, word) -> form.locator("input[name=" + name + "]").fill(word));
    form.getByRole(AriaRole.BUTTON).click();
    page.waitForURL(url -> url.contains("said="));
  }

  private void tabTo(java.util.function.Predicate<String> wanted) {
    for (int i = 0; i < 200; i++) {
      page.keyboard().press("Tab");
      if (wanted.test(focused())) {
        return;
      }
    }
    throw new AssertionError("No key leads there.");
  }

  private String focused() {
    return String.valueOf(
        page.evaluate("document.activeElement.tagName + ' ' + document.activeElement.textContent"));
  }

  private String outline() {
    return String.valueOf(page.evaluate("getComputedStyle(document.activeElement).outlineStyle"));
  }

  private List<String> links(String selector) {
    return page.locator(selector).all().stream()
        .map(it -> it.getAttribute("href"))
        .distinct()
        .toList();
  }

  private void picture(String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")).setFullPage(true));
  }

  private static java.util.Optional<String> link(PostedMessage message) {
    Matcher matcher =
        Pattern.compile(Pattern.quote(at("/groups/")) + "[0-9a-f]+")
            .matcher(String.valueOf(message.markdown()) + message.card());
    return matcher.find() ? java.util.Optional.of(matcher.group()) : java.util.Optional.empty();
  }

  private static ObjectNode portActivation(String label, String reason) {
    String now = Instant.now().toString();
    ObjectNode resource =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", UUID.randomUUID().toString())
            .put("label", label)
            .put("resourceTypeId", "charter.resourceTypes.PortActivation")
            .put("orchState", "failed")
            .put("reason", reason)
            .put("createdAt", now)
            .put("updatedAt", now);
    resource.putObject("properties").put("deviceName", "abcdtxab1zw.example.com");
    return resource;
  }

  private static String at(String path) {
    return "http://127.0.0.1:" + port + path;
  }

  private static boolean isThere() {
    try {
      return asked("/overview").contains("balance");
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Whatever the API says, without what has ended. */
  private static String asked(String path) throws IOException {
    String text = send(HttpRequest.newBuilder(URI.create(at("/api/v1" + path))));
    int ended = text.indexOf("\"ended\"");
    return ended < 0 ? text : text.substring(0, ended);
  }

  /** Until the hosts have been asked about all circuits that failed. */
  private static void awaitLogs() {
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofSeconds(1))
        .during(Duration.ofSeconds(4))
        .until(
            () -> {
              List<StoredLogs> folders = LogAudit.of(folder.resolve("home")).folders();
              return !folders.isEmpty() && folders.stream().allMatch(PageInBrowserIT::isDone);
            });
  }

  /** What MDSO still works on lacks what it will log. */
  private static boolean isDone(StoredLogs logs) {
    return logs.manifest().tries() > 0
        && logs.manifest().gaps().stream()
            .allMatch(gap -> !gap.mayPass() || gap.reason().equals("still-running"));
  }

  private static void collect(String wish) throws IOException {
    send(
        HttpRequest.newBuilder(URI.create(at("/api/v1/collections")))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(wish)));
  }

  private static String send(HttpRequest.Builder request) throws IOException {
    try {
      return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString()).body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static void end(AutoCloseable something) {
    try {
      if (something != null) {
        something.close();
      }
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }
}
