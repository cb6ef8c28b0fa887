package io.orchscope.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/** Beorn, which knows the topology of every circuit that MDSO builds. Source: domain.md §8.1. */
final class BeornApi {

  private static final String PATH = "/beorn/v3/topologies";

  /** The shape of errors that say that Beorn itself refused. */
  private static final int REFUSED_BY_BEORN = 20;

  private final Inventory inventory;

  BeornApi(Inventory inventory) {
    this.inventory = inventory;
  }

  Reply answer(Call call) {
    if (!call.path().equals(PATH)) {
      return error(404, "Not Found");
    }
    if (!call.method().equals("GET")) {
      return error(405, "Method Not Allowed");
    }
    String cid = call.param("cid").orElse("");
    if (cid.isBlank()) {
      return error(400, "cid is required");
    }
    OptionalInt circuit = circuit(cid);
    if (circuit.isEmpty()) {
      return error(404, "Granite | Missing Data - Circuit: " + cid);
    }
    Sketch sketch = inventory.sketch(circuit.getAsInt());
    Devices devices = Devices.of(inventory.ids(), circuit.getAsInt());
    if (sketch.fails() && sketch.shape() == REFUSED_BY_BEORN) {
      return error(502, "Granite | Missing Data - FQDN: device: " + devices.cpe().tid());
    }
    String whole = withoutLeg(sketch.circuitName());
    if (whole.equals(sketch.circuitName())) {
      return Reply.json(200, topologies(circuit.getAsInt(), whole, devices));
    }
    ObjectNode legs = Wire.object();
    legs.set("PRIMARY", topologies(circuit.getAsInt(), whole, devices));
    legs.set("SECONDARY", topologies(circuit.getAsInt(), whole, devices));
    return Reply.json(200, legs);
  }

  private static Reply error(int status, String message) {
    return Reply.json(status, Wire.object().put("message", message));
  }

  private static String withoutLeg(String cid) {
    return cid.replaceFirst("-(PRIMARY|SECONDARY)$", "");
  }

  private OptionalInt circuit(String cid) {
    OptionalInt number = inventory.sketcher().circuitNamedIn(cid);
    return number.isPresent()
            && inventory.holds(number.getAsInt())
            && withoutLeg(inventory.sketcher().circuitName(number.getAsInt()))
                .equals(withoutLeg(cid))
        ? number
        : OptionalInt.empty();
  }

  private ObjectNode topologies(int circuit, String cid, Devices devices) {
    String type = PropertyWriter.serviceType(inventory.ids(), circuit);
    SplittableRandom random = inventory.ids().random(circuit, "topology");
    boolean twoEnds = type.equals("ELINE") || type.equals("ELAN");
    ObjectNode body = Wire.object().put("serviceName", cid).put("serviceType", type);
    body.put("customerName", "ACME").put("customerType", "CUST").put("modelVersion", "2.0");
    body.put("serviceMedia", "FIBER");
    ArrayNode spokes = body.putArray("topology");
    if (twoEnds) {
      spoke(spokes.addObject(), devices, devices.far(), devices.far().ip());
    }
    int draw = random.nextInt(100);
    String address = draw < 2 ? "" : draw < 5 ? "DHCP" : devices.cpe().ip();
    spoke(spokes.addObject(), devices, devices.cpe(), address);
    service(body.putArray("service").addObject(), cid, devices, type);
    return body;
  }

  private static void spoke(ObjectNode spoke, Devices devices, Devices.Node cpe, String address) {
    ObjectNode data = spoke.put("model", "ONF_TAPI").put("version", "2.0.0").putObject("data");
    ArrayNode nodes = data.putArray("node");
    node(nodes.addObject(), devices.pe(), devices.pe().ip(), "HUB");
    node(nodes.addObject(), devices.agg(), devices.agg().ip(), "HUB");
    node(nodes.addObject(), cpe, address, "CUSTOMER");
    ArrayNode links = data.putArray("link");
    link(links.addObject(), devices.pe(), devices.agg());
    link(links.addObject(), devices.agg(), cpe);
  }

  /** Names stand in the order in which Beorn writes them today, the location before the address. */
  private static void node(ObjectNode node, Devices.Node device, String address, String location) {
    ArrayNode names = node.put("uuid", device.tid()).putArray("name");
    name(names, "hostName", device.tid());
    name(names, "deviceRole", device.role());
    name(names, "vendor", device.vendor());
    name(names, "model", device.model());
    if (address.isEmpty()) {
      names.addObject().put("name", "managementIP").putNull("value");
    } else {
      name(names, "managementIP", address);
    }
    name(names, "location", location);
    name(names, "address", "1 Main St 00000");
    name(names, "fqdn", device.fqdn());
    name(names, "equipmentStatus", "LIVE");
    ObjectNode point = node.putArray("ownedNodeEdgePoint").addObject().put("uuid", port(device));
    ArrayNode pointNames = point.putArray("name");
    name(pointNames, "name", device.port());
    name(pointNames, "portRole", device.role().equals("CPE") ? "UNI" : "INNI");
  }

  private static void name(ArrayNode names, String name, String value) {
    names.addObject().put("name", name).put("value", value);
  }

  private static void link(ObjectNode link, Devices.Node from, Devices.Node to) {
    link.put("uuid", port(from) + "_" + port(to));
    link.putArray("nodeEdgePoint").add(port(from)).add(port(to));
  }

  private static String port(Devices.Node device) {
    return device.tid() + "-" + device.port();
  }

  private static void service(ObjectNode service, String cid, Devices devices, String type) {
    service.put("model", "MEF-LEGATO-EVC").put("version", "2017-07-27");
    ObjectNode data = service.putObject("data");
    ObjectNode evc = data.putArray("evc").addObject();
    evc.put("serviceType", "IP").put("connectionType", "Point to Point").put("sVlan", "1181");
    evc.put("evc-ingress-bwp", "25m").put("evc-egress-bwp", "25m").put("adminState", true);
    evc.put("userLabel", cid).put("maxNumOfEvcEndPoint", 1);
    evc.putArray("cosNames").addObject().put("name", "BRONZE");
    ObjectNode end = evc.putArray("endPoints").addObject().put("uniId", port(devices.cpe()));
    end.put("sVlan", "1181").put("sVlanOperation", "PUSH");
    if (List.of("FIA", "VOICE").contains(type)) {
      ObjectNode fia = data.putArray("fia").addObject().put("type", "STATIC");
      ObjectNode address = fia.putArray("endPoints").addObject().put("uniId", port(devices.pe()));
      address.putArray("lanIpv4Addresses").add("198.51.100.8/29");
      address.put("wanIpv4Address", "203.0.113.4/30");
    }
  }
}
