package io.orchscope.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchscope.simulator.Credentials;
import io.orchscope.simulator.PostedMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What came of a scenario's commands, and where it differs from what the scenario expects.
 *
 * @param verdicts by circuit, as they stand in the evidence archive
 * @param traffic see {@link Traffic}
 * @param logFiles what the program wrote to its log files
 */
record Result(
    List<Program.Ended> commands,
    ObjectNode verdicts,
    List<PostedMessage> messages,
    Map<String, Long> traffic,
    String logFiles) {

  /** A circuit in a list: its devices and the time follow. */
  private static final Pattern LISTED = Pattern.compile("(?m)^- (`[^`]+`)(?: at .*)?, \\d{4}-");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> OUTCOMES =
      List.of("unchanged", "healthy", "defective", "unreadable", "dead-lettered");

  /** All differences, as sentences that begin with the file that expects otherwise. */
  List<String> differences(Scenario scenario) {
    List<String> all = new ArrayList<>(exitCodes(scenario.exitCodes()));
    scenario.expectedJson("figures.json").ifPresent(it -> all.addAll(figures(it)));
    scenario.expectedJson("verdicts.json").ifPresent(it -> all.addAll(verdicts(it)));
    scenario.expectedLines("messages.txt").ifPresent(it -> all.addAll(messages(it)));
    scenario.expectedJson("requests.json").ifPresent(it -> all.addAll(requests(it)));
    commands.forEach(it -> all.addAll(imbalances(it)));
    String log = log();
    for (String text : scenario.expectedLines("log-has.txt").orElse(List.of())) {
      if (!log.contains(text)) {
        all.add("log-has.txt: nowhere in the output or the log: " + text);
      }
    }
    for (String text : scenario.expectedLines("log-has-not.txt").orElse(List.of())) {
      linesWith(log, text).forEach(line -> all.add("log-has-not.txt: " + line));
    }
    return all;
  }

  /** Lines of output and logs that hold a secret, for no scenario may have any. */
  List<String> leaks(Credentials credentials) {
    List<String> leaks = new ArrayList<>();
    for (String secret : List.of(credentials.password(), credentials.webexBotToken())) {
      linesWith(log(), secret).forEach(line -> leaks.add("A secret was written down: " + line));
    }
    return leaks;
  }

  /** The output of every command, for a person who wants to know more. */
  String story() {
    StringBuilder story = new StringBuilder();
    for (Program.Ended command : commands) {
      story.append("---- orchscope ").append(command.command());
      story.append("  (exit code ").append(command.exitCode()).append(")\n");
      story.append(Program.tail(command.out())).append('\n');
      story.append(Program.tail(command.err())).append('\n');
    }
    return story.append("---- requests ").append(traffic).toString();
  }

  private List<String> exitCodes(List<Integer> expected) {
    List<Integer> actual = commands.stream().map(Program.Ended::exitCode).toList();
    return actual.equals(expected)
        ? List.of()
        : List.of("exit-codes.txt: expected " + expected + ", but was " + actual);
  }

  /** One element for each command, {@code null} for those that print no JSON. */
  private List<String> figures(JsonNode expected) {
    if (!expected.isArray() || expected.size() != commands.size()) {
      return List.of("figures.json: it is not a list with one element for each command");
    }
    List<String> found = new ArrayList<>();
    for (int i = 0; i < commands.size(); i++) {
      if (!expected.get(i).isNull()) {
        String place = "figures.json, command " + (i + 1);
        found.addAll(figures(place, expected.get(i), commands.get(i).out()));
      }
    }
    return found;
  }

  private static List<String> figures(String place, JsonNode expected, String out) {
    try {
      return Differences.between(place, expected, JSON.readTree(out));
    } catch (JsonProcessingException e) {
      return List.of(place + ": the output is not JSON: " + out);
    }
  }

  /** Whatever a scenario expects, listed is the sum of the outcomes. */
  private static List<String> imbalances(Program.Ended command) {
    List<String> found = new ArrayList<>();
    if (!command.command().contains("--json") || !command.out().startsWith("{\"polls\"")) {
      return found;
    }
    try {
      for (JsonNode poll : JSON.readTree(command.out()).path("polls")) {
        long sum = OUTCOMES.stream().mapToLong(it -> poll.path(it).asLong()).sum();
        if (sum != poll.path("listed").asLong() && !poll.path("incomplete").asBoolean()) {
          found.add("These figures do not add up: " + poll);
        }
      }
    } catch (JsonProcessingException e) {
      found.add("The figures are not JSON: " + command.out());
    }
    return found;
  }

  /** Unlike elsewhere, a circuit that nobody expects is a difference. */
  private List<String> verdicts(JsonNode expected) {
    List<String> found = new ArrayList<>(Differences.between("verdicts.json", expected, verdicts));
    for (Map.Entry<String, JsonNode> kept : verdicts.properties()) {
      if (!expected.has(kept.getKey())) {
        found.add("verdicts.json: a circuit that is not expected: " + kept);
      }
    }
    return found;
  }

  private List<String> messages(List<String> expected) {
    List<String> left = new ArrayList<>();
    for (PostedMessage message : messages) {
      left.add(message.roomId() + ": " + gist(message.markdown()));
    }
    List<String> found = new ArrayList<>();
    for (String line : expected) {
      if (!left.remove(line)) {
        found.add("messages.txt: did not arrive: " + line);
      }
    }
    left.forEach(line -> found.add("messages.txt: arrived, but not expected: " + line));
    return found;
  }

  /** The first line, and the circuits of a message that lists some. */
  private static String gist(String markdown) {
    String circuits =
        LISTED
            .matcher(markdown)
            .results()
            .map(found -> found.group(1))
            .sorted()
            .collect(Collectors.joining(", "));
    String first = markdown.lines().findFirst().orElse("");
    return circuits.isEmpty() ? first : first + " · " + circuits;
  }

  private List<String> requests(JsonNode expected) {
    List<String> found = new ArrayList<>();
    for (Map.Entry<String, JsonNode> bound : expected.properties()) {
      String name = bound.getKey();
      if (!Traffic.isCounted(name)) {
        found.add("requests.json: nobody counts '" + name + "'; see it/README.md");
        continue;
      }
      long count = traffic.getOrDefault(name, 0L);
      JsonNode limits = bound.getValue();
      Set<String> words = new TreeSet<>();
      limits.fieldNames().forEachRemaining(words::add);
      boolean sound =
          limits.isIntegralNumber()
              || (!words.isEmpty() && Set.of("least", "most").containsAll(words));
      long least = limits.isNumber() ? limits.asLong() : limits.path("least").asLong(0);
      long most = limits.isNumber() ? limits.asLong() : limits.path("most").asLong(Long.MAX_VALUE);
      if (!sound || count < least || count > most) {
        found.add("requests.json: " + name + ": expected " + limits + ", but was " + count);
      }
    }
    return found;
  }

  private String log() {
    StringBuilder log = new StringBuilder(logFiles);
    commands.forEach(it -> log.append('\n').append(it.out()).append('\n').append(it.err()));
    return log.toString();
  }

  private static List<String> linesWith(String log, String text) {
    return log.lines().filter(line -> line.contains(text)).distinct().limit(3).toList();
  }
}
