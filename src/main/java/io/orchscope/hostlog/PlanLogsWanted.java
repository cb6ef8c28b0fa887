package io.orchscope.hostlog;

import java.time.Instant;
import java.util.Set;

/**
 * Which logs of plan scripts belong to one orchestration.
 *
 * @param names of files that its trace names, without folders
 * @param ids of resources: a log belongs to it, too, that has one of them in its name or its text
 * @param from when the orchestration began, UTC; logs that were changed last before that, and logs
 *     that begin after {@code to}, are not looked into
 */
public record PlanLogsWanted(Set<String> names, Set<String> ids, Instant from, Instant to) {}
