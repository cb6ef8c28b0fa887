package io.orchscope;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.defect.Examination;
import io.orchscope.defect.Outcome;
import io.orchscope.mdso.PollSummary;
import io.orchscope.simulator.LoggedRequest;
import io.orchscope.simulator.Simulator;
import io.orchscope.simulator.Truth;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a poll walks through a list that is long, moves, repeats itself or breaks off. */
final class PagingTest {

  private static final Pattern ORIGIN = Pattern.compile("origination_id:([^&]+)&offset=0&");

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "no-page-token, false",
    "no-page-token, true",
    "duplicate-items, 3",
    "looping-pages, true",
    "shift-pages, insert",
    "shift-pages, remove"
  })
  void decidesEachCircuitOnceHoweverTheListBehaves(String fault, String how) throws Exception {
    Map<String, String> words = new HashMap<>(Map.of("resources", "90", fault, how));
    try (Simulator simulator = Running.world(words)) {
      Set<String> atFirst = ids(simulator);
      try (Running running = Running.start(folder, simulator, Map.of())) {

        PollSummary poll = running.pollAndSettle();

        atFirst.retainAll(ids(simulator));
        System.out.printf(
            "F5 %s=%s: circuits %d, decided twice %d, traces asked for twice %d, pages %d%n",
            fault,
            how,
            atFirst.size(),
            twice(decided(running)),
            twice(lookUps(running)),
            lists(running).size());
        assertThat(poll.incomplete()).isFalse();
        assertThat(poll.isBalanced()).isTrue();
        assertThat(decided(running)).containsAll(atFirst).doesNotHaveDuplicates();
        assertThat(lookUps(running)).doesNotHaveDuplicates();
        assertThat(lists(running)).hasSizeLessThan(30);
      }
    }
  }

  @Test
  void goesOnByOffsetsWhenMdsoRefusesItsOwnToken() throws Exception {
    try (Simulator simulator = Running.world(Map.of("resources", "90"));
        Interposed mdso =
            Interposed.before(
                simulator.mdsoUrl(),
                asked ->
                    asked.query().contains("pageToken=")
                        ? Optional.of(Interposed.Answer.of(400))
                        : Optional.empty());
        Running running = Running.start(folder, simulator, Map.of("mdso.url", mdso.url()))) {

      PollSummary poll = running.pollAndSettle();

      assertThat(poll.incomplete()).isFalse();
      assertThat(poll.equation()).startsWith("listed 90 = ");
      assertThat(decided(running)).doesNotHaveDuplicates();
      assertThat(mdso.asked()).filteredOn(asked -> asked.query().contains("pageToken=")).hasSize(1);
    }
  }

  @Test
  void looksAgainOnlyAtWhatHasNotEndedAndAtWhatHasChanged() throws Exception {
    try (Simulator simulator = Running.world(Map.of("resources", "60"));
        Running running = Running.start(folder, simulator, Map.of())) {
      running.pollAndSettle();
      List<Examination> first = running.decided();
      simulator.arrive(2);

      PollSummary second = running.pollAndSettle();

      long open = first.stream().filter(each -> !each.resource().orchState().isTerminal()).count();
      Set<String> ended =
          first.stream()
              .filter(each -> each.resource().orchState().isTerminal())
              .map(each -> each.resource().id().value())
              .collect(Collectors.toSet());
      List<Examination> again = running.decided().subList(first.size(), running.decided().size());
      assertThat(open).isPositive();
      assertThat(again)
          .hasSizeGreaterThanOrEqualTo((int) open)
          .hasSizeLessThanOrEqualTo((int) open + 2)
          .noneMatch(each -> ended.contains(each.resource().id().value()));
      assertThat(second.of(Outcome.UNCHANGED)).isEqualTo(ended.size());
      assertThat(second.isBalanced()).isTrue();
    }
  }

  private static long twice(List<String> names) {
    return names.size() - names.stream().distinct().count();
  }

  private static Set<String> ids(Simulator simulator) {
    return simulator.truths().map(Truth::resourceId).collect(Collectors.toSet());
  }

  private static List<String> decided(Running running) {
    return running.decided().stream()
        .map(examination -> examination.resource().id().value())
        .toList();
  }

  /** The resources whose trace was asked for by their id, once for each time. */
  private static List<String> lookUps(Running running) {
    return running.requests("GET", "/resources").stream()
        .map(LoggedRequest::query)
        .map(ORIGIN::matcher)
        .filter(Matcher::find)
        .map(match -> match.group(1))
        .toList();
  }

  private static List<LoggedRequest> lists(Running running) {
    return running.requests("GET", "/resources").stream()
        .filter(request -> request.query().startsWith("exactTypeId="))
        .toList();
  }
}
