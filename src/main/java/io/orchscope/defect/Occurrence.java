package io.orchscope.defect;

import io.orchscope.trace.FoundError;

/**
 * One error found, with its classification.
 *
 * @param key origination id, orchestration trace id and entry index: the same error read twice has
 *     the same key
 */
public record Occurrence(String key, FoundError error, Classification classification) {}
