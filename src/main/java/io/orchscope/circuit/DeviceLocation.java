package io.orchscope.circuit;

import java.util.Optional;

/**
 * Where one kind of resource names its devices; every part is a JSON pointer (RFC 6901).
 *
 * @param each an object or array to walk; the other pointers then start at its members
 * @param tid the TID or host name; the word {@code key} means the member's name
 * @param address the management address that belongs to that TID
 * @param disconnect FULL or PARTIAL, for the ends of a disconnect
 */
public record DeviceLocation(
    Optional<String> each, String tid, Optional<String> address, Optional<String> disconnect) {

  /** The word that stands for the name of a member, where the members of an object are devices. */
  public static final String KEY = "key";
}
