package io.orchscope.hostlog;

import io.orchscope.settings.Mistakes;
import io.orchscope.settings.Secret;
import io.orchscope.settings.YamlMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The reading of {@code config/log-hosts.yaml}, which says what is wrong with it all at once. */
public final class LogHostsFile {

  private static final String ADAPTER = "{adapter}";
  private static final String ELSEWHERE =
      "Name one that is there, from the directory that we are started in or from '/' on.";

  private final Secret keyPassphrase;
  private final Optional<Path> agentSocket;
  private final Map<String, LogHost> byName = new LinkedHashMap<>();

  private LogHostsFile(Secret keyPassphrase, Optional<Path> agentSocket) {
    this.keyPassphrase = keyPassphrase;
    this.agentSocket = agentSocket;
  }

  /**
   * Where a file says that logs are; no hosts where there is no file. Private keys are read to see
   * that they can be.
   *
   * <p>Errors: {@link io.orchscope.settings.InvalidFileException} with every mistake.
   *
   * @param keyPassphrase of the private keys; empty for none
   * @param agentSocket what {@code SSH_AUTH_SOCK} names, if it is set
   */
  public static LogPlaces read(Path path, Secret keyPassphrase, Optional<Path> agentSocket) {
    if (!Files.exists(path)) {
      return LogPlaces.none();
    }
    Mistakes mistakes = new Mistakes();
    LogHostsFile file = new LogHostsFile(keyPassphrase, agentSocket);
    YamlMap root = YamlMap.read(path, mistakes);
    root.allowOnly("plan-logs", "ra-logs", "hosts", "adapters");
    List<String> planLogs = patterns(root, "plan-logs", LogPlaces.USUAL_PLAN_LOGS, false);
    List<String> raLogs = patterns(root, "ra-logs", LogPlaces.USUAL_RA_LOGS, true);
    root.maps("hosts").forEach(file::add);
    List<AdapterFolder> adapters = adapters(root);
    mistakes.throwIfAny();
    return new LogPlaces(planLogs, raLogs, List.copyOf(file.byName.values()), adapters);
  }

  private static List<String> patterns(
      YamlMap root, String key, List<String> usual, boolean ofAdapters) {
    if (!root.has(key)) {
      return usual;
    }
    List<String> patterns = root.texts(key);
    for (String pattern : patterns) {
      String plain = ofAdapters ? pattern.replace(ADAPTER, "") : pattern;
      boolean isPath =
          pattern.matches("(/[^/\\p{Cntrl}]+)+") && !pattern.matches(".*/\\.{1,2}(/.*)?");
      if (!isPath || plain.contains("**") || plain.matches(".*[{}].*")) {
        root.mistake(
            key,
            "'" + pattern + "' is no pattern of folders",
            "Begin with '/', end without one; '*' stands for any text between two of them.");
      } else if (ofAdapters && !pattern.contains(ADAPTER)) {
        root.mistake(
            key, "'" + pattern + "' has no " + ADAPTER, "Put it where the adapter's name is.");
      }
    }
    return List.copyOf(patterns);
  }

  private void add(YamlMap entry) {
    entry.allowOnly("name", "ssh", "folder", "archive");
    String name = entry.text("name");
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,60}")) {
      entry.mistake("name", "'" + name + "' is no name", "Write it like 'mdso-1'.");
    }
    List<LogHost.Access> ways = new ArrayList<>();
    entry.map("ssh").map(this::ssh).ifPresent(ways::add);
    if (entry.has("folder")) {
      ways.add(new LogHost.Mounted(mount(entry)));
    }
    if (flag(entry, "archive")) {
      ways.add(new LogHost.Archive());
    }
    if (ways.size() != 1) {
      entry.mistake(
          "name",
          "'"
              + name
              + "' has "
              + (ways.isEmpty() ? "none" : "several")
              + " of ssh, folder, archive",
          "Give it exactly one.");
      return;
    }
    if (byName.put(name, new LogHost(name, ways.get(0))) != null) {
      entry.mistake("name", "'" + name + "' stands twice", "Give one of them another name.");
    }
  }

  private LogHost.Ssh ssh(YamlMap ssh) {
    ssh.allowOnly("host", "port", "user", "key", "agent", "known-hosts");
    String host = ssh.text("host");
    if (!host.matches("[A-Za-z0-9.:_%-]*")) {
      ssh.mistake("host", "'" + host + "' is no host", "Write a name or an address.");
    }
    String user = ssh.text("user");
    boolean byAgent = flag(ssh, "agent");
    if (byAgent == ssh.has("key")) {
      ssh.mistake(
          byAgent ? "agent" : "host",
          byAgent ? "there are a key and the agent" : "there is no key",
          "Give 'key: FILE', or 'agent: yes' for the keys of the ssh-agent.");
    } else if (byAgent && agentSocket.isEmpty()) {
      ssh.mistake("agent", "no ssh-agent is running", "Start it and export SSH_AUTH_SOCK.");
    }
    return new LogHost.Ssh(host, port(ssh), user, key(ssh), existing(ssh, "known-hosts"));
  }

  private static int port(YamlMap ssh) {
    String port = ssh.optionalText("port").orElse("22");
    if (port.matches("[0-9]{1,5}")) {
      int number = Integer.parseInt(port);
      if (number >= 1 && number <= 65_535) {
        return number;
      }
    }
    ssh.mistake("port", "'" + port + "' is no port", "Write a number from 1 to 65535.");
    return 22;
  }

  private Optional<Path> key(YamlMap ssh) {
    if (!ssh.has("key")) {
      return Optional.empty();
    }
    Path file = existing(ssh, "key");
    if (Files.isRegularFile(file)) {
      try {
        PrivateKeys.read(file, keyPassphrase);
      } catch (IOException e) {
        ssh.mistake(
            "key",
            "'" + file + "' cannot be used: " + e.getMessage(),
            "Name the private key, readable for us; a passphrase comes from the environment.");
      }
    }
    return Optional.of(file);
  }

  /** What is not mounted just now may be so later; a file never becomes a directory. */
  private static Path mount(YamlMap entry) {
    Path path = path(entry.text("folder"));
    if (Files.exists(path) && !Files.isDirectory(path)) {
      entry.mistake("folder", "'" + path + "' is no directory", ELSEWHERE);
    }
    return path;
  }

  private static Path existing(YamlMap map, String key) {
    String text = map.text(key);
    Path path = path(text);
    if (!text.isBlank() && !Files.isRegularFile(path)) {
      map.mistake(key, "'" + text + "' is no file", ELSEWHERE);
    }
    return path;
  }

  private static Path path(String text) {
    String home = System.getProperty("user.home", "");
    String plain = text.replace("\0", "");
    return Path.of(plain.startsWith("~/") ? home + plain.substring(1) : plain);
  }

  private static boolean flag(YamlMap map, String key) {
    String word = map.optionalText(key).orElse("no");
    if (!word.matches("yes|no|true|false")) {
      map.mistake(key, "'" + word + "' is neither yes nor no", "Write yes or no.");
    }
    return word.matches("yes|true");
  }

  private static List<AdapterFolder> adapters(YamlMap root) {
    Map<String, AdapterFolder> byVendor = new LinkedHashMap<>();
    AdapterFolder.USUAL.forEach(usual -> byVendor.put(usual.vendor(), usual));
    List<String> named = new ArrayList<>();
    for (YamlMap entry : root.maps("adapters")) {
      entry.allowOnly("vendor", "folder", "resource-type");
      String vendor = entry.text("vendor").toUpperCase(Locale.ROOT);
      String folder = entry.text("folder");
      if (!folder.matches("[A-Za-z0-9_][A-Za-z0-9_.-]*|")) {
        entry.mistake(
            "folder", "'" + folder + "' is no name of folders", "Write it like 'rajuniper'.");
      }
      if (named.contains(vendor)) {
        entry.mistake("vendor", "'" + vendor + "' stands twice", "Keep one of them.");
      }
      named.add(vendor);
      byVendor.put(vendor, new AdapterFolder(vendor, folder, entry.text("resource-type")));
    }
    return List.copyOf(byVendor.values());
  }
}
