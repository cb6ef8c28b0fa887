package io.orchscope.evidence;

/**
 * A file that was kept.
 *
 * @param folder under the archive's root, with {@code /}
 */
public record StoredFile(String folder, String name, long bytes) {}
