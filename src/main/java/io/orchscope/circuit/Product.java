package io.orchscope.circuit;

import java.util.List;

/**
 * A kind of resource that we watch, as {@code config/products.yaml} describes it.
 *
 * @param type snake-case name that people and metrics use, {@code service_mapper}
 * @param name MDSO's name, {@code ServiceMapper}
 * @param resourceType the TOSCA type on the wire, {@code charter.resourceTypes.ServiceMapper}
 * @param circuitIdAt JSON pointers to the circuit id, tried in order; the label stands in for none
 * @param devices where its devices are named
 * @param ownsTrace whether an orchestration trace is looked for
 * @param errorEntry which entry of the trace is the error
 * @param schedule Quartz cron expression, UTC; empty means that it is polled only on request
 */
public record Product(
    String type,
    String name,
    String resourceType,
    List<String> circuitIdAt,
    List<DeviceLocation> devices,
    boolean ownsTrace,
    ErrorEntryRule errorEntry,
    String schedule) {}
