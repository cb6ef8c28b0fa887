package io.orchscope.topology;

/**
 * A device as MDSO has onboarded it; absent fields are empty text. Source: domain.md §2.
 *
 * @param label its TID
 * @param ipAddress FQDN or address, as MDSO has it
 * @param providerResourceId {@code bpo_<domain>_<uuid>}
 * @param communicationState {@code AVAILABLE} when MDSO reaches it
 */
public record NetworkFunction(
    String id,
    String label,
    String resourceType,
    String ipAddress,
    String providerResourceId,
    String communicationState,
    String orchState) {}
