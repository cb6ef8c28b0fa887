package io.orchscope.mdso;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchscope.circuit.ServerTime;
import io.orchscope.settings.Clocks;
import io.orchscope.settings.Redaction;
import io.orchscope.settings.Secret;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The tokens of the polls that are under way: one each, renewed before it ends, handed back at the
 * end.
 *
 * <p>A poll is named by its id; the circuits that it lists use its token. Circuits of polls that
 * are not of this process, or have ended, share one more, for MDSO limits how many may be open.
 */
public final class Sessions {

  /** Names the token of circuits whose polls are not under way here. */
  public static final String STRAY = "stray";

  /** A header can carry it, and so can the path that deletes it. */
  private static final Pattern USABLE_TOKEN = Pattern.compile("[!-~]{1,8192}");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final TokenTerms terms;
  private final Credentials credentials;
  private final Redaction redaction;
  private final Predicate<String> isUnderWay;
  private final Clocks clocks;
  private final Map<String, Deque<Token>> tokens = new ConcurrentHashMap<>();

  /**
   * With no token yet.
   *
   * @param isUnderWay whether this process is at work on the poll of an id
   */
  public Sessions(
      TokenTerms terms,
      Credentials credentials,
      Redaction redaction,
      Predicate<String> isUnderWay,
      Clocks clocks) {
    this.terms = terms;
    this.credentials = credentials;
    this.redaction = redaction;
    this.isUnderWay = isUnderWay;
    this.clocks = clocks;
  }

  /** Whether the poll has no token that is good for another call. */
  public boolean needsLogIn(String pollId) {
    Deque<Token> own = tokens.get(holder(pollId));
    if (own == null) {
      return true;
    }
    synchronized (own) {
      Token current = own.peekFirst();
      return current == null || !now().isBefore(current.renewFrom());
    }
  }

  /** The value of the Authorization header. */
  public String authorization(String pollId) {
    Deque<Token> own = ofPoll(pollId);
    synchronized (own) {
      Token current = own.peekFirst();
      if (current == null) {
        throw new TokenEndedException("The token of poll " + pollId + " has just ended.");
      }
      return "Bearer " + current.value().reveal();
    }
  }

  /** The body of the log-in request, JSON. */
  public String logInRequest() {
    ObjectNode body = JSON.createObjectNode();
    body.put("username", credentials.username());
    body.put("password", credentials.password().reveal());
    body.put("tenant", credentials.tenant());
    if (terms.flavour() == TokenFlavour.OAUTH2) {
      body.put("grant_type", "password");
      body.put("expires_in", terms.assumedLifetime().toSeconds());
    }
    return body.toString();
  }

  public String logInPath() {
    return terms.flavour().path();
  }

  /**
   * Keeps the token of a log-in reply.
   *
   * <p>Errors: {@link LogInRefusedException} when MDSO says that it was not successful, {@link
   * GarbledReplyException} when the reply is not JSON or has no token that a header can carry: a
   * log-in is successful only when it brings a token.
   */
  public void accept(String pollId, byte[] reply) {
    JsonNode body = json(reply);
    String field = terms.flavour() == TokenFlavour.OAUTH2 ? "accessToken" : "token";
    boolean refused = body.has("isSuccessful") && !body.path("isSuccessful").asBoolean();
    if (refused) {
      String said = redaction.mask(body.path("message").asText("no reason given"));
      throw new LogInRefusedException(
          "MDSO refused the log-in of " + credentials.username() + ": " + said + ".");
    }
    String value = body.path(field).isTextual() ? body.path(field).asText() : "";
    if (!USABLE_TOKEN.matcher(value).matches()) {
      throw new GarbledReplyException(
          "MDSO's reply to the log-in has no usable token in '" + field + "'.");
    }
    Token token = token(new Secret(value), life(body));
    redaction.hideForNow(token.value());
    Deque<Token> own = ofPoll(pollId);
    synchronized (own) {
      own.addFirst(token);
    }
  }

  /** Takes a token out of use that MDSO does not accept any more; others of the poll stay. */
  public void forget(String pollId, String authorization) {
    Deque<Token> own = tokens.getOrDefault(holder(pollId), new ArrayDeque<>());
    synchronized (own) {
      own.removeIf(token -> authorization.equals("Bearer " + token.value().reveal()));
    }
  }

  /** Whether there is a token to hand back; one that has ended is let go of. */
  public boolean hasToken(String pollId) {
    Deque<Token> own = tokens.get(holder(pollId));
    if (own == null) {
      return false;
    }
    synchronized (own) {
      own.removeIf(token -> !now().isBefore(token.expiresAt()));
      if (own.isEmpty()) {
        tokens.remove(holder(pollId));
      }
      return !own.isEmpty();
    }
  }

  /** The path that deletes the poll's newest token. */
  public String deletePath(String pollId) {
    Deque<Token> own = ofPoll(pollId);
    synchronized (own) {
      return terms.flavour().path() + "/" + encoded(own.getFirst().value());
    }
  }

  /** As one segment of a path: a token may hold {@code /}, {@code +}, {@code =} or {@code %}. */
  private static String encoded(Secret token) {
    return URLEncoder.encode(token.reveal(), StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Lets go of the poll's newest token, deleted or not. */
  public void dropToken(String pollId) {
    Deque<Token> own = ofPoll(pollId);
    synchronized (own) {
      own.pollFirst();
    }
    tokens.computeIfPresent(holder(pollId), (id, left) -> left.isEmpty() ? null : left);
  }

  private Deque<Token> ofPoll(String pollId) {
    return tokens.computeIfAbsent(holder(pollId), id -> new ArrayDeque<>());
  }

  private String holder(String pollId) {
    return isUnderWay.test(pollId) ? pollId : STRAY;
  }

  /** A token that lives shorter than it is renewed before would be renewed with every call. */
  private Token token(Secret value, Duration life) {
    Instant expiresAt = now().plus(life);
    Duration margin =
        terms.renewBefore().compareTo(life.dividedBy(4)) < 0
            ? terms.renewBefore()
            : life.dividedBy(4);
    return new Token(value, expiresAt.minus(margin), expiresAt);
  }

  /**
   * How long a token is good for. One that has none left by what MDSO says would be asked for again
   * and again, so that says nothing.
   */
  private Duration life(JsonNode body) {
    return said(body)
        .filter(life -> life.compareTo(Duration.ZERO) > 0)
        .orElse(terms.assumedLifetime());
  }

  /** Between two of MDSO's own moments where it names both: its clock may not be ours. */
  private Optional<Duration> said(JsonNode body) {
    if (body.path("expiresIn").isNumber()) {
      return Optional.of(Duration.ofSeconds(body.path("expiresIn").asLong()));
    }
    Instant made = moment(body, "createdTime").orElse(clocks.wall().instant());
    return moment(body, "expirationTime").map(end -> Duration.between(made, end));
  }

  private static Optional<Instant> moment(JsonNode body, String field) {
    return ServerTime.read(body.path(field).asText("")).map(ServerTime::instant);
  }

  private Instant now() {
    return clocks.steady().instant();
  }

  private static JsonNode json(byte[] reply) {
    try {
      JsonNode body = JSON.readTree(reply);
      if (body != null && body.isObject()) {
        return body;
      }
    } catch (IOException notJson) {
      // told below, without the payload: it may hold a token
    }
    throw new GarbledReplyException("MDSO's reply to the log-in is not a JSON object.");
  }
}
