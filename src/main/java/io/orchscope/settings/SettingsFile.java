package io.orchscope.settings;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * {@code config/application.properties}, with the line of each key.
 *
 * <p>Errors: mistakes are taken down, and reading goes on with the next key.
 */
final class SettingsFile {

  private final Path file;
  private final Mistakes mistakes;
  private final Map<String, String> values = new TreeMap<>();
  private final Map<String, String> places = new TreeMap<>();

  private SettingsFile(Path file, Mistakes mistakes) {
    this.file = file;
    this.mistakes = mistakes;
  }

  static SettingsFile read(Path path, Mistakes mistakes) {
    SettingsFile file = new SettingsFile(path, mistakes);
    try {
      file.accept(Files.readString(path));
    } catch (CharacterCodingException noText) {
      file.mistake("whole file", "it is not UTF-8", "Save it as UTF-8.");
    } catch (IOException unreadable) {
      file.mistake("whole file", "cannot be read", "Restore it, or name a --config folder.");
    } catch (IllegalArgumentException malformed) {
      file.mistake(
          "whole file", "not a properties file: " + malformed.getMessage(), "Write a \\ twice.");
    }
    return file;
  }

  /** Key to value, of the keys that may stand here. */
  Map<String, String> values() {
    return values;
  }

  /** Key to {@code line 12}. */
  Map<String, String> places() {
    return places;
  }

  private void accept(String text) throws IOException {
    Properties properties = new Properties();
    properties.load(new StringReader(text));
    findPlaces(text.lines().toList());
    for (String key : properties.stringPropertyNames()) {
      accept(key, properties.getProperty(key).strip());
    }
  }

  private void findPlaces(List<String> lines) throws IOException {
    boolean goesOn = false;
    for (int at = 0; at < lines.size(); at++) {
      String line = lines.get(at);
      if (!goesOn) {
        Properties one = new Properties();
        one.load(new StringReader(line));
        for (String key : one.stringPropertyNames()) {
          String place = "line " + (at + 1);
          String first = places.putIfAbsent(key, place);
          if (first != null) {
            mistake(place, "the key '" + key + "' stands twice, first in " + first, "Keep one.");
          }
        }
      }
      boolean isComment = line.strip().startsWith("#") || line.strip().startsWith("!");
      goesOn = (goesOn || !isComment) && line.endsWith("\\");
    }
  }

  private void accept(String key, String value) {
    String place = places.getOrDefault(key, "key " + key);
    List<String> known = Setting.all().stream().map(Setting::key).toList();
    if (key.startsWith("camel.")) {
      values.put(key, value);
    } else if (!known.contains(key)) {
      mistake(
          place,
          "nobody reads the key '" + key + "'",
          Nearest.to(key, known)
              .map(near -> "Did you mean '" + near + "'?")
              .orElse("Remove it; the file as shipped lists all keys."));
    } else {
      Setting setting = Setting.all().get(known.indexOf(key));
      if (setting.kind() == Setting.Kind.SECRET && !value.isEmpty()) {
        String name = setting.environmentName();
        mistake(
            place,
            "the secret '" + key + "' may not stand in a file of the configuration",
            "Remove it, and set " + name + " or " + name + "_FILE in the environment.");
      } else {
        values.put(key, value);
      }
    }
  }

  private void mistake(String place, String reason, String remedy) {
    mistakes.add(file.toString(), place, reason, remedy);
  }
}
