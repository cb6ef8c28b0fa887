package io.orchscope;

import io.orchscope.settings.InvalidFileException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * One file of routes as text with places, for what Camel does not look at before a message comes by
 * and for where it only says that something is wrong.
 *
 * @param words every key and every text, in the order of the file
 * @param parts every mapping that is the value of a key, a step above all
 */
record RouteFile(Path path, List<Word> words, List<Part> parts) {

  /**
   * A key with its text, empty if the value is more than a text.
   *
   * @param line counted from 1
   * @param place line, column and step, for people
   */
  record Word(String key, String text, int line, String place) {}

  /**
   * A mapping under a key: {@code to}, {@code bean}, {@code from}, {@code route}.
   *
   * @param texts its members that are plain texts
   * @param options the keys under its {@code parameters}, with their places
   */
  record Part(String kind, Map<String, String> texts, Map<String, String> options, String place) {

    String text(String key) {
      return texts.getOrDefault(key, "");
    }
  }

  /** Errors: {@link InvalidFileException} when it is not YAML, or no list of routes. */
  static RouteFile of(RouteSource source) {
    Path path = source.path();
    RouteFile file = new RouteFile(path, new ArrayList<>(), new ArrayList<>());
    try {
      Node root = new Yaml(new LoaderOptions()).compose(new StringReader(source.text()));
      if (root instanceof SequenceNode routes) {
        routes.getValue().forEach(route -> file.walk("", route, ""));
        return file;
      }
      throw new InvalidFileException(
          path.toString(),
          root == null ? "whole file" : place(root.getStartMark(), ""),
          root == null ? "the file is empty" : "the file is not a list of routes",
          "Start it with '- route:', or restore it from the one shipped.");
    } catch (MarkedYAMLException malformed) {
      Mark mark = malformed.getProblemMark();
      throw new InvalidFileException(
          path.toString(),
          mark == null ? "line 1" : place(mark, ""),
          "not YAML: " + malformed.getProblem(),
          "Mind indentation and quotes; a step is '- kind:' with its options four columns deeper.");
    } catch (YAMLException | CharacterCodingException noText) {
      throw new InvalidFileException(
          path.toString(),
          "whole file",
          "not UTF-8 text: " + String.valueOf(noText.getMessage()).split("\n", 2)[0],
          "Save it as UTF-8, without characters that do not print.");
    }
  }

  /** Where a key is this word or a text holds it, as near to a line as can be. */
  Optional<String> placeOf(String word, int line) {
    return words.stream()
        .filter(candidate -> candidate.key().equals(word) || candidate.text().contains(word))
        .min(Comparator.comparingInt(candidate -> Math.abs(candidate.line() - line)))
        .map(Word::place);
  }

  private void walk(String key, Node node, String step) {
    if (node instanceof SequenceNode sequence) {
      for (Node element : sequence.getValue()) {
        if (element instanceof ScalarNode text) {
          words.add(word(key, text.getValue(), text.getStartMark(), step));
        }
        walk(key, element, step);
      }
    } else if (node instanceof MappingNode mapping) {
      // An option of an endpoint may be called id as well.
      String id = key.equals("parameters") ? step : texts(mapping).getOrDefault("id", step);
      parts.add(
          new Part(key, texts(mapping), options(mapping, id), place(mapping.getStartMark(), id)));
      for (NodeTuple tuple : mapping.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode name) {
          String text = tuple.getValueNode() instanceof ScalarNode value ? value.getValue() : "";
          words.add(word(name.getValue(), text, name.getStartMark(), id));
          walk(name.getValue(), tuple.getValueNode(), id);
        }
      }
    }
  }

  private static Map<String, String> texts(MappingNode mapping) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode name
          && tuple.getValueNode() instanceof ScalarNode value) {
        texts.put(name.getValue(), value.getValue());
      }
    }
    return texts;
  }

  private static Map<String, String> options(MappingNode mapping, String step) {
    Map<String, String> options = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode name
          && name.getValue().equals("parameters")
          && tuple.getValueNode() instanceof MappingNode parameters) {
        for (NodeTuple option : parameters.getValue()) {
          if (option.getKeyNode() instanceof ScalarNode key) {
            options.put(key.getValue(), place(key.getStartMark(), step));
          }
        }
      }
    }
    return options;
  }

  private static Word word(String key, String text, Mark mark, String step) {
    return new Word(key, text, mark.getLine() + 1, place(mark, step));
  }

  private static String place(Mark mark, String step) {
    String line = "line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1);
    return step.isEmpty() ? line : line + ", in " + step;
  }
}
