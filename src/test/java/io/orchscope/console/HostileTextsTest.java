package io.orchscope.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.alert.Links;
import io.orchscope.circuit.OrchState;
import io.orchscope.defect.RulesFile;
import io.orchscope.ledger.GroupSearch;
import io.orchscope.ledger.Ledger;
import io.orchscope.ledger.LedgerPlace;
import io.orchscope.ledger.Rooms;
import io.orchscope.ledger.Rooms.Failure;
import io.orchscope.settings.Products;
import io.orchscope.settings.ProductsFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts of MDSO that would like to be a part of the page. */
final class HostileTextsTest {

  private static final Visitor VISITOR = new Visitor("<b>ada</b>", true, "0");

  private final Clock clock = Clock.systemUTC();
  private final Products products = ProductsFile.read(Path.of("config/products.yaml"));
  private final Views views = new Views("<lab>", clock, List::of);

  @TempDir private Path folder;
  private Ledger ledger;

  @BeforeEach
  void open() {
    ledger = new Ledger(LedgerPlace.file(folder.resolve("ledger.db")), clock);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "</title></style><svg/onload=alert(1)>",
        "javascript:alert(1)",
        "{{constructor.constructor('alert(1)')()}}",
        "a\r\nSet-Cookie: x=1",
        "\u001b[31mred\u0000"
      })
  void areTextOnEveryPage(String text) {
    String circuit = text.replaceAll("[\"\\x00-\\x1f]", "") + ".TEST";
    fails("k1", circuit, text);
    GroupSearch search = new GroupSearch(ledger);
    String id =
        search.find(GroupSearch.Wish.ALL, GroupSearch.Order.CODE, true, 0, 1).rows().get(0).id();
    var rules = RulesFile.read(Path.of("config/defect-rules.yaml"));

    List<String> pages =
        List.of(
            shown(
                new GroupPage(views, ledger, () -> rules, new Runbooks(Links.NONE)),
                "/groups/" + id,
                Map.of("said", List.of(text))),
            shown(
                new GroupsPage(views, ledger, products), "/groups", Map.of("words", List.of(text))),
            shown(new SearchPage(views, ledger), "/search", Map.of("q", List.of(text))),
            shown(
                new RulesPage(views, ledger, () -> rules), "/rules", Map.of("text", List.of(text))),
            shown(new AlertsPage(views, ledger, Function.identity()), "/alerts", Map.of()),
            shown(new UnclassifiedPage(views, ledger, List::of), "/unclassified", Map.of()));

    assertThat(pages)
        .allSatisfy(
            page ->
                assertThat(page)
                    .doesNotContain(
                        "<script>alert", "<img", "<svg/", "href=\"javascript:", "<b>ada", "<lab>")
                    .doesNotContainPattern("<[^>]*\\sonmouseover='"));
    assertThat(pages.get(0)).contains("&lt;b&gt;ada&lt;/b&gt;", "&lt;lab&gt;");
  }

  @Test
  void mayBeVeryLong() {
    fails("k1", "c".repeat(4_000), "x".repeat(100_000));

    String page = shown(new GroupsPage(views, ledger, products), "/groups", Map.of());

    assertThat(page.length()).isLessThan(50_000);
  }

  private void fails(String key, String circuit, String error) {
    Rooms.Listing listing = Rooms.lists(ledger, products, circuit, OrchState.FAILED, 1);
    Rooms.fails(
        ledger,
        products,
        listing.pollId(),
        Failure.of(key, circuit, clock.instant()).error(error),
        Optional.empty());
  }

  private static String shown(Page page, String path, Map<String, List<String>> query) {
    Reply reply =
        page.answer(new Request("GET", path, query, Map.of(), Map.of(), new byte[0]), VISITOR);
    return new String(reply.body(), StandardCharsets.UTF_8);
  }
}
