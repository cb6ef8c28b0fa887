package io.orchscope.mask;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Errors of known kinds with varied values, as MDSO writes them.
 *
 * <p>Shape: the words of a kind are fixed, {@code <..>} stands for a value. Source: domain.md §4.5;
 * the kinds after those are made up in the manner of other programs, so that masks are also
 * measured by what they were not written for.
 */
public final class LabelledErrors {

  /** An error and the kind that it is of. */
  public record Labelled(int kind, String raw, String module) {

    /** As older readers have it, cut at 500 characters. */
    public String normalised() {
      String cut = raw.length() > 500 ? raw.substring(0, 500) : raw;
      return cut.replace("\n", "").replace('"', '\'').replace('^', ' ') + " - " + module;
    }
  }

  private static final Pattern VALUE = Pattern.compile("<([a-z0-9]+)>");

  public static final List<String> KINDS =
      List.of(
          "MDSO | Connectivity Error - Unreachable Live Device: device: <tid> communication state:"
              + " NOT-AVAILABLE equipment status: LIVE",
          "MDSO | Connectivity Error - Pre-Onboarding Failed Connectivity Checks: device: <tid>"
              + " role: MTU state: NOT-ONBOARD connectivity check: failed",
          "MDSO | Connectivity Error - Resource Get: <tid> (<tid>) device not in active state,"
              + " Please check RA logs and Device State",
          "MDSO | Process Error - Exception Raised: class:"
              + " scripts.deviceconfiguration.deviceconnectivitycheck.Activate reason: Error:"
              + " Unable to connect to device at <ip>",
          "MDSO | Unable to add device <fqdn> caused byResource <uuid> failed: unable to connect to"
              + " device, please check connectivity state.",
          "MDSO | Incorrect Data - Reachable Invalid Equipment Status Device: device: <tid>"
              + " communication_state: AVAILABLE equipment status: PENDING DECOMMISSION",
          "MDSO | NF <tid> is not active state, failing service",
          "MDSO | System Error - Resource Get: unable to get resource:"
              + " scripts.networkservice.servicedevicecvalidator.Activate <uuid>",
          "MDSO | System Error - Resource Create: Circuit Details Collector",
          "MDSO | System Error - Resource Create: Service Device Onboarder",
          "MDSO | System Error - No Products for Resource Type: resource type:"
              + " charter.resourceTypes.DeviceOnboarder",
          "MDSO | System Error - Session Profile Type: device vendor: <vendor> session profile type"
              + " not defined",
          "MDSO | System Error - Missing Network Function: device: <tid> fqdn: <fqdn> mgmt IP:"
              + " <ip>",
          "MDSO | System Error - Unmapped Provider ID: tpe resource: Unmapped ProviderId:"
              + " bpo_<uuid>_<uuid>::TPE_<n>_PTP fre resouce: <uuid> retries: <n>",
          "MDSO | System Error - RA Post: command: <command> code: <code> response: <dump>",
          "MDSO | System Error - BP Prov Log Filter: url:"
              + " http://bp.example.com/filter?resourceId=<uuid> code: <code> response: <http>",
          "MDSO | System Error - Multiple Associated Dependent Resources: resource type:"
              + " charter.resourceTypes.ServiceMapper",
          "MDSO | System Error - Singleton Violation: resource type:"
              + " charter.resourceTypes.BpoConstants only one of this type of service allowed",
          "MDSO | System Error - Application Configuration: No active BPO Constants available",
          "SEnSE | System Error - Circuit Details Collection: url:"
              + " https://sense.example.com/topologies?cid=<circuit> code: <code>, message:"
              + " {'message': 'Granite | Missing Data - FQDN: <tid>'}",
          "MDSO | System Error - Resource Get: TPE creation failed with reason: 400 Bad Request:"
              + " semantic errors: <dump>",
          "MDSO | System Error - Resource Get: Failed to commit fia service hit exception: <xml>",
          "MDSO | System Error - Resource Get: Unable to build BW profile/policer on device <tid>,"
              + " error Resource <uuid> failed",
          "MDSO | Process Error - Exception Raised: class:"
              + " scripts.serviceMapper.serviceMapper.Activate reason: Error: 'NoneType' object is"
              + " not subscriptable",
          "MDSO | Process Error - Resource Get: Cannot generate Juniper config model without active"
              + " network function for device: <fqdn>.",
          "MDSO | Process Error - Resource Create: Failed to update description on CPE Device:"
              + " <tid> due to following error: timed out",
          "MDSO | Process Error - Resource Get: No Port Resource found for Port: <port> on Device:"
              + " <ip>",
          "MDSO | Process Error - Resource Create: Failed at service provisioner for <tid> with"
              + " reason commit failed: unable to get port resource for port <port>, device id"
              + " <uuid>",
          "MDSO | Error: Resource <uuid> failed:Failed task:(<n>) activate: Failed remote script"
              + " 'activate'(exit code: 1): Error in"
              + " scripts.networkservice.circuitdetailscollector.Activate, IP <net> is not a"
              + " network address.  Please check file: <log><longdump>",
          "MDSO | Expected only one property to be true but found <n> which are ['ip', 'bandwidth']"
              + " ",
          "Granite | Missing Data - FQDN: device: <tid>",
          "Granite | Missing Data - IP Address: device: <tid>",
          "Granite | Missing Data - Vendor: device: <tid>",
          "Granite | Missing Data - Host Name: device: <tid>",
          "Granite | Missing Data - Port Role: device: <tid>",
          "Granite | Missing Data - Required Topologies Data: device: <tid> missing keys:"
              + " ['Model']",
          "Granite | Missing Data - Required Topologies Data: device: <tid>-<port> missing port"
              + " data: port name and port role",
          "Granite | Missing Data - Required Topologies Data: no PEs found for topology spoke"
              + " <longdump>",
          "Granite | Incorrect Data - Required Topologies Data: multiple PEs found for topology"
              + " spoke <longdump>",
          "Granite | Missing Data - LAN IP Addresses: fia type: DIRECT missing: LAN IPv4 and IPv6",
          "Granite | Missing Data - WAN IP Addresses: fia type: STATIC missing: WAN IPv4 and IPv6",
          "Granite | Incorrect Data - Required Topologies Data: IP <net> is not a network address",
          "Granite | Incorrect Data - FQDN: invalid format <tid>.EXAMPLE",
          "Granite | Incorrect Data - Port(s) Linked More Than Once: ['<tid>-AE<n>']",
          "Granite | Incorrect Data - PE Multiple Links: <tid> {'<tid>', '<tid>'}",
          "Granite | Incorrect Data - LAG Member Port Role Mismatch: device: <tid> lagged port:"
              + " AE<n> port roles: ['UNI', 'INNI']",
          "Granite | Missing Data - Lag Details: AE<n>",
          "Granite | Missing Data - CPE Client Interface: device: <tid> missing: client interface",
          "Granite | Missing Data - CPE Uplink Device: device: <tid> missing: uplink device",
          "Granite | Missing Data - Required Topologies Data: evc not found in service->data of"
              + " circuit details response",
          "Granite | Missing Data - Required Topologies Data: node not found in topology->data of"
              + " circuit details response",
          "Granite | Missing Data - Required Topologies Data: Egress Policer details missing in"
              + " upstream response",
          "GRANITE DESIGN | Node name: <node> is not valid",
          "DATA SUPPLY | <badip> does not appear to be an IPv4 or IPv6 address",
          "MDSO | Incorrect Data - Required Topologies Data: Network Service already provisioned"
              + " for circuit id: <circuit>, id: <uuid>",
          "NETWORK | Route for IP <net> already exists on device ",
          "NETWORK | SAP: <sap> already provisioned on device: <fqdn>",
          "MDSO | Error! <port>.<n> is already provisioned with an existing service.",
          "MDSO | Automation Unsupported - Required Topologies Data: DEVICE VENDOR <vendor> is NOT"
              + " SUPPORTED",
          "MDSO | Automation Unsupported - Required Topologies Data: DEVICE ROLE CPE is INVALID for"
              + " <model>",
          "MDSO | Process Error - Exception Raised: class:"
              + " scripts.networkservice.serviceprovisioner.Activate reason: Error: Resource <uuid>"
              + " failed:Failed task:(<n>) activate: Failed remote script 'activate'(exit code: 1):"
              + " Error in scripts.networkservice.serviceelanprovisioner.Activate, MAINTENANCE"
              + " WINDOW NEEDED: <tid> EXISTING ROUTING-INSTANCE USING VLAN-ID.  Please check file:"
              + " <log>",
          // Not of MDSO: nothing was tuned for these.
          "kernel: <tid> eth<n>: link down, retrying in <n> s",
          "Connection to <ip>:<n> refused by peer <mac> after <n> ms",
          "User <email> exceeded quota on volume /data/<uuid>/vol<n>",
          "java.lang.IllegalStateException: lease <uuid> expired at <time> on host <fqdn>",
          "BGP neighbour <ip> (AS <n>) moved from Established to Idle: hold timer expired",
          "BGP neighbour <ip> (AS <n>) moved from Established to Idle: notification received",
          "Optical power on <port> below threshold: <dbm> dBm",
          "Optical power on <port> above threshold: <dbm> dBm",
          "Certificate for <fqdn> expires on <date>",
          "Checksum mismatch for <path>: expected <hex>, got <hex>",
          "License server at https://licence.example.com/<uuid> answered with status <code>",
          "Neighbour <ipv6> on <port> is unreachable");

  /** Written after the masks, none of which was changed for them. */
  static final List<String> UNSEEN =
      List.of(
          "MDSO | System Error - Resource Update: resource <uuid> is locked by operation <uuid>"
              + " since <time>",
          "MDSO | Process Error - Resource Delete: Could not remove policer <policer> from <tid>:"
              + " object in use",
          "MDSO | Process Error - Resource Delete: Could not remove policer <policer> from <tid>:"
              + " no such object",
          "MDSO | Incorrect Data - Bandwidth: requested <n> kbps exceeds port speed <n> kbps on"
              + " <tid> <port>",
          "MDSO | Connectivity Error - NETCONF: session to <ip> port <n> closed by remote: EOF",
          "MDSO | System Error - Topology Lookup: tpe <tpe> has no parent fre, candidates: [<tid>,"
              + " <tid>]",
          "MDSO | Process Error - Commit: <fqdn>: configuration check-out failed: (statements"
              + " constraint check failed) at line <n>",
          "MDSO | Automation Unsupported - Service Type: service code <svc> on circuit <circuit>"
              + " has no workflow",
          "Granite | Incorrect Data - VLAN: outer tag <n> of <circuit> is used by <circuit>",
          "Granite | Missing Data - Site Address: site <site> of customer <customer> has no CLLI",
          "Granite | Incorrect Data - Customer Name: <customer> does not match service contract",
          "SEnSE | System Error - Task Timeout: task <uuid> of host <fqdn> exceeded <n>s (limit"
              + " <n>s)",
          "SEnSE | System Error - Queue: message <hex> dropped after <n> attempts, last error: idle"
              + " timeout",
          "Failed to parse response from <url>: Expecting value: line <n> column <n> (char <n>)",
          "HTTPSConnectionPool(host='<fqdn>', port=<n>): Max retries exceeded with url: <path>"
              + " (Caused by ConnectTimeoutError)",
          "Duplicate entry '<circuit>-<n>' for key 'circuit_version'",
          "KeyError: 'serviceType' while reading <path> at 0x<hex>",
          "list index out of range in scripts.common.portlookup.Lookup.find_port for <tid>",
          "Device <tid> (<ip>) rejected command 'show interfaces <port> extensive': syntax error",
          "Device <tid> (<ip>) rejected command 'show interfaces <port> extensive': permission"
              + " denied",
          "Image <image> on <tid> is older than the minimum <version>",
          "Route target <n>:<n> is missing in vrf <vrf> on <fqdn>",
          "SNMP trap linkDown ifIndex=<n> ifAdminStatus=up ifOperStatus=down from <ip>",
          "Rollback <n> on <tid> finished with status partial, <n> of <n> steps undone");

  private final Random random;
  private final WireValues wire;

  public LabelledErrors(long seed) {
    random = new Random(seed);
    wire = new WireValues(random);
  }

  /** So many errors of each kind; a part of them as older readers have cut them. */
  public List<Labelled> some(List<String> kinds, int each) {
    List<Labelled> errors = new ArrayList<>();
    List<String> modules =
        List.of("circuitdetailscollector", "serviceMapper", "serviceprovisioner");
    for (int kind = 0; kind < kinds.size(); kind++) {
      for (int i = 0; i < each; i++) {
        String module = modules.get(i % modules.size());
        String raw = filled(kinds.get(kind));
        if (random.nextInt(10) == 0 && raw.length() > 500) {
          raw = raw.substring(0, 500);
        }
        errors.add(new Labelled(kind, raw, module));
      }
    }
    return errors;
  }

  private String filled(String kind) {
    Matcher matcher = VALUE.matcher(kind);
    StringBuilder text = new StringBuilder();
    while (matcher.find()) {
      matcher.appendReplacement(text, Matcher.quoteReplacement(value(matcher.group(1))));
    }
    return matcher.appendTail(text).toString();
  }

  private String value(String name) {
    return switch (name) {
      case "tid" -> tid();
      case "node" -> tid().substring(0, 9);
      case "fqdn" -> any(tid(), tid().substring(0, 8)) + any(".EXAMPLE.COM", ".NORTH.EXAMPLE.COM");
      case "ip" -> "192.0.2." + random.nextInt(256);
      case "net" -> "198.51.100." + random.nextInt(256) + "/" + (24 + random.nextInt(8));
      case "badip" -> "198.51.100." + (256 + random.nextInt(700)) + any("", "/29");
      case "ipv6" ->
          "2001:db8:" + Integer.toHexString(random.nextInt(65_536)) + "::" + any("1", "a:2");
      case "mac" -> hex(2) + ":" + hex(2) + ":" + hex(2) + ":00:5e:" + hex(2);
      case "uuid" -> hex(8) + "-" + hex(4) + "-" + hex(4) + "-" + hex(4) + "-" + hex(12);
      case "hex" -> hex(40);
      case "n" -> String.valueOf(random.nextInt(4_000));
      case "code" -> any("500", "502", "503", "504");
      case "http" -> any("Internal Server Error", "Bad Gateway", "<html>busy</html>");
      case "vendor" -> any("CIENA", "ADVA", "RAD", "JUNIPER", "NOKIA");
      case "model" ->
          any("ADVA FSP 150-GE114PRO-C", "RAD ETX203AX", "CIENA 3926", "NOKIA 7750 SR-12");
      case "command" -> any("get-interface-config.json", "get-version.json", "set-vlan.json");
      case "port" ->
          any("GE-0/0/", "XE-1/0/", "ET-0/1/", "ETH PORT ", "ETHERNET-") + random.nextInt(48);
      case "sap" -> "1/1/" + random.nextInt(9) + ":" + random.nextInt(4_000);
      case "circuit" -> "80.L1XX.%06d..TEST".formatted(random.nextInt(1_000_000));
      case "email" -> "user" + random.nextInt(99) + "@example.com";
      case "time" ->
          "2026-0%d-1%dT%02d:14:55.123Z"
              .formatted(1 + random.nextInt(9), random.nextInt(9), random.nextInt(24));
      case "date" -> any("Mon Jan ", "Tue Mar ", "Sun Oct ") + random.nextInt(28) + " 2027";
      case "dbm" -> "-" + random.nextInt(40) + "." + random.nextInt(10);
      case "path" -> "/bp2/data/" + hex(4) + "/" + any("config", "state") + ".bin";
      case "log" -> "plan-script-" + value("uuid") + "-activate-" + value("time");
      case "xml" ->
          "<xnm:error xmlns=\"http://xml.example.com\"><message>"
              + any("mtu", "vlan")
              + " mismatch</message></xnm:error>";
      case "dump" ->
          "{'command': 'x"
              + random.nextInt(9)
              + "', 'result': '"
              + any("session timed out", "no such object")
              + "'}";
      case "policer" -> any("CUST", "PE", "UNI") + "-" + (1 + random.nextInt(99)) + "M";
      case "tpe" -> "TPE_ACCESS-" + random.nextInt(9) + "-" + random.nextInt(9) + "_PTP";
      case "svc" -> any("FIA", "ELINE", "VOICE") + (100 + random.nextInt(900));
      case "site" -> any("AUSTTX", "DLLSTX", "RENONV") + hex(2).toUpperCase(Locale.ROOT);
      case "customer" -> customer();
      case "url" -> "https://api.example.com/v" + random.nextInt(3) + "/items?id=" + hex(6);
      case "image" -> any("junos-", "saos-") + random.nextInt(22) + "." + random.nextInt(9) + "R1";
      case "version" -> random.nextInt(22) + "." + random.nextInt(9);
      case "vrf" -> "CUST_" + (char) ('A' + random.nextInt(26)) + "_" + random.nextInt(1_000);
      case "longdump" -> longDump();
      default -> wire.of(name);
    };
  }

  private String longDump() {
    StringBuilder dump =
        new StringBuilder("{'autoClean': False, 'createdAt': '" + value("time") + "'");
    for (int i = random.nextInt(30); i >= 0; i--) {
      dump.append(", 'key").append(random.nextInt(50)).append("': ['").append(tid()).append("']");
    }
    return dump.append('}').toString();
  }

  /** A name without a digit, and hardly twice the same. */
  private String customer() {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < 7; i++) {
      name.append((char) ('a' + random.nextInt(26)));
    }
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  private String tid() {
    StringBuilder tid = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      tid.append((char) ('A' + random.nextInt(26)));
    }
    return tid.append(random.nextInt(10)).append(any("Z", "C", "Q")).append('W').toString();
  }

  private String hex(int digits) {
    StringBuilder hex = new StringBuilder();
    for (int i = 0; i < digits; i++) {
      hex.append(Character.forDigit(random.nextInt(16), 16));
    }
    return hex.toString();
  }

  private String any(String... words) {
    return List.of(words).get(random.nextInt(words.length));
  }

  /** How well a grouping agrees with the kinds, over all pairs of errors. */
  record Agreement(double precision, double recall, long groups, long kinds) {

    static Agreement of(List<Labelled> errors, List<String> groups) {
      long alike = 0;
      long together = 0;
      long both = 0;
      for (int i = 0; i < errors.size(); i++) {
        for (int j = i + 1; j < errors.size(); j++) {
          boolean isAlike = errors.get(i).kind() == errors.get(j).kind();
          boolean isTogether = groups.get(i).equals(groups.get(j));
          alike += isAlike ? 1 : 0;
          together += isTogether ? 1 : 0;
          both += isAlike && isTogether ? 1 : 0;
        }
      }
      return new Agreement(
          (double) both / together,
          (double) both / alike,
          groups.stream().distinct().count(),
          errors.stream().mapToInt(Labelled::kind).distinct().count());
    }
  }
}
