package io.orchscope.api;

import java.util.List;

/**
 * What came of a change.
 *
 * @param message a sentence
 * @param polls ids of the polls that it has started
 */
public record Done(String message, List<String> polls) {}
