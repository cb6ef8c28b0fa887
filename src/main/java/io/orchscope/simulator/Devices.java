package io.orchscope.simulator;

import java.util.List;
import java.util.SplittableRandom;

/**
 * The devices that carry one circuit: PE at the hub, aggregation between, CPE at the customer's.
 *
 * @param far the second CPE, at the a side of a circuit with two ends
 */
record Devices(Node pe, Node agg, Node cpe, Node far) {

  /**
   * One device.
   *
   * @param role PE, AGG or CPE, as Beorn has it
   * @param port the one that the circuit uses
   */
  record Node(DeviceId id, String ip, String role, String vendor, String model, String port) {

    String tid() {
      return id.tid();
    }

    String fqdn() {
      return tid() + ".EXAMPLE.COM";
    }
  }

  static final int PES = 400;
  static final int AGGS = 1600;

  private static final List<List<String>> CPES =
      List.of(
          List.of("ADVA", "FSP 150-GE114PRO-C", "ACCESS-1-1-1-"),
          List.of("RAD", "ETX203AX/N/2SFP/2UTP2SFP", "ETH PORT "),
          List.of("CISCO", "ISR4331", "ETHERNET-"));

  /** PEs and aggregation are shared between circuits, CPEs are not. */
  static Devices of(Ids ids, int circuit) {
    SplittableRandom random = ids.random(circuit, "devices");
    int pe = random.nextInt(PES);
    int agg = random.nextInt(AGGS);
    List<String> cpe = CPES.get(random.nextInt(CPES.size()));
    List<String> far = CPES.get(random.nextInt(CPES.size()));
    return new Devices(
        pe(ids, pe),
        agg(ids, agg),
        cpe(ids, new DeviceId(DeviceId.Role.CPE, circuit), cpe, 3 + pe % 2),
        cpe(ids, new DeviceId(DeviceId.Role.FAR, circuit), far, 3 + agg % 2));
  }

  /** The device of an id, whether or not a circuit needs it. */
  static Node node(Ids ids, DeviceId id) {
    return switch (id.role()) {
      case PE -> pe(ids, id.number());
      case AGG -> agg(ids, id.number());
      case CPE -> of(ids, id.number()).cpe();
      case FAR -> of(ids, id.number()).far();
    };
  }

  /** Those that the circuit runs through. */
  List<Node> all(boolean twoEnds) {
    return twoEnds ? List.of(pe, agg, cpe, far) : List.of(pe, agg, cpe);
  }

  private static Node pe(Ids ids, int number) {
    DeviceId id = new DeviceId(DeviceId.Role.PE, number);
    String port = "XE-1/0/" + number % 8;
    return new Node(id, id.address(ids), "PE", "JUNIPER", "MX480", port);
  }

  private static Node agg(Ids ids, int number) {
    DeviceId id = new DeviceId(DeviceId.Role.AGG, number);
    String port = "GE-0/0/" + number % 40;
    return new Node(id, id.address(ids), "AGG", "JUNIPER", "ACX5448", port);
  }

  private static Node cpe(Ids ids, DeviceId id, List<String> make, int port) {
    return new Node(id, id.address(ids), "CPE", make.get(0), make.get(1), make.get(2) + port);
  }
}
