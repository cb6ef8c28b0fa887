package io.orchscope.settings;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
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
 * A mapping in a YAML file that remembers its lines and writes down what is wrong with it.
 *
 * <p>Errors: every method takes a mistake down and answers with something empty, so that a reading
 * goes on to the next one; the caller ends with {@link Mistakes#throwIfAny}.
 */
public final class YamlMap {

  private final String file;
  private final Mistakes mistakes;
  private final Mark start;
  private final Map<String, Node> members = new LinkedHashMap<>();
  private final Map<String, Mark> places = new LinkedHashMap<>();

  private YamlMap(String file, MappingNode node, Mistakes mistakes) {
    this.file = file;
    this.mistakes = mistakes;
    this.start = node.getStartMark();
    for (NodeTuple tuple : node.getValue()) {
      String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
      Mark at = tuple.getKeyNode().getStartMark();
      if (members.put(key, tuple.getValueNode()) != null) {
        mistakes.add(file, place(at), "key '" + key + "' stands twice", "Keep one of them.");
      }
      places.put(key, at);
    }
  }

  /**
   * The mapping that a whole file is.
   *
   * <p>Errors: {@link InvalidFileException} at once if the file is missing, is not YAML or is not a
   * mapping, since there is nothing to go on with.
   */
  public static YamlMap read(Path path, Mistakes mistakes) {
    return of(path, content(path), mistakes);
  }

  /**
   * The content of a file.
   *
   * <p>Errors: {@link InvalidFileException} if it is missing or cannot be read.
   */
  public static byte[] content(Path path) {
    String file = path.toString().replace('\\', '/');
    try {
      return Files.readAllBytes(path);
    } catch (NoSuchFileException missing) {
      throw new InvalidFileException(
          file, "whole file", "it does not exist", "Restore it, or name another with --config.");
    } catch (IOException unreadable) {
      throw new InvalidFileException(
          file, "whole file", "cannot be read: " + unreadable, "Check its owner and rights.");
    }
  }

  /** The same as {@link #read} of content that was read before. */
  public static YamlMap of(Path path, byte[] content, Mistakes mistakes) {
    String file = path.toString().replace('\\', '/');
    try {
      Node root = compose(text(content));
      if (root instanceof MappingNode mapping) {
        return new YamlMap(file, mapping, mistakes);
      }
      throw new InvalidFileException(
          file,
          "line 1",
          "the file is not a mapping",
          "Start it with a key, as in the one shipped.");
    } catch (MarkedYAMLException malformed) {
      Mark at = malformed.getProblemMark();
      throw new InvalidFileException(
          file,
          at == null ? "line 1" : place(at),
          "not YAML: " + malformed.getProblem(),
          "Mind indentation and quotes; text with ': ' or a leading '*' needs quotes.");
    } catch (YAMLException unreadable) {
      throw new InvalidFileException(
          file,
          "whole file",
          "not YAML: " + String.valueOf(unreadable.getMessage()).split("\n", 2)[0],
          "Remove characters that do not print, or restore the file.");
    } catch (CharacterCodingException notText) {
      throw new InvalidFileException(
          file,
          "whole file",
          "it is not UTF-8",
          "Save it as UTF-8; an editor says so below the text.");
    }
  }

  private static String text(byte[] content) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
  }

  private static Node compose(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(50_000_000);
    return new Yaml(options).compose(new StringReader(text));
  }

  /** Takes a mistake down for every key that is not one of these. */
  public void allowOnly(String... keys) {
    List<String> known = List.of(keys);
    for (String key : members.keySet()) {
      if (!known.contains(key)) {
        String remedy =
            Nearest.to(key, known)
                .map(near -> "Did you mean '" + near + "'?")
                .orElse("Known here: " + String.join(", ", known) + ".");
        mistake(key, "unknown key '" + key + "'", remedy);
      }
    }
  }

  public boolean has(String key) {
    return members.containsKey(key);
  }

  public List<String> keys() {
    return List.copyOf(members.keySet());
  }

  /** The text at a key that must be there. */
  public String text(String key) {
    Optional<String> text = optionalText(key);
    if (!has(key)) {
      mistakes.add(file, place(), "'" + key + "' is missing", "Add '" + key + ": …'.");
    } else if (text.isPresent() && text.get().isBlank()) {
      mistake(key, "'" + key + "' is empty", "Give it a value.");
    }
    return text.orElse("");
  }

  /** The text at a key that may be left out. */
  public Optional<String> optionalText(String key) {
    Node node = members.get(key);
    if (node == null) {
      return Optional.empty();
    }
    if (node instanceof ScalarNode scalar) {
      return Optional.of(scalar.getValue());
    }
    mistake(key, "'" + key + "' is not one text", "Write one value after the colon.");
    return Optional.empty();
  }

  /** The texts of a list, or the one text that stands in its place; empty when left out. */
  public List<String> texts(String key) {
    Node node = members.get(key);
    if (node instanceof ScalarNode scalar) {
      return List.of(scalar.getValue());
    }
    List<String> texts = new ArrayList<>();
    for (Node element : elements(key)) {
      if (element instanceof ScalarNode scalar) {
        texts.add(scalar.getValue());
      } else {
        mistakes.add(file, place(element.getStartMark()), "not a text", "Quote it.");
      }
    }
    return texts;
  }

  /** The mappings of a list; empty when left out. */
  public List<YamlMap> maps(String key) {
    List<YamlMap> maps = new ArrayList<>();
    for (Node element : elements(key)) {
      if (element instanceof MappingNode mapping) {
        maps.add(new YamlMap(file, mapping, mistakes));
      } else {
        mistakes.add(
            file, place(element.getStartMark()), "not a mapping", "Write 'key: value' lines.");
      }
    }
    return maps;
  }

  /** The mapping at a key, if there is one. */
  public Optional<YamlMap> map(String key) {
    Node node = members.get(key);
    if (node == null) {
      return Optional.empty();
    }
    if (node instanceof MappingNode mapping) {
      return Optional.of(new YamlMap(file, mapping, mistakes));
    }
    mistake(key, "'" + key + "' is not a mapping", "Write 'key: value' lines under it.");
    return Optional.empty();
  }

  /** Takes a mistake down at the line of a key, or of this mapping if the key is not there. */
  public void mistake(String key, String reason, String remedy) {
    Mark at = places.getOrDefault(key, start);
    mistakes.add(file, place(at), reason, remedy);
  }

  /** Where this mapping starts, for people. */
  public String place() {
    return place(start);
  }

  private List<Node> elements(String key) {
    Node node = members.get(key);
    if (node == null) {
      return List.of();
    }
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue();
    }
    mistake(key, "'" + key + "' is not a list", "Start each element with '- '.");
    return List.of();
  }

  private static String place(Mark mark) {
    return "line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1);
  }
}
