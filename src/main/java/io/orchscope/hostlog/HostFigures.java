package io.orchscope.hostlog;

/**
 * What has been asked of a host since the start.
 *
 * @param connections made; for the log archive, times that it was fetched
 * @param bytes read of its files, as they came: of compressed files, compressed bytes
 */
public record HostFigures(String host, long connections, long bytes) {}
