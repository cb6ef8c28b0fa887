package io.orchscope.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** MDSO's logins, in both flavours. Source: domain.md §1.1. */
final class TokenApi {

  static final String PLAIN = "/tron/api/v1/tokens";
  static final String OAUTH = "/tron/api/v1/oauth2/tokens";

  private final Tokens tokens;
  private final Credentials credentials;
  private final Clock clock;
  private final Counters counters;

  TokenApi(Tokens tokens, Credentials credentials, Clock clock, Counters counters) {
    this.tokens = tokens;
    this.credentials = credentials;
    this.clock = clock;
    this.counters = counters;
  }

  /** Answers below one of the two paths. */
  Reply answer(Call call, List<String> behind, boolean oauth) {
    if (behind.isEmpty()) {
      return call.method().equals("POST") ? login(call, oauth) : notAllowed(call);
    }
    if (behind.size() > 1) {
      return Reply.refusal(404, "Not Found", "There is nothing at this path.");
    }
    if (!call.method().equals("DELETE")) {
      return notAllowed(call);
    }
    if (!tokens.accepts(call.header("authorization"))) {
      return unauthorized();
    }
    if (!tokens.delete(behind.get(0))) {
      return Reply.refusal(404, "Not Found", "There is no such token.");
    }
    counters.count("mdso.tokens.deleted");
    return Reply.empty(204);
  }

  static Reply unauthorized() {
    return Reply.refusal(401, "Unauthorized", "The bearer token is missing, expired or unknown.")
        .header("WWW-Authenticate", "Bearer");
  }

  static Reply notAllowed(Call call) {
    return Reply.refusal(405, "Method Not Allowed", call.method() + " is not allowed here.");
  }

  private Reply login(Call call, boolean oauth) {
    JsonNode body;
    try {
      body = read(call);
    } catch (JsonProcessingException e) {
      return Reply.refusal(400, "Bad Request", "The body is not JSON.");
    }
    boolean right =
        body.path("username").asText().equals(credentials.username())
            && body.path("password").asText().equals(credentials.password())
            && body.path("tenant").asText(credentials.tenant()).equals(credentials.tenant());
    if (!right) {
      ObjectNode refused = Wire.object().put("isSuccessful", false);
      refused.put("message", "Login failed: wrong user, password or tenant.");
      return Reply.json(oauth ? 401 : 201, refused);
    }
    counters.count("mdso.tokens.created");
    if (!oauth) {
      String token = tokens.issue(clock.instant(), Duration.ofDays(3650));
      return Reply.json(
          201, Wire.object().put("token", token).put("isSuccessful", true).put("message", ""));
    }
    return Reply.json(201, session(body.path("expires_in").asLong(Integer.MAX_VALUE)));
  }

  private ObjectNode session(long expiresIn) {
    Instant now = clock.instant();
    String token = tokens.issue(now, Duration.ofSeconds(expiresIn));
    Instant end = tokens.ending(token);
    ObjectNode body = Wire.object().put("accessToken", token).put("tokenType", "bearer");
    body.put("expiresIn", Duration.between(now, end).toSeconds());
    body.put("createdTime", Wire.micros(now)).put("expirationTime", Wire.micros(end));
    body.putNull("inactiveExpirationTime");
    body.put("isSuccessful", true).put("user", "5f3c0d4e-0000-4000-8000-000000000002");
    body.put("userTenantUuid", "5f3c0d4e-0000-4000-8000-000000000001");
    body.put("failedLoginAttempts", 0).put("lastSuccessLogin", Wire.micros(now));
    ObjectNode detail = body.putObject("loginDetail").put("ipAddress", "127.0.0.1");
    detail.put("sessionId", "5f3c0d4e-0000-4000-8000-000000000003").put("sessionType", "portal");
    detail.put("time", Wire.micros(now)).put("userAgent", "");
    return body.put("postLoginMessage", "").put("radiusState", "");
  }

  private static JsonNode read(Call call) throws JsonProcessingException {
    if (!call.header("content-type").startsWith("application/x-www-form-urlencoded")) {
      return Wire.JSON.readTree(call.text().isBlank() ? "{}" : call.text());
    }
    ObjectNode body = Wire.object();
    for (String pair : call.text().split("&", -1)) {
      String[] parts = pair.split("=", 2);
      body.put(decoded(parts[0]), parts.length == 2 ? decoded(parts[1]) : "");
    }
    return body;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
