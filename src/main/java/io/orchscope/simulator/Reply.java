package io.orchscope.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * One answer before it is sent.
 *
 * @param extraDelay on top of the latency of every answer
 * @param cut whether the connection is closed in the middle of the body
 * @param fault the name of what was done wrong on purpose, empty for an honest answer
 */
record Reply(
    int status,
    Map<String, String> headers,
    byte[] body,
    Duration extraDelay,
    boolean cut,
    String fault) {

  static Reply json(int status, JsonNode body) {
    try {
      return new Reply(
          status,
          Map.of("Content-Type", "application/json"),
          Wire.JSON.writeValueAsBytes(body),
          Duration.ZERO,
          false,
          "");
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Reply empty(int status) {
    return new Reply(status, Map.of(), new byte[0], Duration.ZERO, false, "");
  }

  static Reply text(int status, String type, String body) {
    return bytes(status, type, body.getBytes(StandardCharsets.UTF_8));
  }

  static Reply bytes(int status, String type, byte[] body) {
    return new Reply(status, Map.of("Content-Type", type), body, Duration.ZERO, false, "");
  }

  /** MDSO's refusal; the body's fields are our guess, since the contract says only the status. */
  static Reply refusal(int status, String reason, String detail) {
    ObjectNode body = Wire.object().put("statusCode", status);
    body.putObject("failureInfo").put("reason", reason).put("detail", detail);
    return json(status, body);
  }

  Reply header(String name, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(name, value);
    return new Reply(status, more, body, extraDelay, cut, fault);
  }

  Reply because(String name) {
    return new Reply(status, headers, body, extraDelay, cut, name);
  }

  Reply late(Duration delay) {
    return new Reply(status, headers, body, delay, cut, "slow");
  }

  Reply cutShort() {
    return new Reply(status, headers, body, extraDelay, true, "cut-body");
  }

  Reply withBody(String text) {
    return new Reply(
        status, headers, text.getBytes(StandardCharsets.UTF_8), extraDelay, cut, fault);
  }
}
