package io.orchscope.simulator;

import java.time.Instant;
import java.util.Map;

/**
 * One request that reached a simulated neighbour, and how it was answered.
 *
 * @param neighbour {@code mdso}, {@code beorn} or {@code webex}
 * @param path without tokens
 * @param query as it was sent; empty when there was none
 * @param headers names in lower case; the value of {@code authorization} without its secret
 * @param fault what was done wrong on purpose; empty for an honest answer
 */
public record LoggedRequest(
    Instant time,
    String neighbour,
    String method,
    String path,
    String query,
    int status,
    Map<String, String> headers,
    String fault) {}
