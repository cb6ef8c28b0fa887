package io.orchscope.alert;

import java.time.Duration;

/**
 * When rooms are told. Source: webex.md §2.
 *
 * @param groupWait from the first failure of a group to its first message; more may come by then
 * @param groupInterval between two messages about one group
 * @param repeatInterval after which a group that still fails is told at the top of the room again
 * @param digestInterval between two digests of a room that is told too much
 * @param longestAge after which a message that nobody took is given up
 * @param messagesPerMinute that a room gets at most
 */
public record AlertTimes(
    Duration groupWait,
    Duration groupInterval,
    Duration repeatInterval,
    Duration digestInterval,
    Duration longestAge,
    int messagesPerMinute) {}
