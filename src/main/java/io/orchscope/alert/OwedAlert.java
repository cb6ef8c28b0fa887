package io.orchscope.alert;

import java.util.Optional;

/**
 * An alert, the group it belongs to, and the room that it is for.
 *
 * @param suppression why the room does not want it, whatever the ledger knows
 * @param sender W3C {@code traceparent} of the span that found it; empty where nothing is traced
 */
public record OwedAlert(
    Alert alert, GroupKey group, String roomId, Optional<Suppression> suppression, String sender) {}
