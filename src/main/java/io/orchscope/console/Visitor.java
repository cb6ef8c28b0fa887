package io.orchscope.console;

/**
 * Who asks.
 *
 * @param name as the audit has it
 * @param canChange whether as an operator, who may change things
 * @param token that a form of theirs has to bring along
 */
public record Visitor(String name, boolean canChange, String token) {}
