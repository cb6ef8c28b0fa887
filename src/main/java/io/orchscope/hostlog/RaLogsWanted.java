package io.orchscope.hostlog;

import java.time.Instant;

/**
 * What a resource adapter logged about one device while an orchestration ran.
 *
 * @param device FQDN or TID, for people and for folders
 * @param adapter name of the adapter's folders, {@code rajuniper}
 * @param providerResourceId by which the adapter names the device in its logs, after {@code
 *     bpprov.}
 */
public record RaLogsWanted(
    String device, String adapter, String providerResourceId, Instant from, Instant to) {}
