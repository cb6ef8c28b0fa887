package io.orchscope.topology;

/**
 * The resource adapter of a vendor. Source: domain.md §2, vendor → RA directory.
 *
 * @param vendor upper case, as Beorn and MDSO name it, {@code JUNIPER}
 * @param folder name of its folders on MDSO's hosts, {@code rajuniper}
 * @param resourceType of its network functions, {@code junipereq.resourceTypes.NetworkFunction}
 */
public record Adapter(String vendor, String folder, String resourceType) {}
