package io.orchscope.topology;

import java.util.Optional;

/**
 * One device that carries a circuit, as Beorn names it; what Beorn leaves empty is not there.
 *
 * @param role PE, AGG, MTU or CPE, upper case
 * @param vendor upper case
 * @param managementAddress IPv4, IPv6 or host name; none for {@code DHCP}
 * @param leg {@code PRIMARY} or {@code SECONDARY} for a circuit of two legs, else empty
 * @param spoke which element of the topology it stands in, from 0
 */
public record TopologyDevice(
    String tid,
    Optional<String> fqdn,
    Optional<String> vendor,
    Optional<String> role,
    Optional<String> managementAddress,
    Optional<String> equipmentStatus,
    String leg,
    int spoke) {}
