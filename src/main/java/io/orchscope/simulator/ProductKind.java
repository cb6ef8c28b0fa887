package io.orchscope.simulator;

import java.util.Optional;

/** The products that are simulated. Source: domain.md §2. */
enum ProductKind {
  COMPLIANCE("Compliance", 4, true, true),
  SERVICE_MAPPER("ServiceMapper", 24, true, true),
  PROVISIONING("Provisioning", 3, true, true),
  NETWORK_SERVICE_UPDATE("NetworkServiceUpdate", 10, true, true),
  NETWORK_SERVICE("NetworkService", 20, true, true),
  DISCONNECT_MAPPER("DisconnectMapper", 8, true, true),
  CPE_ACTIVATOR("cpeActivator", 6, true, true),
  PORT_ACTIVATION("PortActivation", 6, false, false),
  MANAGED_SERVICES_ACTIVATOR("ManagedServicesActivator", 4, false, false),
  MERAKI_ACCEPTANCE("merakiAcceptance", 2, true, false),
  MERAKI_COMPLIANCE("merakiCompliance", 2, true, false),
  STANDALONE_CONFIG_DELIVERY("standaloneConfigDelivery", 2, false, false),
  NETWORK_SERVICE_DELETE("NetworkServiceDelete", 3, true, true),
  MULTI_LEG_CIRCUIT("multiLegCircuit", 2, true, true),
  SMOKE_TEST("SmokeTest", 2, true, true),
  DEVICE_RESET("DeviceReset", 2, true, true);

  /** MDSO's name, the last part of the type. */
  final String productName;

  /** How many of a hundred resources are of this kind. */
  final int weight;

  /** Whether its properties name a circuit. */
  final boolean hasCircuit;

  /** Whether it owns an orchestration trace. */
  final boolean hasTrace;

  ProductKind(String productName, int weight, boolean hasCircuit, boolean hasTrace) {
    this.productName = productName;
    this.weight = weight;
    this.hasCircuit = hasCircuit;
    this.hasTrace = hasTrace;
  }

  /** The TOSCA type on the wire. */
  String type() {
    return "charter.resourceTypes." + productName;
  }

  /** The kind whose type or name is the text. */
  static Optional<ProductKind> named(String text) {
    for (ProductKind kind : values()) {
      if (kind.productName.equals(text) || kind.type().equals(text)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /**
   * Whether a resource of this kind may run one of the other, which then has no trace of its own.
   */
  boolean runs(ProductKind other) {
    return (this == COMPLIANCE && other == SERVICE_MAPPER)
        || (this == PROVISIONING && other == NETWORK_SERVICE_UPDATE);
  }
}
