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
   * @param role PE, AGG or CPE
   * @param port the one that the circuit uses
   */
  record Node(String tid, String ip, String role, String vendor, String model, String port) {

    String fqdn() {
      return tid + ".EXAMPLE.COM";
    }
  }

  private static final List<String> STATES = List.of("TX", "NC", "OH", "FL", "CA", "NY");
  private static final List<String> NETWORKS = List.of("192.0.2.", "198.51.100.", "203.0.113.");
  private static final List<List<String>> CPES =
      List.of(
          List.of("ADVA", "FSP 150-GE114PRO-C", "ACCESS-1-1-1-"),
          List.of("RAD", "ETX203AX/N/2SFP/2UTP2SFP", "ETH PORT "),
          List.of("CISCO", "ISR4331", "ETHERNET-"));

  /** PEs and aggregation are shared between circuits, CPEs are not. */
  static Devices of(Ids ids, int circuit) {
    SplittableRandom random = ids.random(circuit, "devices");
    int pe = random.nextInt(400);
    int agg = random.nextInt(1600);
    List<String> cpe = CPES.get(random.nextInt(CPES.size()));
    List<String> far = CPES.get(random.nextInt(CPES.size()));
    return new Devices(
        new Node(tid(pe, 'C'), ip(random), "PE", "JUNIPER", "MX480", "XE-1/0/" + pe % 8),
        new Node(tid(agg, 'Q'), ip(random), "AGG", "JUNIPER", "ACX5448", "GE-0/0/" + agg % 40),
        new Node(
            tid(circuit, 'Z'),
            ip(random),
            "CPE",
            cpe.get(0),
            cpe.get(1),
            cpe.get(2) + (3 + pe % 2)),
        new Node(
            tid(circuit, 'X'),
            ip(random),
            "CPE",
            far.get(0),
            far.get(1),
            far.get(2) + (3 + agg % 2)));
  }

  /** Eleven characters: four letters, a state, two letters, a digit, the role and W. */
  private static String tid(int number, char role) {
    StringBuilder tid = new StringBuilder();
    for (int rest = number, i = 0; i < 4; i++, rest /= 26) {
      tid.insert(0, (char) ('A' + rest % 26));
    }
    return tid.append(STATES.get(number % STATES.size()))
        .append("AB")
        .append(number / 456_976 % 10)
        .append(role)
        .append('W')
        .toString();
  }

  private static String ip(SplittableRandom random) {
    return NETWORKS.get(random.nextInt(NETWORKS.size())) + random.nextInt(1, 255);
  }
}
