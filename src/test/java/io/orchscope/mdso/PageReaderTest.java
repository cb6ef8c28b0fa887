package io.orchscope.mdso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchscope.circuit.Product;
import io.orchscope.settings.ProductsFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a page of a list says, and what is no page. */
final class PageReaderTest {

  private final Product product =
      ProductsFile.read(Path.of("config/products.yaml")).ofType("service_mapper");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'items':[{'id':'a'},{'id':'b'}],'total':9,'nextPageToken':'t','offset':0,'limit':2}",
        "{'nextPageToken':'t','limit':2,'total':9,'more':{'items':[1]},'items':[{'id':'a'},{'id':'b'}]}"
      })
  void readsAPageInAnyOrderOfItsFields(String reply) {
    Page page = read(reply);

    assertThat(page.resources()).extracting(each -> each.id().value()).containsExactly("a", "b");
    assertThat(page.total()).hasValue(9);
    assertThat(page.nextPageToken()).contains("t");
  }

  @Test
  void countsItemsThatCannotBeReadAsPartOfThePage() {
    Page page = read("{'items':[{'id':'a'},{},null,7],'total':'many','nextPageToken':null}");

    assertThat(page.resources()).hasSize(1);
    assertThat(page.size()).isEqualTo(4);
    assertThat(page.total()).isEmpty();
    assertThat(page.nextPageToken()).isEmpty();
  }

  @Test
  void knowsAnEmptyPage() {
    assertThat(read("{'items':[]}").size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html><body>Gateway is starting",
        "[]",
        "{}",
        "{'items':{}}",
        "{'total':3}",
        "{'items':[{'id':'a'},{'id':",
        "{'items':[{'id':'a'}]",
        "{'items':[{'id':'a'}],'total':"
      })
  void takesNothingElseForAPage(String reply) {
    assertThatThrownBy(() -> read(reply)).isInstanceOf(GarbledReplyException.class);
  }

  private Page read(String reply) {
    return PageReader.read(
        product,
        java.time.Instant.EPOCH,
        reply.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
