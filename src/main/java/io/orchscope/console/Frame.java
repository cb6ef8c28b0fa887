package io.orchscope.console;

import java.time.Instant;

/**
 * What every page shows around its own.
 *
 * @param title of the page
 * @param section of the navigation that it belongs to
 * @param environment the word for the network that is watched
 * @param refresh seconds after which a page asks for itself anew; 0 for never
 */
public record Frame(
    String title, String section, Visitor visitor, String environment, Instant now, int refresh) {}
