package io.orchscope.console;

import io.orchscope.settings.RejectedFiles;
import java.time.Instant;
import java.util.List;

/**
 * What every page shows around its own.
 *
 * @param title of the page
 * @param section of the navigation that it belongs to
 * @param environment the word for the network that is watched
 * @param refresh seconds after which a page asks for itself anew; 0 for never
 * @param rejected changes of files that were rejected; each is a banner
 */
public record Frame(
    String title,
    String section,
    Visitor visitor,
    String environment,
    Instant now,
    int refresh,
    List<RejectedFiles.Rejection> rejected) {}
