package io.orchscope.console;

/**
 * Failed log-ins from one address within a minute.
 *
 * @param names of our users that were tried, separated by commas; {@code unknown} for others
 * @param failed with a wrong name or password
 * @param turnedAway answered with 429, unchecked
 */
public record FailedLogIns(String address, String names, long failed, long turnedAway) {}
