package io.orchscope.console;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Who may see, who may change, and whether a change comes from a form of ours.
 *
 * <p>Without users the page is on loopback, so whoever reaches it sits at this machine and may do
 * everything. A foreign page in their browser is kept out by the name in the request and by tokens.
 */
public final class Gatekeeper implements AutoCloseable {

  private static final Set<String> OURSELVES = Set.of("localhost", "127.0.0.1", "[::1]");

  private static final Refusal OTHER_NAME =
      new Refusal(
          421,
          "That is not our name",
          "Use the address that console.url names; without one, localhost or 127.0.0.1.",
          Map.of());

  private static final Refusal NO_PASSWORD =
      new Refusal(
          401,
          "Who are you?",
          "Give name and password; the administrator adds users with: orchscope users add.",
          Map.of("WWW-Authenticate", "Basic realm=\"Orchscope\", charset=\"UTF-8\""));

  private static final Users.User WHOEVER_SITS_HERE = new Users.User("operator", true, "");

  private final Optional<Users> users;
  private final Optional<LogIns> logIns;
  private final boolean isBehindProxy;
  private final Set<String> hosts;
  private final Credentials credentials;

  /** Why a request is refused, with headers that tell a client what to do. */
  record Refusal(int status, String title, String remedy, Map<String, String> headers) {}

  /** Either a visitor or the reason that there is none. */
  record Judgement(Optional<Visitor> visitor, Optional<Refusal> refusal) {}

  /** How people reach the page. */
  public record Access(Optional<Users> users, Optional<String> host, boolean isBehindProxy) {}

  /**
   * A gatekeeper; the tokens of one are worth nothing to another.
   *
   * @param access users: without a list, everybody who reaches the page is an operator; host: the
   *     name by which people reach the page, beside those of this machine, any if it is empty and
   *     there are users
   * @param failures where failed log-ins are reported
   */
  public Gatekeeper(Access access, Clock clock, Consumer<FailedLogIns> failures) {
    this.users = access.users;
    this.isBehindProxy = access.isBehindProxy;
    this.hosts = access.host.map(Set::of).orElse(Set.of());
    this.credentials = new Credentials(clock);
    this.logIns =
        users.map(them -> new LogIns(them, new LogInLimits(clock), new LogInFailures(failures)));
  }

  /**
   * Checks host name and password of a request before anything else of it is read.
   *
   * <p>A remembered log-in is admitted at once; any other waits for its check, on no thread.
   *
   * @param peer address from which the connection comes
   */
  CompletionStage<Optional<Refusal>> admit(Request request, String peer) {
    if (!isForUs(request)) {
      return CompletableFuture.completedFuture(Optional.of(OTHER_NAME));
    }
    if (logIns.isEmpty() || credentials.remembered(request).isPresent()) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    Optional<Credentials.Pair> pair = Credentials.pair(request);
    if (pair.isEmpty()) {
      return CompletableFuture.completedFuture(Optional.of(NO_PASSWORD));
    }
    return logIns
        .get()
        .check(
            pair.get().name(),
            pair.get().password(),
            ClientAddress.of(request, peer, isBehindProxy))
        .thenApply(outcome -> admitted(request, outcome));
  }

  private Optional<Refusal> admitted(Request request, LogIns.Outcome outcome) {
    if (outcome.user().isPresent()) {
      credentials.remember(request, outcome.user().get());
      return Optional.empty();
    }
    return Optional.of(outcome.pause().isZero() ? NO_PASSWORD : tooMany(outcome.pause()));
  }

  private static Refusal tooMany(Duration wait) {
    long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
    return new Refusal(
        429,
        "Too many log-ins",
        "Try again in " + seconds + (seconds == 1 ? " second." : " seconds."),
        Map.of("Retry-After", String.valueOf(seconds)));
  }

  @Override
  public void close() {
    logIns.ifPresent(LogIns::close);
  }

  /** Lets a request in that has been admitted, or says why not. */
  Judgement judge(Request request) {
    if (!isForUs(request)) {
      return new Judgement(Optional.empty(), Optional.of(OTHER_NAME));
    }
    Optional<Users.User> user =
        users.isPresent() ? credentials.of(request) : Optional.of(WHOEVER_SITS_HERE);
    if (user.isEmpty()) {
      return new Judgement(Optional.empty(), Optional.of(NO_PASSWORD));
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
        Optional.empty(), Optional.of(new Refusal(status, title, remedy, Map.of())));
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
