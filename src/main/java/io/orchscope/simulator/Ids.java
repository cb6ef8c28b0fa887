package io.orchscope.simulator;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The UUIDs of the simulated world, which can be read backwards: what kind of thing, whose number,
 * which attempt.
 *
 * <p>Shape: {@code <check>-<kind>-11ee-9<attempt>-<number>}, the look of a version 1 UUID.
 */
final class Ids {

  /** What an id names. */
  enum Kind {
    RESOURCE(0),
    TRACE(1),
    STAGE(2),
    PRODUCT(3),
    NETWORK_FUNCTION(4),
    DOMAIN(5);

    private final int code;

    Kind(int code) {
      this.code = code;
    }
  }

  private static final Pattern UUID =
      Pattern.compile("([0-9a-f]{8})-([0-9a-f]{4})-11ee-9([0-9a-f]{3})-([0-9a-f]{12})");

  private final long seed;

  Ids(long seed) {
    this.seed = seed;
  }

  String resource(int index) {
    return id(Kind.RESOURCE, index, 0);
  }

  String trace(int index, int attempt) {
    return id(Kind.TRACE, index, attempt);
  }

  /** A child of an orchestration, of which only the trace remembers the id. */
  String stage(int index, int stage) {
    return id(Kind.STAGE, index, stage % 0x1000);
  }

  String product(ProductKind kind) {
    return id(Kind.PRODUCT, List.of(ProductKind.values()).indexOf(kind), 0);
  }

  /** The product of an adapter's network functions, which no list of products names. */
  String product(Adapter adapter) {
    return id(Kind.PRODUCT, ProductKind.values().length + adapter.code, 0);
  }

  String networkFunction(DeviceId device) {
    return id(Kind.NETWORK_FUNCTION, device.number(), device.role().code);
  }

  /** The network function of a device that stands nowhere. */
  String stranger(int number) {
    return id(Kind.NETWORK_FUNCTION, number, 0xfff);
  }

  /** Of whom a network function is; none when the id is of no network function of this seed. */
  Optional<DeviceId> device(String networkFunctionId) {
    OptionalInt number = number(Kind.NETWORK_FUNCTION, networkFunctionId);
    int role = number.isPresent() ? attempt(networkFunctionId) : -1;
    return role >= 0 && role < DeviceId.Role.ALL.size()
        ? Optional.of(new DeviceId(DeviceId.Role.ALL.get(role), number.getAsInt()))
        : Optional.empty();
  }

  /** The domain to which an adapter's devices belong. */
  String domain(Adapter adapter) {
    return id(Kind.DOMAIN, adapter.code, 0);
  }

  /** The number in an id of this kind; none when it is no such id of this seed. */
  OptionalInt number(Kind kind, String id) {
    Matcher parts = UUID.matcher(id);
    if (!parts.matches()) {
      return OptionalInt.empty();
    }
    long number = Long.parseLong(parts.group(4), 16);
    int attempt = Integer.parseInt(parts.group(3), 16);
    return number <= Integer.MAX_VALUE && id.equals(id(kind, (int) number, attempt))
        ? OptionalInt.of((int) number)
        : OptionalInt.empty();
  }

  /** The attempt in the id of a TraceLog, the stage in that of a child. */
  static int attempt(String id) {
    return Integer.parseInt(id.substring(20, 23), 16);
  }

  /** Random numbers that depend only on the seed, a number and what they are for. */
  SplittableRandom random(int index, String purpose) {
    return new SplittableRandom(mix(seed, index, purpose.hashCode()));
  }

  /** Sixteen hex digits that depend only on the seed, a number and an attempt. */
  String traceHeader(int index, int attempt) {
    return hex(mix(seed, index, 31L + attempt), 16);
  }

  private String id(Kind kind, int index, int attempt) {
    int check = (int) mix(seed, index, 131L * kind.code + attempt);
    return hex(check & 0xffffffffL, 8)
        + '-'
        + hex(kind.code, 4)
        + "-11ee-9"
        + hex(attempt, 3)
        + '-'
        + hex(index, 12);
  }

  private static String hex(long value, int digits) {
    return HexFormat.of().toHexDigits(value, digits);
  }

  private static long mix(long seed, long index, long salt) {
    long z = seed * 0x9e3779b97f4a7c15L + index * 0xd1342543de82ef95L + salt * 0xc2b2ae3d27d4eb4fL;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
