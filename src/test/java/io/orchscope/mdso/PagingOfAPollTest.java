package io.orchscope.mdso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Which page a poll asks for after which. */
final class PagingOfAPollTest {

  @Test
  void followsTokensToTheEnd() {
    Paging first = Paging.start(100);

    Paging second = first.after(page(100, 150, "next"), 100);
    Paging end = second.after(page(50, 150, ""), 50);

    assertThat(second.token()).contains("next");
    assertThat(second.offset()).isEqualTo(100);
    assertThat(end.done()).isTrue();
  }

  @Test
  void countsOffsetsThatOverlapWhereThereIsNoToken() {
    List<Long> offsets = new ArrayList<>();
    Paging paging = Paging.start(100);

    while (!paging.done()) {
      offsets.add(paging.offset());
      int size = (int) Math.min(100, 250 - paging.offset());
      long before = Math.min(250, paging.distinct());
      paging = paging.after(page(size, 250, ""), paging.offset() + size - before);
    }

    assertThat(offsets).containsExactly(0L, 90L, 180L);
  }

  @Test
  void endsWithAPageThatIsNotFullWhereNoTotalIsSaid() {
    Page full = new Page(List.of(), Map.of(), 100, OptionalLong.empty(), Optional.empty());
    Page rest = new Page(List.of(), Map.of(), 7, OptionalLong.empty(), Optional.empty());

    Paging second = Paging.start(100).after(full, 100);

    assertThat(second.done()).isFalse();
    assertThat(second.after(rest, 7).done()).isTrue();
  }

  @Test
  void walksAListAgainByOffsetsThatCameOutShorterThanItsTotal() {
    Paging second = Paging.start(100).after(page(100, 150, "next"), 100);

    Paging again = second.after(page(48, 148, ""), 48);
    Paging next = again.after(page(100, 148, "token"), 1);

    assertThat(again.done()).isFalse();
    assertThat(again.pass()).isEqualTo(2);
    assertThat(again.offset()).isZero();
    assertThat(next.token()).isEmpty();
    assertThat(next.offset()).isEqualTo(90);
  }

  @Test
  void leavesAServerThatNamesAPageAsTheNextOfItself() {
    Paging second = Paging.start(10).after(page(10, 20, "same"), 10);

    Paging end = second.after(page(10, 20, "same"), 10);

    assertThat(end.done()).isTrue();
  }

  @Test
  void leavesAServerThatBringsNothingNewUnderEverNewTokens() {
    Paging paging = Paging.start(10).after(page(10, 10, "token-0"), 10);

    int pages = 1;
    while (!paging.done() && pages < 50) {
      paging = paging.after(page(10, 10, "token-" + pages), 0);
      pages++;
    }

    assertThat(pages).isEqualTo(4);
  }

  @Test
  void asksForAGarbledPageAgainButNotForEver() {
    GarbledReplyException fault = new GarbledReplyException("half a page");
    Paging second = Paging.start(10).afterGarbled(fault).afterGarbled(fault);

    assertThat(second.offset()).isZero();
    assertThatThrownBy(() -> second.afterGarbled(fault)).isSameAs(fault);
  }

  @Test
  void staysWithOffsetsOnceATokenWasRefused() {
    Paging refused = Paging.start(10).after(page(10, 40, "token"), 10).withoutToken();

    Paging next = refused.after(page(10, 40, "other"), 10);

    assertThat(refused.offset()).isEqualTo(10);
    assertThat(next.token()).isEmpty();
    assertThat(next.offset()).isEqualTo(19);
  }

  private static Page page(int size, long total, String token) {
    return new Page(
        List.of(),
        Map.of(),
        size,
        OptionalLong.of(total),
        Optional.of(token).filter(text -> !text.isEmpty()));
  }
}
