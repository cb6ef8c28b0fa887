package io.orchscope.evidence;

/**
 * A folder of logs that was found.
 *
 * @param folder under the root of the logs, with {@code /}
 */
public record StoredLogs(String folder, LogManifest manifest) {}
