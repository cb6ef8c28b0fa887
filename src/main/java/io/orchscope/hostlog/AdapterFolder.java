package io.orchscope.hostlog;

import java.util.List;

/**
 * Where the resource adapter of a vendor logs. Source: domain.md §2, vendor → RA directory.
 *
 * @param vendor upper case, {@code JUNIPER}
 * @param folder name of its folders on MDSO's hosts, {@code rajuniper}
 * @param resourceType of its network functions, {@code junipereq.resourceTypes.NetworkFunction}
 */
public record AdapterFolder(String vendor, String folder, String resourceType) {

  /** Those that are known without being told. */
  public static final List<AdapterFolder> USUAL =
      List.of(
          new AdapterFolder("ADVA", "bpraadva", "bpraadva.resourceTypes.NetworkFunction"),
          new AdapterFolder("JUNIPER", "rajuniper", "junipereq.resourceTypes.NetworkFunction"),
          new AdapterFolder("RAD", "radra", "radra.resourceTypes.NetworkFunction"),
          new AdapterFolder("CISCO", "bpracisco", "bpracisco.resourceTypes.NetworkFunction"));
}
