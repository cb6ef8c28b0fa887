package io.orchscope.it;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * One folder of {@code it/scenarios}: what is given and what is expected, as files.
 *
 * <p>Errors: an {@link AssertionError} names a file that is missing, that nobody reads, or that
 * cannot be read. Which files there are and what they hold is told in it/README.md.
 */
record Scenario(Path folder) {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final Set<String> NEEDED =
      Set.of("given/simulator.properties", "given/commands.txt", "expect/exit-codes.txt");

  private static final Set<String> POSSIBLE =
      Set.of(
          "given/resources.json",
          "given/traces.json",
          "given/settings.properties",
          "expect/figures.json",
          "expect/verdicts.json",
          "expect/messages.txt",
          "expect/requests.json",
          "expect/log-has.txt",
          "expect/log-has-not.txt");

  /** All scenarios in a folder, by name. */
  static List<Scenario> in(Path root) {
    try (Stream<Path> found = Files.list(root)) {
      return found.filter(Files::isDirectory).sorted().map(Scenario::new).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String name() {
    return String.valueOf(folder.getFileName());
  }

  /** What is wrong with the names of its files, as sentences; nothing when all is well. */
  List<String> mistakes() {
    Set<String> present = new TreeSet<>();
    try (Stream<Path> found = Files.walk(folder)) {
      found
          .filter(Files::isRegularFile)
          .forEach(file -> present.add(folder.relativize(file).toString().replace('\\', '/')));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> mistakes = new ArrayList<>();
    NEEDED.stream()
        .filter(name -> !present.contains(name))
        .sorted()
        .forEach(name -> mistakes.add(name + " is missing."));
    present.stream()
        .filter(name -> !NEEDED.contains(name) && !POSSIBLE.contains(name))
        .forEach(name -> mistakes.add(name + " is read by nobody; see it/README.md."));
    boolean expectsMore =
        present.stream().anyMatch(name -> name.startsWith("expect/") && !NEEDED.contains(name));
    if (!expectsMore) {
      mistakes.add("expect/ holds nothing but exit codes, which many a broken program returns.");
    }
    return mistakes;
  }

  Map<String, String> simulatorOptions() {
    return properties("given/simulator.properties");
  }

  Map<String, String> settings() {
    return has("given/settings.properties") ? properties("given/settings.properties") : Map.of();
  }

  /** The words of each command line. */
  List<List<String>> commands() {
    return lines("given/commands.txt").stream().map(line -> List.of(line.split("\\s+"))).toList();
  }

  List<Integer> exitCodes() {
    return lines("expect/exit-codes.txt").stream().map(Integer::valueOf).toList();
  }

  List<ObjectNode> resources() {
    return objects("given/resources.json");
  }

  List<ObjectNode> traces() {
    return objects("given/traces.json");
  }

  Optional<JsonNode> expectedJson(String name) {
    return has("expect/" + name) ? Optional.of(json("expect/" + name)) : Optional.empty();
  }

  Optional<List<String>> expectedLines(String name) {
    return has("expect/" + name) ? Optional.of(lines("expect/" + name)) : Optional.empty();
  }

  private boolean has(String name) {
    return Files.exists(folder.resolve(name));
  }

  private List<ObjectNode> objects(String name) {
    List<ObjectNode> objects = new ArrayList<>();
    if (has(name)) {
      for (JsonNode item : json(name)) {
        if (!(item instanceof ObjectNode object)) {
          throw new AssertionError(name() + "/" + name + " is not a list of JSON objects.");
        }
        objects.add(object);
      }
    }
    return objects;
  }

  private JsonNode json(String name) {
    try {
      return JSON.readTree(text(name));
    } catch (IOException e) {
      throw new AssertionError(name() + "/" + name + " is not JSON: " + e.getMessage(), e);
    }
  }

  private Map<String, String> properties(String name) {
    Properties read = new Properties();
    try {
      read.load(new StringReader(text(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> properties = new LinkedHashMap<>();
    read.stringPropertyNames().stream()
        .sorted()
        .forEach(key -> properties.put(key, read.getProperty(key, "").strip()));
    return properties;
  }

  /** Without empty lines and those that begin with {@code #}. */
  private List<String> lines(String name) {
    return text(name)
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .toList();
  }

  private String text(String name) {
    try {
      return Files.readString(folder.resolve(name));
    } catch (IOException e) {
      throw new AssertionError(name() + "/" + name + " cannot be read: " + e.getMessage(), e);
    }
  }
}
