package io.orchscope.circuit;

import java.util.Optional;

/**
 * One device of a circuit with the address that belongs to it, and to no other.
 *
 * @param managementAddress IPv4, IPv6 or host name as MDSO gave it
 * @param disconnect only for the endpoints of a disconnect
 */
public record Device(
    Tid tid, Optional<String> managementAddress, Optional<Disconnect> disconnect) {}
