package io.orchscope.mdso;

import java.time.Duration;

/**
 * What to poll.
 *
 * @param productType {@code service_mapper}
 * @param window how far back a resource may have changed
 */
public record PollRequest(String productType, Duration window) {}
