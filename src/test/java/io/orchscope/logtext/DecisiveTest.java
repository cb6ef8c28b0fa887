package io.orchscope.logtext;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.logtext.Remark.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which remark is shown where only one can be. */
final class DecisiveTest {

  /** One block of decisive.txt. */
  record Case(String name, String error, List<List<Remark>> logs, String expected) {

    static Case of(String block) {
      List<String> lines = block.lines().toList();
      List<List<Remark>> logs = List.of(new ArrayList<>(), new ArrayList<>());
      for (String line : lines.subList(2, lines.size() - 1)) {
        String[] columns = line.split(" ", 4);
        Kind kind = Kind.valueOf(columns[2].toUpperCase(Locale.ROOT).replace('-', '_'));
        logs.get(Integer.parseInt(columns[0]))
            .add(new Remark(Long.parseLong(columns[1]), kind, Optional.empty(), "", columns[3]));
      }
      return new Case(
          lines.get(0),
          lines.get(1).substring("error:".length()).strip(),
          logs,
          lines.get(lines.size() - 1).substring(2));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    String all =
        String.join(
            "\n",
            LogSamples.text("decisive.txt").lines().filter(l -> !l.startsWith("# ")).toList());
    return Stream.of(all.strip().split("\n\n+", -1)).map(Case::of);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void saysWhichRemarkSaysMost(Case given) {
    Optional<Decisive> decisive = Decisive.among(given.logs(), given.error());
    Optional<Decisive> besides = Decisive.besides(given.logs(), given.error());

    assertThat(drawn(decisive) + ", " + drawn(besides)).isEqualTo(given.expected());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void doesNotDependOnTheOrderOfRemarks(Case given) {
    given.logs().forEach(Collections::reverse);

    Optional<Decisive> decisive = Decisive.among(given.logs(), given.error());

    assertThat(given.expected()).startsWith(drawn(decisive) + ",");
  }

  @Test
  void survivesAnErrorOfBracketsAlone() {
    List<List<Remark>> logs =
        List.of(List.of(new Remark(1, Kind.ERROR, Optional.empty(), "", "((((")));

    assertThat(Decisive.among(logs, "(".repeat(100_000))).isPresent();
    assertThat(Decisive.among(logs, "Error in ".repeat(10_000))).isPresent();
  }

  private static String drawn(Optional<Decisive> decisive) {
    return decisive.map(found -> found.log() + " " + found.remark().line()).orElse("-");
  }
}
