package io.orchscope.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes resources as the market lists them. Source: domain.md §1.3. */
final class ResourceWriter {

  private final Ids ids;
  private final Storyteller storyteller;

  ResourceWriter(Ids ids, Storyteller storyteller) {
    this.ids = ids;
    this.storyteller = storyteller;
  }

  /** The whole resource with its properties. */
  ObjectNode write(Sketch sketch) {
    Devices devices = Devices.of(ids, sketch.circuit());
    Story story = sketch.fails() ? newest(sketch) : new Story(java.util.List.of(), "", "");
    ObjectNode resource = Wire.object();
    resource.put("id", ids.resource(sketch.index()));
    resource.put("label", label(sketch, devices));
    resource.put("resourceTypeId", sketch.kind().type());
    common(resource);
    resource.put("productId", ids.product(sketch.kind()));
    resource.put("orchState", sketch.state());
    resource.put("desiredOrchState", sketch.state().equals("terminated") ? "terminated" : "active");
    resource.put("reason", reason(sketch, story));
    resource.put("createdAt", Wire.millis(sketch.createdAt()));
    resource.put("updatedAt", Wire.millis(sketch.updatedAt()));
    resource.put("revision", revision(sketch));
    resource.set(
        "properties", new PropertyWriter(ids, sketch, devices, earliest(sketch, story)).write());
    return resource;
  }

  /** The fields that say the same of every resource. */
  static void common(ObjectNode resource) {
    resource.put("description", "");
    resource.put("tenantId", "5f3c0d4e-0000-4000-8000-000000000001");
    resource.put("shared", false).put("discovered", false).put("autoClean", false);
    resource.put("nativeState", "").put("updateState", "unset").put("updateReason", "");
    resource.put("updateCount", 0);
    resource.putArray("differences");
    resource.putObject("tags");
    resource.putObject("providerData");
  }

  /** The reason of a failed resource; empty for any other. */
  String reason(Sketch sketch) {
    return sketch.fails() ? reason(sketch, newest(sketch)) : "";
  }

  private String reason(Sketch sketch, Story story) {
    if (!sketch.fails()) {
      return "";
    }
    String last = story.entries().get(story.entries().size() - 1).message();
    return "Failed task:(1) activate: Failed remote script 'activate'(exit code: 1): " + last;
  }

  private Story newest(Sketch sketch) {
    return storyteller.of(sketch, Math.max(0, sketch.attempts() - 1));
  }

  private static String earliest(Sketch sketch, Story story) {
    return sketch.condition() == Sketch.Condition.MESSAGE_ONLY ? "" : story.error();
  }

  static String label(Sketch sketch, Devices devices) {
    return switch (sketch.kind()) {
      case PORT_ACTIVATION -> devices.cpe().tid() + "_" + devices.cpe().port();
      case MANAGED_SERVICES_ACTIVATOR -> devices.cpe().fqdn();
      case STANDALONE_CONFIG_DELIVERY -> devices.pe().tid() + "_" + devices.pe().port();
      case MERAKI_ACCEPTANCE -> "acceptance of site " + sketch.index();
      case MERAKI_COMPLIANCE -> "compliance of site " + sketch.index();
      default -> sketch.circuitName();
    };
  }

  /** Grows with every state that the resource has been through. */
  private static long revision(Sketch sketch) {
    long states =
        switch (sketch.state()) {
          case "requested" -> 1;
          case "activating" -> 4;
          default -> 9;
        };
    return states + 3L * sketch.attempts() + (sketch.state().equals("terminated") ? 4 : 0);
  }
}
