package io.orchscope.defect;

/**
 * What a table calls an error: all of a verdict that its group is known by.
 *
 * @param code or {@code UNCLASSIFIED}
 */
public record Naming(String code, String title, String category, Severity severity) {}
