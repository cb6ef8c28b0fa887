package io.orchscope.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** Writes the properties of one resource as its product has them. Source: domain.md §2. */
final class PropertyWriter {

  private final Sketch sketch;
  private final Devices devices;
  private final String error;
  private final Ids ids;
  private final SplittableRandom random;
  private final ObjectNode properties = Wire.object();

  /**
   * Writes nothing yet.
   *
   * @param error the categorized error of the earliest failure; empty when there is none
   */
  PropertyWriter(Ids ids, Sketch sketch, Devices devices, String error) {
    this.ids = ids;
    this.sketch = sketch;
    this.devices = devices;
    this.error = error;
    this.random = ids.random(sketch.index(), "properties");
  }

  ObjectNode write() {
    switch (sketch.kind()) {
      case SERVICE_MAPPER -> serviceMapper();
      case NETWORK_SERVICE -> networkService();
      case NETWORK_SERVICE_UPDATE -> networkServiceUpdate();
      case DISCONNECT_MAPPER -> disconnectMapper();
      case CPE_ACTIVATOR -> cpeActivator();
      case PORT_ACTIVATION -> portActivation();
      case MANAGED_SERVICES_ACTIVATOR -> managedServices();
      case MERAKI_ACCEPTANCE, MERAKI_COMPLIANCE ->
          properties.putObject("expected_data").put("cid", sketch.circuitName());
      case STANDALONE_CONFIG_DELIVERY -> standaloneConfig();
      case COMPLIANCE ->
          properties.put("circuit_id", sketch.circuitName()).put("compliance_type", "PROVISIONING");
      default -> properties.put("circuit_id", sketch.circuitName());
    }
    return properties;
  }

  private void serviceMapper() {
    properties.put("circuit_id", sketch.circuitName());
    properties.put("circuit_details_id", ids.stage(sketch.index(), 1));
    ObjectNode tids = properties.putObject("device_properties");
    device(tids, devices.cpe(), random.nextDouble() < 0.95);
    if (random.nextBoolean()) {
      device(tids, devices.agg(), true);
    }
    if (random.nextBoolean()) {
      device(tids, devices.pe(), true);
    }
    properties.put("remediation_flag", random.nextBoolean()).put("remediation_attempted", false);
    properties.put("order_type", random.nextInt(10) < 8 ? "NEW" : "CHANGE");
    properties.put("service_type", serviceType(ids, sketch.circuit()));
    properties.put("slm_eligible", random.nextBoolean()).put("cpe_swap", false);
    properties.put("mdso_provisioned", true);
    ObjectNode differences = properties.putObject("service_differences");
    if (sketch.state().equals("active") && random.nextDouble() < 0.05) {
      ObjectNode flow = differences.putObject(devices.cpe().tid()).putObject("flow");
      flow.putObject("Network").put("bandwidth", "25m");
      flow.putObject("Design").put("bandwidth", "50m");
    }
    properties.put("failure_status", error);
  }

  private static void device(ObjectNode tids, Devices.Node node, boolean withAddress) {
    ObjectNode device = tids.putObject(node.tid()).put("MediaType", "LC");
    if (withAddress) {
      device.put("Management IP", node.ip());
    }
  }

  private void networkService() {
    properties.put("circuit_id", sketch.circuitName());
    properties.put("circuit_details_id", ids.stage(sketch.index(), 1));
    properties.put("service_type", serviceType(ids, sketch.circuit())).put("stage", "PRODUCTION");
    properties.put(
        "state",
        sketch.fails()
            ? "FAILED"
            : sketch.state().equals("active") ? "READY_FOR_SERVICE" : "ACTIVATING_SITE");
    ObjectNode site = properties.putArray("site_status").addObject();
    site.put("site", "1 Main St 00000").put("host", devices.cpe().tid());
    site.put(
        "state",
        sketch.fails() ? "FAILED" : sketch.state().equals("active") ? "ACTIVE" : "REQUESTED");
    networkServiceStatus();
  }

  private void networkServiceStatus() {
    properties.put("network_service_status", sketch.fails() ? "Failed" : "Completed");
    properties.put("network_service_error", error.substring(0, Math.min(150, error.length())));
  }

  private void networkServiceUpdate() {
    properties.put("circuit_id", sketch.circuitName());
    int changed = random.nextInt(5);
    properties.put("bandwidth", changed == 0).put("description", changed == 1);
    properties.put("ip", changed == 2).put("serviceStateenable", changed == 3);
    properties.put("serviceStatedisable", changed == 4).put("operation", "UPDATE");
    if (changed == 0) {
      properties.put("bandwidthValue", "50m");
    }
    if (random.nextInt(3) > 0) {
      device(properties.putObject("devices_to_be_updated"), devices.cpe(), true);
    }
    networkServiceStatus();
  }

  private void disconnectMapper() {
    properties.put("circuit_id", sketch.circuitName());
    properties.put("z_side_endpoint", devices.cpe().tid());
    properties.put("z_side_disconnect", isPartial(ids, sketch, 'z') ? "PARTIAL" : "FULL");
    properties.put("z_side_address", "1 Main St 00000");
    if (hasTwoEnds(ids, sketch.circuit())) {
      properties.put("a_side_endpoint", devices.far().tid());
      properties.put("a_side_disconnect", isPartial(ids, sketch, 'a') ? "PARTIAL" : "FULL");
      properties.put("a_side_address", "2 Main St 00000");
    }
    properties.put("configuration_found", true).put("slm_eligible", false);
    properties.put("failure_status", error);
  }

  private void cpeActivator() {
    properties.put("circuit_id", sketch.circuitName());
    properties.put("site", devices.cpe().tid()).put("port", devices.cpe().port());
    properties.put("cpe_activation", sketch.fails() ? "Failed" : "Completed");
    properties.put("cpe_activation_error", error);
  }

  private void portActivation() {
    properties.put("deviceName", devices.cpe().fqdn()).put("deviceIP", devices.cpe().ip());
    properties.put("portname", devices.cpe().port()).put("vendor", devices.cpe().vendor());
    properties.put("terminationTime", 60).put("status", sketch.fails() ? "failed" : "active");
    properties.put("adminState", "UP").put("operationalState", sketch.fails() ? "DOWN" : "UP");
    properties.put("wasPortActivated", !sketch.fails());
  }

  private void managedServices() {
    properties.put("fqdn", devices.cpe().fqdn()).put("ipAddress", devices.cpe().ip());
    properties.put("vendor", devices.cpe().vendor()).put("model", devices.cpe().model());
    properties.put("service_type", "MNE").put("operationType", "New");
    properties.put("firmwareVersion", "16.12.4").putArray("configuration");
    properties.put("msa_activation", sketch.fails() ? "Failed" : "Completed");
    properties.put("msa_activation_error", error);
  }

  private void standaloneConfig() {
    properties.put("pe_router", devices.pe().tid()).put("pe_router_vendor", "JUNIPER");
    properties.put("upstream_device", devices.agg().tid()).put("upstream_device_vendor", "JUNIPER");
    properties.put("target_device", devices.cpe().tid());
    properties.put("target_device_vendor", devices.cpe().vendor());
  }

  /** What the circuit sells; Beorn and MDSO agree about it. */
  static String serviceType(Ids ids, int circuit) {
    int draw = ids.random(circuit, "service").nextInt(10);
    return draw < 6 ? "FIA" : draw < 8 ? "ELINE" : draw < 9 ? "VOICE" : "ELAN";
  }

  /** The TIDs that a disconnect leaves in service. */
  static Set<String> partialEnds(Ids ids, Sketch sketch, Devices devices) {
    Set<String> ends = new TreeSet<>();
    if (sketch.kind() == ProductKind.DISCONNECT_MAPPER) {
      if (isPartial(ids, sketch, 'z')) {
        ends.add(devices.cpe().tid());
      }
      if (hasTwoEnds(ids, sketch.circuit()) && isPartial(ids, sketch, 'a')) {
        ends.add(devices.far().tid());
      }
    }
    return ends;
  }

  private static boolean isPartial(Ids ids, Sketch sketch, char side) {
    return ids.random(sketch.index(), "disconnect" + side).nextInt(10) < 4;
  }

  /** Whether there is a device at the circuit's a side, too. */
  static boolean hasTwoEnds(Ids ids, int circuit) {
    return !serviceType(ids, circuit).equals("FIA");
  }
}
