package io.orchscope.legacy;

/**
 * A row of the old monitor's table. Source: domain.md §4.1.
 *
 * @param place {@code sheet categorized, row 12}, {@code line 12} or {@code row 12}
 * @param rawError the error that the pattern was made from
 * @param category of a spreadsheet, which nearly always says none; empty elsewhere
 * @param pattern for Python's {@code re}
 */
public record LegacyRow(
    String place, String code, String rawError, String category, String pattern) {}
