package io.orchscope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The routes that are shipped follow the house style, and the style can tell who does not. */
class RouteStyleTest {

  private static final Path SOUND = Path.of("src/test/resources/route-style/take-lap.camel.yaml");

  /** A change of the sound route, and what has to be said of it. */
  private record Breakage(String name, String what, String with, String fault) {}

  private static final List<Breakage> BREAKAGES =
      List.of(
          broken("unknown step", "- setHeader:", "- setHaeder:", "schema: "),
          broken("unknown option", "asyncDelayed:", "asynchronous:", "schema: "),
          broken("not YAML", "      uri: direct:take-lap", "  uri: direct:take-lap", "not YAML"),
          broken(
              "two routes",
              "# Body in",
              "- from: {uri: direct:x}\n# Body in",
              "one route per file, and here are 2"),
          broken(
              "failures beside the failures file",
              "- route:",
              "- routeConfiguration:",
              "'routeConfiguration' does not belong in this file"),
          broken(
              "another id than the file's name",
              "id: take-lap",
              "id: take-a-lap",
              "the route's id 'take-a-lap' is not the name of its file"),
          broken(
              "route without description",
              "    description: Goes around once, as an example of a route without fault.\n",
              "",
              "take-lap: the route has no description"),
          broken(
              "step without id",
              "            id: set-lap-path\n            name",
              "            name",
              "take-lap: a step 'setHeader' has no id"),
          broken(
              "branch without id",
              "- id: on-the-left\n                simple",
              "- simple",
              "choose-side: a step 'when' has no id"),
          broken(
              "step id that stands twice",
              "id: turn-left",
              "id: fetch-lap",
              "the id 'fetch-lap' stands twice, first in take-lap.camel.yaml"),
          broken(
              "step id that is the route's",
              "id: turn-left",
              "id: take-lap",
              "the id 'take-lap' stands twice, first in take-lap.camel.yaml"),
          broken(
              "step id that another file has",
              "id: turn-left",
              "id: taken-elsewhere",
              "the id 'taken-elsewhere' stands twice, first in other.camel.yaml"),
          broken(
              "neighbour without description",
              "            description: GET the lap that the header names.\n",
              "",
              "fetch-lap: it speaks to a neighbour and has no description"),
          broken(
              "queue without description",
              "direct:turn-left",
              "\"{{lap.queue}}\"",
              "turn-left: it speaks to a neighbour and has no description"),
          broken(
              "address in the route",
              "\"{{lap.url}}\"",
              "https://mdso.example.com",
              "fetch-lap: the address 'https://mdso.example.com' is written into the route"),
          broken(
              "options in the uri",
              "direct:turn-left",
              "direct:turn-left?timeout=1",
              "turn-left: options stand in the uri; write them under 'parameters:'"),
          broken(
              "all headers leave",
              "              headerFilterStrategy: \"#outgoingHeaders\"\n",
              "",
              "fetch-lap: without headerFilterStrategy \"#outgoingHeaders\" all headers leave"),
          broken(
              "unknown remote system",
              "              httpClientConfigurer: \"#mdso\"\n",
              "",
              "fetch-lap: without httpClientConfigurer the remote system is unknown"),
          broken(
              "expression that is too long",
              "${body.path}",
              "${body.path}" + "/".repeat(70),
              "set-lap-path: an expression of 82 characters"),
          broken(
              "expression of two lines",
              "\"${body.path}\"",
              "\"${body.path}\\n${body.path}\"",
              "set-lap-path: an expression of several lines; write a method with a test"),
          broken(
              "expression in short",
              "simple:\n              expression: \"${body.path}\"",
              "simple: \"${body.path}\"",
              "set-lap-path: write 'simple:' with 'expression:' under it"),
          broken(
              "code",
              "simple:\n              expression: \"${body.path}\"",
              "groovy:\n              expression: \"body.path\"",
              "set-lap-path: 'groovy' is code; write a method with a test"),
          broken(
              "code by its other name",
              "simple:\n              expression: \"${body.path}\"",
              "language:\n              language: mvel\n              expression: \"body.path\"",
              "set-lap-path: 'mvel' is code; write a method with a test"),
          broken(
              "endpoint per message",
              "- to:\n                      id: turn-left",
              "- toD:\n                      id: turn-left",
              "turn-left: 'toD' makes an endpoint per message; use 'to' and a header"),
          broken(
              "delay that changes threads",
              "            asyncDelayed: false\n",
              "",
              "wait-for-lap: a delay without asyncDelayed: false goes on in another thread"),
          broken("lines of Windows", "\n", "\r\n", "lines do not end with LF alone"),
          broken(
              "no word on the body",
              "# Body in and out: Lap.",
              "# Laps.",
              "the first line is no comment that says what the body is"),
          broken(
              "no comment on top",
              "# Body in and out: Lap.\n",
              "",
              "the first line is no comment that says what the body is"));

  @TestFactory
  Stream<DynamicTest> everyFileOfRoutesFollowsTheStyle() throws IOException {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.list(Path.of("routes"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".camel.yaml")).toList()) {
        texts.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    assertThat(texts).isNotEmpty();

    Map<String, String> ids = new HashMap<>();
    return texts.entrySet().stream()
        .map(
            file ->
                dynamicTest(
                    file.getKey(),
                    () ->
                        assertThat(RouteStyle.faults(file.getKey(), file.getValue(), ids))
                            .isEmpty()));
  }

  @Test
  void findsNoFaultWithASoundRoute() throws IOException {
    assertThat(faultsOf(Files.readString(SOUND))).isEmpty();
  }

  @Test
  void takesAPlaceholderWhereTheSchemaWantsANumberOrAFlag() throws IOException {
    String sound = Files.readString(SOUND);

    String filled =
        sound.replace(
            "asyncDelayed: false", "asyncDelayed: false\n            disabled: \"{{lap.off}}\"");

    assertThat(filled).isNotEqualTo(sound);
    assertThat(faultsOf(filled)).isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> findsWhatIsBroken() throws IOException {
    String sound = Files.readString(SOUND);
    return BREAKAGES.stream()
        .map(
            breakage ->
                dynamicTest(
                    breakage.name(),
                    () -> {
                      assertThat(sound).contains(breakage.what());

                      List<String> faults =
                          faultsOf(sound.replace(breakage.what(), breakage.with()));

                      assertThat(faults).anyMatch(fault -> fault.startsWith(breakage.fault()));
                    }));
  }

  private static List<String> faultsOf(String text) {
    Map<String, String> others = new HashMap<>(Map.of("taken-elsewhere", "other.camel.yaml"));
    return RouteStyle.faults(SOUND.getFileName().toString(), text, others);
  }

  private static Breakage broken(String name, String what, String with, String fault) {
    return new Breakage(name, what, with, fault);
  }
}
