package io.orchscope;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orchscope.settings.Mistake;
import io.orchscope.settings.Nearest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What Camel's nested exceptions of a refused route mean: file, place, reason and remedy.
 *
 * <p>Camel names the outermost step and often no line, but nearly always the word that it did not
 * understand, and the text of the files tells where that stands. Source: the messages of 4.18.0.
 */
final class CamelComplaint {

  /** A word that stands in no file. */
  private static final String NOWHERE = "\0";

  private static final Pattern LINE =
      Pattern.compile("in file:([^,]+), line (\\d+), column (\\d+)");
  private static final Pattern ROUTE =
      Pattern.compile("route(?: template|:)? ([a-z][a-z0-9-]+)(?: at: >>> (.{1,80}))?");

  /** Camel's wording to ours; the first group is the word that stands in a file. */
  private enum Kind {
    STEP("Unknown node id: (\\S+)", "there is no step '%s'", "The steps shipped show all we use."),
    FIELD(
        "Unsupported field: (\\S+)",
        "there is no option '%s' here",
        "Remove it, or compare the step with one shipped."),
    EXPRESSION(
        "(?:Unknown function|expected symbol)[^\n]* at location \\d+\n([^\n]+)\n",
        "the expression '%s' cannot be read",
        "Write ${body.…}, ${header.…}, ${variable.…} or ${bean:NAME.METHOD}, each closed by '}'."),
    SCHEME(
        "No endpoint could be found for: (\\w+):",
        "there is no component '%s'",
        "Write direct, seda, quartz or a setting such as {{mdso.url}} before the colon."),
    INDENT(
        "Node should have only have 1 key, was: \\d+ keys: \\[(\\w+)",
        "the options of '%s' stand beside it, not under it",
        "Indent them four columns deeper than the '-' of the step."),
    MISSING(
        "(\\w+) is mandatory", "'%s' has to be given here", "Add it, as in the routes shipped."),
    VALUE(
        "\\[([\\w.-]+), null]",
        "'%s' is given no value",
        "Add 'simple:' with 'expression:' under it, in the same column as 'name:'."),
    NOTHING(
        "Unsupported definition: (null)",
        "a step has no expression",
        "Add 'simple:' with 'expression:' under it."),
    CLASS(
        "unmarshalType=([^)]+)\\)|ClassNotFoundException: (\\S+)",
        "there is no class '%s'",
        "Correct its name; those of the routes shipped exist."),
    CHOICE("Error parsing \\[([^]]*)] as", "'%s' is not one of the values allowed", ""),
    NUMBER("For input string: \"([^\"]*)\"", "'%s' is not a number", "Write a whole number."),
    FLAG(
        "Value (\\S+) converted to java.lang.Boolean"
            + "|Cannot convert the String value: (\\S+) to type: boolean",
        "'%s' is neither true nor false",
        "Write true or false."),
    TEMPLATE(
        "Cannot find RouteTemplate with id (\\S+)",
        "there is no routeTemplate '%s', and every product with a schedule needs it",
        "Restore schedule-poll.camel.yaml from the one shipped."),
    PARAMETER(
        "mandatory parameters must be provided: (\\S+)",
        "nobody gives the template its parameter '%s'",
        "A schedule gives product-type and cron, and nothing else.");

    private final Pattern pattern;
    private final String reason;
    private final String remedy;

    Kind(String pattern, String reason, String remedy) {
      this.pattern = Pattern.compile(pattern);
      this.reason = reason;
      this.remedy = remedy;
    }
  }

  private final Folders folders;
  private final List<RouteFile> files;
  private final String messages;
  private final String innermost;

  CamelComplaint(Folders folders, List<RouteFile> files, Exception refused) {
    this.folders = folders;
    this.files = files;
    StringBuilder all = new StringBuilder();
    Throwable root = refused;
    for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
      all.append(cause).append('\n');
      root = cause;
    }
    this.messages = all.toString();
    this.innermost = String.valueOf(root.getMessage()).strip();
  }

  /** The one thing to correct first. */
  Mistake mistake() {
    for (Kind kind : Kind.values()) {
      Matcher matcher = kind.pattern.matcher(messages);
      if (matcher.find()) {
        String word = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        return at(word, kind.reason.formatted(word), remedy(kind, word));
      }
    }
    return at(
        NOWHERE,
        innermost.lines().findFirst().orElse("Camel refuses it").replaceFirst("\\.+$", ""),
        "Undo the last change of this file, or compare it with the one shipped.");
  }

  private Mistake at(String word, String reason, String remedy) {
    Matcher line = LINE.matcher(messages);
    Matcher route = ROUTE.matcher(messages);
    if (line.find()) {
      Optional<RouteFile> file = fileNamed(String.valueOf(Path.of(line.group(1)).getFileName()));
      String place =
          file.flatMap(named -> named.placeOf(word, Integer.parseInt(line.group(2))))
              .orElse("line " + line.group(2) + ", column " + line.group(3));
      return new Mistake(pathOf(file), place, reason, remedy);
    }
    boolean hasRoute = route.find();
    Optional<RouteFile> named =
        hasRoute ? fileNamed(route.group(1) + ".camel.yaml") : Optional.empty();
    // A fault of failures.camel.yaml is found while another file's route is made of it.
    Optional<RouteFile> file =
        named.filter(candidate -> holds(candidate, word)).or(() -> holderOf(word)).or(() -> named);
    String place =
        file.flatMap(candidate -> candidate.placeOf(word, 1))
            .orElse(
                hasRoute && route.group(2) != null
                    ? "near " + route.group(2).replaceFirst(" <<<.*", "")
                    : "whole file");
    return new Mistake(pathOf(file), file.isEmpty() ? "whole folder" : place, reason, remedy);
  }

  private String pathOf(Optional<RouteFile> file) {
    return file.map(RouteFile::path).orElse(folders.routes()).toString();
  }

  private Optional<RouteFile> fileNamed(String name) {
    return files.stream()
        .filter(file -> name.equals(String.valueOf(file.path().getFileName())))
        .findFirst();
  }

  private Optional<RouteFile> holderOf(String word) {
    return files.stream().filter(file -> holds(file, word)).findFirst();
  }

  private static boolean holds(RouteFile file, String word) {
    return file.placeOf(word, 1).isPresent();
  }

  private String remedy(Kind kind, String word) {
    if (kind == Kind.STEP || kind == Kind.FIELD) {
      return Nearest.to(word, namesOfTheDsl())
          .map(near -> "Did you mean '" + near + "'?")
          .orElse(kind.remedy);
    }
    return kind == Kind.CHOICE ? "Write " + constants() + "." : kind.remedy;
  }

  /** The values of the enum that Camel could not find a word in. */
  private String constants() {
    Matcher type = Pattern.compile("Enum class class (\\S+)").matcher(messages);
    try {
      if (type.find()) {
        Object[] constants = Class.forName(type.group(1)).getEnumConstants();
        return Arrays.stream(constants == null ? new Object[0] : constants)
            .map(String::valueOf)
            .collect(Collectors.joining(", "));
      }
    } catch (ClassNotFoundException unknown) {
      return "a value that the routes shipped use";
    }
    return messages.contains("java.lang.Boolean") ? "true or false" : "a whole number";
  }

  /** Every step and option that Camel's YAML knows, out of its own schema. */
  private static Set<String> namesOfTheDsl() {
    Set<String> names = new TreeSet<>();
    try (InputStream schema =
        CamelComplaint.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
      if (schema != null) {
        for (JsonNode properties : new ObjectMapper().readTree(schema).findValues("properties")) {
          properties.fieldNames().forEachRemaining(names::add);
        }
      }
    } catch (IOException unreadable) {
      return names;
    }
    return names;
  }
}
