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
import java.util.Set;
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
  private final Map<String, Instant> askedAt = new ConcurrentHashMap<>();
  private final Set<String> closing = ConcurrentHashMap.newKeySet();

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

  /**
   * The body of the log-in request, JSON. The token's life counts from this moment: MDSO counts it
   * from some moment before its answer arrives.
   */
  public String logInRequest(String pollId) {
    askedAt.put(holder(pollId), now());
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
    Instant asked = Optional.ofNullable(askedAt.remove(holder(pollId))).orElseGet(this::now);
    Token token = token(new Secret(value), asked, life(body));
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

  /**
   * Whether a token of a poll that ends is left to delete; expired ones are dropped. From the first
   * call on, requests that still belong to the poll use the shared token: a new one of the poll's
   * own would stay open at MDSO.
   */
  public boolean hasTokenToDelete(String pollId) {
    closing.removeIf(ended -> !isUnderWay.test(ended));
    if (isUnderWay.test(pollId)) {
      closing.add(pollId);
      askedAt.remove(pollId);
    }
    Deque<Token> own = tokens.get(owner(pollId));
    if (own == null) {
      return false;
    }
    synchronized (own) {
      own.removeIf(token -> !now().isBefore(token.expiresAt()));
      if (own.isEmpty()) {
        tokens.remove(owner(pollId));
      }
      return !own.isEmpty();
    }
  }

  /** The Authorization header that deletes the poll's newest token: the token itself. */
  public String authorizationToDelete(String pollId) {
    return "Bearer " + newest(pollId).reveal();
  }

  /** The path that deletes the poll's newest token. */
  public String deletePath(String pollId) {
    return terms.flavour().path() + "/" + encoded(newest(pollId));
  }

  private Secret newest(String pollId) {
    Deque<Token> own = tokens.getOrDefault(owner(pollId), new ArrayDeque<>());
    synchronized (own) {
      return own.getFirst().value();
    }
  }

  /** As one segment of a path: a token may hold {@code /}, {@code +}, {@code =} or {@code %}. */
  private static String encoded(Secret token) {
    return URLEncoder.encode(token.reveal(), StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Drops the poll's newest token, deleted or not. */
  public void dropToken(String pollId) {
    tokens.computeIfPresent(
        owner(pollId),
        (id, own) -> {
          synchronized (own) {
            own.pollFirst();
            return own.isEmpty() ? null : own;
          }
        });
  }

  private Deque<Token> ofPoll(String pollId) {
    return tokens.computeIfAbsent(holder(pollId), id -> new ArrayDeque<>());
  }

  /** The key of the tokens that a request of the poll uses. */
  private String holder(String pollId) {
    return closing.contains(pollId) ? STRAY : owner(pollId);
  }

  /** The key of the tokens that are deleted when the poll ends. */
  private String owner(String pollId) {
    return isUnderWay.test(pollId) ? pollId : STRAY;
  }

  /** A token that lives shorter than it is renewed before would be renewed with every call. */
  private Token token(Secret value, Instant asked, Duration life) {
    Instant expiresAt = asked.plus(life);
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
