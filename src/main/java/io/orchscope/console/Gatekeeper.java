package io.orchscope.console;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Who may see, who may change, and whether a change comes from a form of ours.
 *
 * <p>Without users the page is on loopback, so whoever reaches it sits at this machine and may do
 * everything. A foreign page in their browser is kept out by the name in the request and by tokens.
 */
public final class Gatekeeper {

  private static final Set<String> OURSELVES = Set.of("localhost", "127.0.0.1", "[::1]");

  private static final Users.User WHOEVER_SITS_HERE = new Users.User("operator", true, "");

  private final Optional<Users> users;
  private final Set<String> hosts;
  private final Credentials credentials;

  /** Why somebody is not let in; the challenge asks for a password. */
  record Refusal(int status, String title, String remedy, Optional<String> challenge) {}

  /** Either a visitor or the reason that there is none. */
  record Judgement(Optional<Visitor> visitor, Optional<Refusal> refusal) {}

  /**
   * A gatekeeper; the tokens of one are worth nothing to another.
   *
   * @param users who is let in; without a list, whoever is there
   * @param host the name by which people reach the page, beside those of this machine; any if it is
   *     empty and there are users
   */
  public Gatekeeper(Optional<Users> users, Optional<String> host, Clock clock) {
    this.users = users;
    this.hosts = host.map(Set::of).orElse(Set.of());
    this.credentials = new Credentials(users.orElseGet(Users::none), clock);
  }

  /** Lets a request in, or says why not. */
  Judgement judge(Request request) {
    if (!isForUs(request)) {
      return refused(
          421,
          "That is not our name",
          "Use the address that console.url names; without one, localhost or 127.0.0.1.");
    }
    Optional<Users.User> user =
        users.isPresent() ? credentials.of(request) : Optional.of(WHOEVER_SITS_HERE);
    if (user.isEmpty()) {
      return new Judgement(
          Optional.empty(),
          Optional.of(
              new Refusal(
                  401,
                  "Who are you?",
                  "Give name and password; whoever runs this adds people by: orchscope users add.",
                  Optional.of("Basic realm=\"Orchscope\", charset=\"UTF-8\""))));
    }
    String name = user.get().name();
    if (request.isChange() && (isForeign(request) || !brings(request, name))) {
      return refused(
          403,
          "This did not come from a form of ours",
          "Load the page anew and try again; the API wants Content-Type: application/json.");
    }
    if (request.isChange() && !user.get().canChange()) {
      return refused(
          403, "You may look, not change", "Ask an operator, or whoever keeps the list of users.");
    }
    return new Judgement(
        Optional.of(new Visitor(name, user.get().canChange(), credentials.seal(name))),
        Optional.empty());
  }

  private static Judgement refused(int status, String title, String remedy) {
    return new Judgement(
        Optional.empty(), Optional.of(new Refusal(status, title, remedy, Optional.empty())));
  }

  private boolean isForUs(Request request) {
    String host = request.header("host").orElse("").toLowerCase(Locale.ROOT);
    String name = host.replaceFirst(":[0-9]+$", "");
    return OURSELVES.contains(name)
        || hosts.contains(name)
        || (hosts.isEmpty() && users.isPresent());
  }

  private static boolean isForeign(Request request) {
    boolean isCross =
        request
            .header("sec-fetch-site")
            .filter(site -> !site.equals("same-origin") && !site.equals("none"))
            .isPresent();
    return isCross || request.header("origin").filter(it -> !isOurs(it, request)).isPresent();
  }

  private static boolean isOurs(String origin, Request request) {
    try {
      String authority = String.valueOf(URI.create(origin).getAuthority());
      return authority.equalsIgnoreCase(request.header("host").orElse(""));
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }

  /** A form brings its token; JSON is nothing that a foreign page can send without being asked. */
  private boolean brings(Request request, String name) {
    String type = request.header("content-type").orElse("").toLowerCase(Locale.ROOT);
    return type.startsWith("application/json")
        || MessageDigest.isEqual(
            request.field("token").getBytes(StandardCharsets.UTF_8),
            credentials.seal(name).getBytes(StandardCharsets.UTF_8));
  }
}
