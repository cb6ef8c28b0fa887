package io.orchscope.hostlog;

import java.util.List;

/**
 * What one host has for a circuit.
 *
 * @param gaps what is missing there, or that the host could not be asked
 */
public record LogSearch(String host, List<FoundLog> found, List<LogGap> gaps) {}
