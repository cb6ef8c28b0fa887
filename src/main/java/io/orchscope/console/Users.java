package io.orchscope.console;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.orchscope.settings.Mistakes;
import io.orchscope.settings.YamlMap;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Who may see the page, and who may change things, as a file says. Source: bcrypt, {@code $2}. */
public final class Users {

  /** What a new password costs to try: 2^12 rounds, a quarter of a second. */
  public static final int COST = 12;

  /** bcrypt looks at so many bytes. */
  public static final int LONGEST_PASSWORD = 72;

  private static final String HASH = "\\$2[abxy]?\\$[0-9]{2}\\$[./A-Za-z0-9]{53}";
  private static final String NAME = "[A-Za-z0-9._@-]{1,64}";
  private static final int CHEAPEST = 10;

  /** Salt and hash that belong to no password. */
  private static final String NO_HASH = ".".repeat(53);

  private final Map<String, User> byName;
  private final int highestCost;

  /** Somebody. */
  record User(String name, boolean canChange, String hash) {

    /** Twice as much work for each one. */
    int cost() {
      return Integer.parseInt(hash.replaceFirst("^\\$2[abxy]?\\$([0-9]{2}).*", "$1"));
    }
  }

  private Users(Map<String, User> byName) {
    this.byName = byName;
    this.highestCost = byName.values().stream().mapToInt(User::cost).max().orElse(COST);
  }

  /**
   * Those that a file lists.
   *
   * <p>Errors: {@link io.orchscope.settings.InvalidFileException} with every mistake.
   */
  public static Users read(Path path) {
    Mistakes mistakes = new Mistakes();
    YamlMap root = YamlMap.read(path, mistakes);
    root.allowOnly("users");
    Map<String, User> users = new LinkedHashMap<>();
    for (YamlMap entry : root.maps("users")) {
      User user = user(entry);
      if (users.put(user.name, user) != null) {
        entry.mistake("name", "'" + user.name + "' stands twice", "Keep one of the two entries.");
      }
    }
    if (users.isEmpty()) {
      root.mistake("users", "nobody is listed", "Add somebody: orchscope users add NAME.");
    }
    mistakes.throwIfAny();
    return new Users(users);
  }

  /** Nobody at all. */
  static Users none() {
    return new Users(Map.of());
  }

  /** The entry of somebody, for the end of the file. */
  public static String entry(String name, boolean canChange, String password) {
    String role = canChange ? "operator" : "viewer";
    String hash = BCrypt.withDefaults().hashToString(COST, password.toCharArray());
    return "  - name: %s%n    role: %s%n    password: '%s'%n".formatted(name, role, hash);
  }

  /** Whether a name will do. */
  public static boolean isName(String name) {
    return name.matches(NAME);
  }

  /** Whether somebody is called so. */
  public boolean knows(String name) {
    return byName.containsKey(name);
  }

  /**
   * The user with this name and this password.
   *
   * <p>Every failure costs the same work, 2 to the highest cost in the list: neither an unknown
   * name nor a user with a cheaper hash is faster.
   */
  Optional<User> find(String name, String password) {
    byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > LONGEST_PASSWORD) {
      return Optional.empty();
    }
    User user = byName.get(name);
    if (user == null) {
      fits(bytes, unmatched(highestCost));
      return Optional.empty();
    }
    if (fits(bytes, user.hash)) {
      return Optional.of(user);
    }
    for (int cost = user.cost(); cost < highestCost; cost++) {
      fits(bytes, unmatched(cost));
    }
    return Optional.empty();
  }

  private static boolean fits(byte[] password, String hash) {
    return BCrypt.verifyer().verify(password, hash.getBytes(StandardCharsets.US_ASCII)).verified;
  }

  private static String unmatched(int cost) {
    return "$2a$%02d$%s".formatted(cost, NO_HASH);
  }

  private static User user(YamlMap entry) {
    entry.allowOnly("name", "role", "password");
    String name = entry.text("name");
    String role = entry.text("role");
    String hash = entry.text("password");
    if (!isName(name)) {
      entry.mistake("name", "'" + name + "' is no name", "Use letters, digits and . _ @ -.");
    }
    if (!role.equals("viewer") && !role.equals("operator")) {
      entry.mistake("role", "'" + role + "' is no role", "Write viewer or operator.");
    }
    if (!hash.matches(HASH)) {
      entry.mistake(
          "password",
          "that is no hash of bcrypt",
          "Never write the password itself: orchscope users add " + name + " asks for it.");
    } else if (new User(name, false, hash).cost() < CHEAPEST) {
      entry.mistake(
          "password", "its cost is below " + CHEAPEST, "Make it anew: orchscope users add.");
    }
    return new User(name, role.equals("operator"), hash);
  }
}
