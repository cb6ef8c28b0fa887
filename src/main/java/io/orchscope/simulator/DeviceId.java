package io.orchscope.simulator;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Which device of the simulated network; its TID and its address can be read backwards.
 *
 * @param number among the devices of its role; of a CPE, the number of its circuit
 */
record DeviceId(Role role, int number) {

  /** What a device is for. */
  enum Role {
    PE(0, 'C', 2, 1),
    AGG(1, 'Q', 2, 1),
    CPE(2, 'Z', 0, 2),
    /** The second CPE, at the a side of a circuit with two ends. */
    FAR(3, 'X', 0, 2);

    static final List<Role> ALL = List.of(values());

    /** Its place among all. */
    final int code;

    private final char letter;

    /** Its addresses are in so many networks from this one on. */
    private final int network;

    private final int networks;

    Role(int code, char letter, int network, int networks) {
      this.code = code;
      this.letter = letter;
      this.network = network;
      this.networks = networks;
    }

    private int addresses() {
      return networks * HOSTS;
    }
  }

  private static final int HOSTS = 254;

  /** Shares no divisor with the number of addresses, so that each is somebody's. */
  private static final int STRIDE = 347;

  private static final int NAMES = 26 * 26 * 26 * 26;
  private static final List<String> STATES = List.of("TX", "NC", "OH", "FL", "CA", "NY");
  private static final List<String> NETWORKS = List.of("192.0.2.", "198.51.100.", "203.0.113.");
  private static final Pattern TID = Pattern.compile("([A-Z]{4})([A-Z]{2})AB(\\d)([CQZX])W");

  /** Eleven characters: four letters, a state, two letters, a digit, the role and W. */
  String tid() {
    StringBuilder tid = new StringBuilder(11);
    for (int rest = number, i = 0; i < 4; i++, rest /= 26) {
      tid.insert(0, (char) ('A' + rest % 26));
    }
    return tid.append(STATES.get(number % STATES.size()))
        .append("AB")
        .append(number / NAMES % 10)
        .append(role.letter)
        .append('W')
        .toString();
  }

  /** Of RFC 5737, which has so few that devices of a large world share them. */
  String address(Ids ids) {
    int place = (int) (((long) number * STRIDE + shift(ids, role)) % role.addresses());
    return NETWORKS.get(role.network + place / HOSTS) + (1 + place % HOSTS);
  }

  /** The device of a TID, or of a name that begins with one; it need not exist. */
  static Optional<DeviceId> named(String name) {
    Matcher tid = TID.matcher(name.replaceFirst("\\.EXAMPLE\\.COM$", ""));
    if (!tid.matches()) {
      return Optional.empty();
    }
    int number = 0;
    for (char letter : tid.group(1).toCharArray()) {
      number = number * 26 + letter - 'A';
    }
    number += Integer.parseInt(tid.group(3)) * NAMES;
    for (Role role : Role.ALL) {
      DeviceId device = new DeviceId(role, number);
      if (device.tid().equals(tid.group())) {
        return Optional.of(device);
      }
    }
    return Optional.empty();
  }

  /** All numbers below a limit whose devices have this address, for one role. */
  static IntStream at(Ids ids, Role role, String address, int limit) {
    return IntStream.range(0, role.addresses())
        .filter(number -> new DeviceId(role, number).address(ids).equals(address))
        .flatMap(
            first -> IntStream.iterate(first, number -> number < limit, n -> n + role.addresses()));
  }

  /** Random numbers that depend only on the seed, the device and what they are for. */
  SplittableRandom random(Ids ids, String purpose) {
    return ids.random(number, role + purpose);
  }

  private static int shift(Ids ids, Role role) {
    return ids.random(role.code, "addresses").nextInt(role.addresses());
  }
}
