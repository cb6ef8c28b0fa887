package io.orchscope.alert;

import io.orchscope.defect.FailureGroup;
import java.time.Instant;

/**
 * What a room is told of a group besides the alerts at hand.
 *
 * @param id see {@link GroupKey#id}
 * @param state as it is now
 * @param failures found in all
 * @param circuits that failed in this way, in all
 * @param roomTitle for those who look on
 */
public record GroupFacts(
    String id,
    String environment,
    String productType,
    String defectCode,
    String title,
    FailureGroup.State state,
    Instant firstSeen,
    Instant lastSeen,
    long failures,
    long circuits,
    String roomTitle) {}
