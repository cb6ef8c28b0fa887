package io.orchscope.simulator;

/** The resource adapters, one for each vendor of devices. Source: domain.md §2. */
enum Adapter {
  JUNIPER(0, "rajuniper", "junipereq"),
  ADVA(1, "bpraadva", "bpraadva"),
  RAD(2, "radra", "radra"),
  CISCO(3, "bpracisco", "bpracisco");

  /** Its place among all. */
  final int code;

  /** Name of its folders on MDSO's hosts, and of its log. */
  final String folder;

  private final String family;

  Adapter(int code, String folder, String family) {
    this.code = code;
    this.folder = folder;
    this.family = family;
  }

  /** The type of its network functions. */
  String type() {
    return family + ".resourceTypes.NetworkFunction";
  }

  /** The adapter of a vendor, who is named as Beorn names him. */
  static Adapter of(Devices.Node device) {
    return valueOf(device.vendor());
  }
}
