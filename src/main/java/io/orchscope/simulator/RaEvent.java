package io.orchscope.simulator;

/**
 * One device of one failed circuit, as an adapter came upon it.
 *
 * @param at milliseconds since the logs begin
 * @param owner number of the resource that owns the orchestration
 */
record RaEvent(long at, int owner, DeviceId.Role role) {

  /** So long that nothing on a line of it has to be cut for a block. */
  static final int BYTES = 2048;

  private static final int OWNER_BITS = 30;
  private static final int ROLE_BITS = 2;

  /** The same as a number; later events have greater ones. */
  long key() {
    return (((at << OWNER_BITS) | owner) << ROLE_BITS) | role.code;
  }

  static RaEvent of(long key) {
    return new RaEvent(
        at(key),
        (int) (key >> ROLE_BITS) & ((1 << OWNER_BITS) - 1),
        DeviceId.Role.ALL.get((int) key & ((1 << ROLE_BITS) - 1)));
  }

  static long at(long key) {
    return key >> (OWNER_BITS + ROLE_BITS);
  }
}
