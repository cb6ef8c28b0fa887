package io.orchscope.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What operators set: {@code config/application.properties}, the environment ({@code mdso.url} is
 * {@code MDSO_URL}), and what a command overrides; the later wins.
 *
 * <p>Errors: {@link InvalidFileException} with everything that is wrong: a key that nobody reads, a
 * value that is not of its kind, a secret in a file where it may not stand.
 */
public final class Settings {

  private final Map<String, String> values;
  private final Map<String, Origin> origins;

  private Settings(Map<String, String> values, Map<String, Origin> origins) {
    this.values = values;
    this.origins = origins;
  }

  /** Reads and checks them all. */
  public static Settings load(
      Path file, Map<String, String> environment, Map<String, String> overrides) {
    Mistakes mistakes = new Mistakes();
    SettingsFile written = SettingsFile.read(file, mistakes);
    Map<String, String> values = new TreeMap<>();
    Map<String, Origin> origins = new HashMap<>();
    Setting.all()
        .forEach(setting -> setting.fallback().ifPresent(v -> values.put(setting.key(), v)));
    values.putAll(written.values());
    written.places().forEach((key, at) -> origins.put(key, new Origin(file.toString(), at)));
    for (Setting setting : Setting.all()) {
      fromEnvironment(setting, environment, mistakes)
          .ifPresent(
              value -> {
                values.put(setting.key(), value);
                origins.put(setting.key(), new Origin("environment", setting.environmentName()));
              });
    }
    values.putAll(overrides);
    overrides.keySet().forEach(key -> origins.put(key, new Origin("command", "key " + key)));
    for (Setting setting : Setting.all()) {
      String key = setting.key();
      Origin origin = origins.getOrDefault(key, new Origin(file.toString(), "key " + key));
      check(setting, Optional.ofNullable(values.get(key)), origin, mistakes);
    }
    mistakes.throwIfAny();
    Settings settings = new Settings(values, origins);
    String workHere = "circuits.work-here";
    if (!settings.flag(workHere) && settings.text("circuits.queue").startsWith("seda:")) {
      Origin origin = settings.origin(workHere);
      mistakes.add(
          origin.file(),
          origin.place(),
          "nobody would work on the circuits: circuits.queue is in the memory of this process",
          "Write yes, or name a topic in circuits.queue, as in kafka:circuits?brokers=HOST:9092.");
    }
    settings.checkKeeping(mistakes);
    mistakes.throwIfAny();
    return settings;
  }

  /** What was forgotten while a poll still lists it would be found, and told, anew. */
  private void checkKeeping(Mistakes mistakes) {
    String key = "ledger.keep-for";
    Duration lookBack = duration("poll.look-back");
    if (keeping(key).filter(time -> time.compareTo(lookBack) < 0).isPresent()) {
      Origin origin = origin(key);
      mistakes.add(
          origin.file(),
          origin.place(),
          key
              + ": "
              + text(key)
              + " is shorter than poll.look-back, "
              + text("poll.look-back")
              + ": old failures would be forgotten, found again and told as new ones",
          "Write "
              + text("poll.look-back")
              + " or more, or 0 to keep everything for ever; or shorten poll.look-back.");
    }
  }

  public String text(String key) {
    String value = values.get(key);
    if (value == null) {
      throw new IllegalArgumentException("There is no setting '" + key + "'.");
    }
    return value;
  }

  /** Where the value of a key was set, or would be. */
  public Origin origin(String key) {
    return origins.getOrDefault(key, new Origin("config/application.properties", "key " + key));
  }

  public Duration duration(String key) {
    return Durations.parse(text(key));
  }

  /** For how long something is kept; none for ever. */
  public Optional<Duration> keeping(String key) {
    return text(key).equals("0")
        ? Optional.empty()
        : Optional.of(duration(key)).filter(time -> !time.isZero());
  }

  public int count(String key) {
    return Integer.parseInt(text(key));
  }

  public boolean flag(String key) {
    return text(key).equals("yes");
  }

  public Secret secret(String key) {
    return new Secret(text(key));
  }

  /** All secrets. */
  public List<Secret> secrets() {
    return Setting.all().stream()
        .filter(setting -> setting.kind() == Setting.Kind.SECRET)
        .map(setting -> secret(setting.key()))
        .toList();
  }

  /**
   * Everything but the secrets, for the placeholders of the routes. Durations are in milliseconds.
   */
  public Map<String, String> placeholders() {
    Map<String, String> open = new LinkedHashMap<>(values);
    for (Setting setting : Setting.all()) {
      if (setting.kind() == Setting.Kind.SECRET) {
        open.remove(setting.key());
      } else if (setting.kind() == Setting.Kind.DURATION) {
        open.put(setting.key(), String.valueOf(duration(setting.key()).toMillis()));
      }
    }
    return open;
  }

  private static Optional<String> fromEnvironment(
      Setting setting, Map<String, String> environment, Mistakes mistakes) {
    String name = setting.environmentName();
    String secretFile = environment.get(name + "_FILE");
    if (setting.kind() == Setting.Kind.SECRET && secretFile != null) {
      try {
        return Optional.of(Files.readString(Path.of(secretFile)).strip());
      } catch (IOException unreadable) {
        mistakes.add(
            "environment",
            name + "_FILE",
            "the file '" + secretFile + "' cannot be read",
            "Check path, owner and rights.");
      }
    }
    return Optional.ofNullable(environment.get(name));
  }

  private static void check(
      Setting setting, Optional<String> value, Origin origin, Mistakes mistakes) {
    if (value.isEmpty()) {
      mistakes.add(
          origin.file(),
          origin.place(),
          "'" + setting.key() + "' is not set",
          "Set it here, or as " + setting.environmentName() + " in the environment.");
    }
    value
        .flatMap(setting::fault)
        .ifPresent(
            fault ->
                mistakes.add(
                    origin.file(),
                    origin.place(),
                    setting.key() + ": " + fault.reason(),
                    fault.remedy()));
  }

  /** Where a value comes from, for people. */
  public record Origin(String file, String place) {}
}
