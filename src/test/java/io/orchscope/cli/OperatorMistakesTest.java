package io.orchscope.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code orchscope check} tells somebody who has made one mistake in files that were in order:
 * the file, the place, what is wrong there and what to do about it.
 */
class OperatorMistakesTest {

  private static final String RULES = "config/defect-rules.yaml";
  private static final String SETTINGS = "config/application.properties";
  private static final String PRODUCTS = "config/products.yaml";
  private static final String ROOMS = "config/rooms.yaml";

  private static final String DE_1000 = "communication state: NOT-AVAILABLE\\b'";

  /**
   * @param what text of the file, the first of its kind
   * @param with what the operator writes in its place
   * @param said place, reason and remedy, the latter two as they begin; the place is a text at the
   *     line to be named ('@' for that of the slip, after a file if that is another one), and after
   *     a bar the step
   */
  private record Slip(String name, String file, String what, String with, List<String> said) {}

  private static final List<Slip> SLIPS =
      List.of(
          slip(
              "a bracket too many in a pattern",
              RULES,
              DE_1000,
              "communication state: [NOT-AVAILABLE'",
              "@",
              "not a regular expression: '[' is not closed near character ",
              "Put a \\ before each of ( ) [ ] { } . * + ? | that the text itself holds."),
          slip(
              "a code that is taken",
              RULES,
              "code: DE-1001",
              "code: DE-1000",
              "@",
              "DE-1000 stands twice, first at line ",
              "Give one of the two a code that is free."),
          slip(
              "a rule that an earlier one makes useless",
              RULES,
              "device: [^ ]+ communication state: NOT-AVAILABLE\\b'",
              "device: [^ ]+ communication state: NOT-'",
              "near-misses:",
              "the pattern of DE-1000 matches its near-miss ",
              "Narrow the pattern, or make the text an example.",
              "the example 'MDSO | Connectivity Error - Unreachable Live Device: device:"
                  + " ABCDTXAB1ZW communication state: NOT-ON…' of DE-1023 is won by DE-1000 (line"
                  + " ",
              "Narrow the pattern of DE-1000, or give this rule a lower code."),
          slip(
              "an example that its rule does not match",
              RULES,
              DE_1000,
              "communication state: NOT AVAILABLE\\b'",
              "    examples:",
              "the pattern of DE-1000 does not match its example 'MDSO | Connectivity Error",
              "Correct the pattern or the example; both are case-sensitive."),
          slip(
              "a misspelt key of a rule",
              RULES,
              "severity: major",
              "serverity: major",
              "@",
              "unknown key 'serverity'",
              "Did you mean 'severity'?"),
          slip(
              "a misspelt setting",
              SETTINGS,
              "polls.at-once = ",
              "poll.at-once = ",
              "@",
              "nobody reads the key 'poll.at-once'",
              "Did you mean 'polls.at-once'?"),
          slip(
              "a duration in words",
              SETTINGS,
              "retry.delay = 500ms",
              "retry.delay = half a second",
              "@",
              "retry.delay: 'half a second' is not a duration",
              "Write a number and ms, s, m, h or d, as in 30s."),
          slip(
              "a database of another maker",
              SETTINGS,
              "ledger.url =",
              "ledger.url = jdbc:mysql://db.example.com/orchscope",
              "@",
              "ledger.url: 'jdbc:mysql://db.example.com/…' is not the address of a PostgreSQL"
                  + " database",
              "Write it as in jdbc:postgresql://db.example.com:5432/orchscope."),
          slip(
              "a topic without its brokers",
              SETTINGS,
              "circuits.queue = seda:circuits",
              "circuits.queue = kafka:circuits",
              "@",
              "circuits.queue: 'kafka:circuits' is neither a queue in memory nor a Kafka topic with"
                  + " its brokers",
              "Write it as in seda:circuits or kafka:circuits?brokers=HOST:9092."),
          slip(
              "an option that Kafka does not have",
              SETTINGS,
              "circuits.queue = seda:circuits",
              "circuits.queue = kafka:circuits?brokers=broker.example.com:9092&groupIt=us",
              "@",
              "'kafka' has no option 'groupIt'",
              "Did you mean 'groupId'?"),
          slip(
              "circuits that nobody would work on",
              SETTINGS,
              "circuits.work-here = yes",
              "circuits.work-here = no",
              "@",
              "nobody would work on the circuits: circuits.queue is in the memory of this process",
              "Write yes, or name a topic in circuits.queue, as in"
                  + " kafka:circuits?brokers=HOST:9092."),
          slip(
              "a password in the file",
              SETTINGS,
              "mdso.tenant = master",
              "mdso.password = correct horse",
              "@",
              "the secret 'mdso.password' may not stand in a file of the configuration",
              "Remove it, and set MDSO_PASSWORD or MDSO_PASSWORD_FILE in the environment."),
          slip(
              "a channel that no route serves",
              SETTINGS,
              "alerts.channel = console",
              "alerts.channel = pager",
              "routes/send-alert.camel.yaml: id: choose-channel | choose-channel",
              "it calls 'direct:alert-pager', and no route begins with that",
              "Correct 'alerts.channel' in config/application.properties. "),
          slip(
              "a room for a product that there is not",
              ROOMS,
              "products: [service_mapper]",
              "products: [service_maper]",
              "@",
              "unknown product 'service_maper'",
              "Did you mean 'service_mapper'?"),
          slip(
              "products that no room hears of",
              ROOMS,
              "default: sim-room-operations",
              "",
              "rooms:\n  - room",
              "product 'compliance' has no room",
              "Add it to the products of a room, or name a room for the rest: 'default: <room"
                  + " id>'."),
          slip(
              "a schedule with five fields",
              PRODUCTS,
              "\"0 0/15 * * * ?\"",
              "\"0/15 * * * *\"",
              "@",
              "'0/15 * * * *' is not a Quartz cron expression: Unexpected end of expression.",
              "Give seconds, minutes, hours, day, month and weekday, as in '0 0/15 * * * ?'."),
          slip(
              "a product that stands twice",
              PRODUCTS,
              "type: network_service\n",
              "type: service_mapper\n",
              "@",
              "product 'service_mapper' stands twice",
              "Keep one of the two entries."),
          slip(
              "a step that is indented too little",
              "routes/repeat-mdso.camel.yaml",
              "        - to:",
              "       - to",
              "id: try-mdso",
              "not YAML: mapping values are not allowed here",
              "Mind indentation and quotes; a step is '- kind:' with its options four columns"),
          slip(
              "options beside their step",
              "routes/examine-circuit.camel.yaml",
              "- process:\n            id: begin-examination\n            ref",
              "- process:\n          id: begin-examination\n          ref",
              "@ | begin-examination",
              "the options of 'process' stand beside it, not under it",
              "Indent them four columns deeper than the '-' of the step."),
          slip(
              "a step that there is not",
              "routes/read-page.camel.yaml",
              "- setHeader:",
              "- setHaeder:",
              "@ | read-page",
              "there is no step 'setHaeder'",
              "Did you mean 'setHeader'?"),
          slip(
              "an option that a step does not have",
              "routes/await-mdso.camel.yaml",
              "asyncDelayed:",
              "asyncDelayd:",
              "@ | pause-for-mdso",
              "there is no option 'asyncDelayd' here",
              "Did you mean 'asyncDelayed'?"),
          slip(
              "a bean that there is not",
              "routes/poll-product.camel.yaml",
              "ref: pollReports",
              "ref: pollReport",
              "id: end-poll | end-poll",
              "there is no bean 'pollReport'",
              "Did you mean 'pollReports'?"),
          slip(
              "a bean that there is not, in an expression",
              "routes/await-mdso.camel.yaml",
              "${bean:sessions.",
              "${bean:session.",
              "@ | log-in-first",
              "there is no bean 'session'",
              "Did you mean 'sessions'?"),
          slip(
              "a condition that there is not",
              "routes/examine-circuit.camel.yaml",
              "expression: traceIsSought",
              "expression: traceIsSougt",
              "@ | look-for-trace",
              "there is no bean 'traceIsSougt'",
              "Did you mean 'traceIsSought'?"),
          slip(
              "a method that a bean does not have",
              "routes/examine-circuit.camel.yaml",
              "method: classify",
              "method: clasify",
              "id: classify-error | classify-error",
              "bean 'classifying' has no method 'clasify'",
              "Did you mean 'classify'?"),
          slip(
              "a method that a bean does not have, in an expression",
              "routes/failures.camel.yaml",
              "${bean:faults.mayRetry}",
              "${bean:faults.retries}",
              "@ | try-again",
              "bean 'faults' has no method 'retries'",
              "It has: "),
          slip(
              "an option that a queue does not have",
              "routes/deliver-alerts.camel.yaml",
              "waitForTaskToComplete",
              "waitForTaskToComplet",
              "@ | hand-message-on",
              "'seda' has no option 'waitForTaskToComplet'",
              "Did you mean 'waitForTaskToComplete'?"),
          slip(
              "an option that HTTP would take for a question to MDSO",
              "routes/ask-mdso.camel.yaml",
              "httpMethod",
              "httpMethd",
              "@ | get-from-mdso",
              "'https' has no option 'httpMethd'",
              "Did you mean 'httpMethod'?"),
          slip(
              "a value that an option does not take",
              "routes/ask-mdso.camel.yaml",
              "skipResponseHeaders: true",
              "skipResponseHeaders: maybe",
              "@ | get-from-mdso",
              "'maybe' is neither true nor false",
              "Write true or false."),
          slip(
              "a word where a number is due",
              "routes/failures.camel.yaml",
              "maximumRedeliveries: 0",
              "maximumRedeliveries: none",
              "@ | give-up",
              "'none' is not one of the values allowed",
              "Write a whole number."),
          slip(
              "a level that a log does not have",
              "routes/count-resources.camel.yaml",
              "loggingLevel: DEBUG",
              "loggingLevel: LOUD",
              "@ | say-count-refused",
              "'LOUD' is not one of the values allowed",
              "Write TRACE, DEBUG, INFO, WARN, ERROR, OFF."),
          slip(
              "a class that there is not",
              "routes/examine-circuit.camel.yaml",
              "io.orchscope.circuit.Resource",
              "io.orchscope.circuit.Resorce",
              "@ | read-resource",
              "there is no class 'io.orchscope.circuit.Resorce'",
              "Correct its name; "),
          slip(
              "an expression that is not closed",
              "routes/read-page.camel.yaml",
              "${body.query}",
              "${body.query",
              "@ | set-page-query",
              "the expression '${body.query' cannot be read",
              "Write ${body.…}, ${header.…}, ${variable.…} or ${bean:NAME.METHOD}, each closed"),
          slip(
              "a setting that there is not",
              "routes/send-alert.camel.yaml",
              "{{alerts.rooms-at-once}}",
              "{{alerts.rooms-at-onec}}",
              "@ | send-alert",
              "there is no setting 'alerts.rooms-at-onec' for its placeholder",
              "Did you mean 'alerts.rooms-at-once'?"),
          slip(
              "a call of a route that there is not",
              "routes/fetch-trace.camel.yaml",
              "direct:call-mdso",
              "direct:call-mdo",
              "id: ask-for-trace | ask-for-trace",
              "it calls 'direct:call-mdo', and no route begins with that",
              "Did you mean 'direct:call-mdso'?"),
          slip(
              "a queue that nobody reads",
              "routes/await-mdso.camel.yaml",
              "seda:log-in",
              "seda:logging-in-somewhere-else",
              "id: renew-token | renew-token",
              "it calls 'seda:logging-in-somewhere-else', and no route begins with that",
              "Routes begin with: direct:alert-console, "),
          slip(
              "a component that there is not",
              "routes/repeat-webex.camel.yaml",
              "direct:post-message",
              "drect:post-message",
              "@ | post-to-room",
              "there is no component 'drect'",
              "Write direct, seda, quartz or a setting such as {{mdso.url}} before the colon."),
          slip(
              "failures that nobody describes",
              "routes/send-alert.camel.yaml",
              "routeConfigurationId: failures",
              "routeConfigurationId: failure",
              "@ | send-alert",
              "there is no routeConfiguration 'failure'",
              "Did you mean 'failures'?"),
          slip(
              "a step id that another file has",
              "routes/read-page.camel.yaml",
              "id: fetch-page",
              "id: fetch-count",
              "@ | fetch-count",
              "the id 'fetch-count' stands twice; the other is in count-resources.camel.yaml,"
                  + " line ",
              "Give one of the two another id; spans, tests and people go by it."),
          slip(
              "a copy of a route under another file name",
              "routes/poll-now.camel.yaml",
              "id: poll-now",
              "id: read-page",
              "routes/read-page.camel.yaml: id: read-page | read-page",
              "the id 'read-page' stands twice; the other is in poll-now.camel.yaml, line ",
              "Give one of the two another id; "),
          slip(
              "two routes that begin alike",
              "routes/fetch-trace.camel.yaml",
              "uri: direct:fetch-trace",
              "uri: direct:call-mdso",
              "@ | fetch-trace",
              "two routes begin with 'direct:call-mdso'; the other is in call-mdso.camel.yaml, line"
                  + " ",
              "Give one of the two another name, and call that where it is meant."),
          slip(
              "a template under another name",
              "routes/schedule-poll.camel.yaml",
              "id: schedule-poll",
              "id: schedule-polls",
              "@ | schedule-polls",
              "there is no routeTemplate 'schedule-poll', and every product with a schedule needs",
              "Restore schedule-poll.camel.yaml from the one shipped."));

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void copyTheFilesShipped() throws IOException {
    copyInto(folder);
  }

  @TestFactory
  Stream<DynamicTest> saysFilePlaceReasonAndRemedyOf() {
    return SLIPS.stream().map(slip -> dynamicTest(slip.name(), () -> saysWhatIsWrongBy(slip)));
  }

  @Test
  void saysThatAllIsInOrderAndLeavesNothingBehind() throws IOException {
    List<Path> before = filesUnder(folder);

    int exit = check(folder);

    assertThat(err.toString()).isEmpty();
    assertThat(out.toString())
        .matches("All is in order: 16 products, [0-9]+ rules, [0-9]+ files of routes\\.\\R");
    assertThat(exit).isZero();
    assertThat(filesUnder(folder)).isEqualTo(before);
  }

  @Test
  void saysThatTheProductsAreMissing() throws IOException {
    Files.delete(folder.resolve(PRODUCTS));

    int exit = check(folder);

    assertThat(err.toString())
        .isEqualTo(
            folder.resolve(PRODUCTS)
                + ": whole file\n    it does not exist\n"
                + "    → Restore it, or name another with --config.\n");
    assertThat(exit).isEqualTo(1);
  }

  @Test
  void saysThatAFileOfRoutesIsEmpty() throws IOException {
    Files.writeString(folder.resolve("routes/log-in.camel.yaml"), "");

    int exit = check(folder);

    assertThat(err.toString())
        .isEqualTo(
            folder.resolve("routes/log-in.camel.yaml")
                + ": whole file\n    the file is empty\n"
                + "    → Start it with '- route:', or restore it from the one shipped.\n");
    assertThat(exit).isEqualTo(1);
  }

  @Test
  void saysThatThereAreNoRoutes() throws IOException {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));

    int exit = execute("check", "--config", folder + "/config", "--routes", elsewhere.toString());

    assertThat(err.toString())
        .isEqualTo(
            elsewhere
                + ": whole folder\n    there is no file '….camel.yaml'\n"
                + "    → Restore them, or name another with --routes.\n");
    assertThat(exit).isEqualTo(1);
  }

  @Test
  void saysEverythingThatIsWrongWithSeveralFilesAtOnce() throws IOException {
    replace(folder, RULES, "severity: major", "severity: loud");
    replace(folder, SETTINGS, "polls.at-once = 4", "polls.at-once = 0");
    replace(folder, PRODUCTS, "trace: yes", "trace: perhaps");

    int exit = check(folder);

    assertThat(err.toString())
        .contains("unknown severity 'loud'", "polls.at-once: '0' is not", "'perhaps' is neither");
    assertThat(exit).isEqualTo(1);
  }

  @Test
  void saysTheSameForPrograms() throws IOException {
    Path file = folder.resolve("routes/ask-mdso.camel.yaml");
    replace(folder, "routes/ask-mdso.camel.yaml", "httpMethod", "httpMethd");

    int exit =
        execute("check", "--json", "--config", folder + "/config", "--routes", folder + "/routes");

    JsonNode expected =
        new ObjectMapper()
            .createArrayNode()
            .addObject()
            .put("file", file.toString())
            .put("place", "line " + lineOf("httpMethd", file) + ", column 15, in get-from-mdso")
            .put("reason", "'https' has no option 'httpMethd'")
            .put("remedy", "Did you mean 'httpMethod'?");
    assertThat(new ObjectMapper().readTree(out.toString())).containsExactly(expected);
    assertThat(err.toString()).isEmpty();
    assertThat(exit).isEqualTo(1);
  }

  @Test
  void saysNothingForProgramsWhenAllIsInOrder() throws IOException {
    int exit =
        execute("check", "--json", "--config", folder + "/config", "--routes", folder + "/routes");

    assertThat(out.toString()).isEqualToIgnoringNewLines("[]");
    assertThat(exit).isZero();
  }

  @Test
  void startsNothingOverAMistake() throws IOException {
    replace(folder, "routes/read-page.camel.yaml", "- setHeader:", "- setHaeder:");
    List<Path> before = filesUnder(folder);

    int exit = execute("run", "--config", folder + "/config", "--routes", folder + "/routes");

    assertThat(err.toString()).contains("there is no step 'setHaeder'");
    assertThat(exit).isEqualTo(1);
    assertThat(filesUnder(folder)).isEqualTo(before);
  }

  private void saysWhatIsWrongBy(Slip slip) throws IOException {
    Path copy = Files.createTempDirectory(folder, "slip");
    copyInto(copy);
    replace(copy, slip.file(), slip.what(), slip.with());
    List<Path> before = filesUnder(copy);
    err.getBuffer().setLength(0);

    int exit = check(copy);

    assertThat(err.toString()).startsWith(copy + "/" + fileAndLine(copy, slip));
    assertThat(err.toString().lines().findFirst().orElse("")).endsWith(stepOf(slip));
    assertThat(err.toString().lines().map(String::strip))
        .anyMatch(line -> line.startsWith(slip.said().get(1)))
        .anyMatch(line -> line.startsWith("→ " + slip.said().get(2)));
    assertThat(slip.said().stream().skip(3)).allMatch(said -> err.toString().contains(said));
    assertThat(out.toString()).isEmpty();
    assertThat(exit).isEqualTo(1);
    assertThat(filesUnder(copy)).isEqualTo(before);
  }

  private static String fileAndLine(Path copy, Slip slip) throws IOException {
    String[] place = slip.said().get(0).split(" \\| ")[0].split(": ", 2);
    boolean isElsewhere = place[0].startsWith("routes/");
    String file = isElsewhere ? place[0] : slip.file();
    String mark = isElsewhere ? place[1] : String.join(": ", place);
    return file
        + ": line "
        + (mark.equals("@")
            ? lineOf(slip.what(), Path.of(file))
            : lineOf(mark, copy.resolve(file)));
  }

  private static int lineOf(String mark, Path file) throws IOException {
    String text = Files.readString(file);
    int at = text.indexOf(mark);
    assertThat(at).as("'%s' in %s", mark, file).isNotNegative();
    return text.substring(0, at).split("\n", -1).length;
  }

  private static String stepOf(Slip slip) {
    String[] place = slip.said().get(0).split(" \\| ");
    return place.length == 2 ? ", in " + place[1] : "";
  }

  private int check(Path files) {
    return execute("check", "--config", files + "/config", "--routes", files + "/routes");
  }

  private int execute(String... arguments) {
    return Commands.execute(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  /** The files shipped, with ledger and evidence beside them. */
  private static void copyInto(Path target) throws IOException {
    for (String name : List.of("config", "routes")) {
      Path to = Files.createDirectory(target.resolve(name));
      try (Stream<Path> files = Files.list(Path.of(name))) {
        for (Path file : files.toList()) {
          Files.copy(file, to.resolve(file.getFileName()));
        }
      }
    }
    replace(target, SETTINGS, "= var/evidence", "= " + target + "/evidence");
    replace(target, SETTINGS, "= var/ledger.db", "= " + target + "/ledger.db");
  }

  private static void replace(Path folder, String file, String what, String with)
      throws IOException {
    Path path = folder.resolve(file);
    String text = Files.readString(path);
    int at = text.indexOf(what);
    assertThat(at).as("'%s' in %s", what, file).isNotNegative();
    Files.writeString(path, text.substring(0, at) + with + text.substring(at + what.length()));
  }

  private static List<Path> filesUnder(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.sorted().toList();
    }
  }

  private static Slip slip(String name, String file, String what, String with, String... said) {
    return new Slip(name, file, what, with, List.of(said));
  }
}
