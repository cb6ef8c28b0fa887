package io.orchscope.mask;

import java.util.List;
import java.util.Random;

/** Values in all the ways in which MDSO writes them. Source: domain.md §4.4, §4.5. */
final class WireValues {

  private static final List<String> WORDS =
      List.of("vlan", "mtu", "description", "site's name", "it failed: can't say", "a [b] (c)");

  private final Random random;

  WireValues(Random random) {
    this.random = random;
  }

  /** A value of a kind that {@link LabelledErrors} does not know by itself. */
  String of(String name) {
    return switch (name) {
      case "small" -> String.valueOf(1 + random.nextInt(60));
      case "percent" -> random.nextInt(101) + "%";
      case "rtt" -> random.nextInt(300) + "." + random.nextInt(10) + any("ms", " ms");
      case "host" -> any("bp", "mdso-1", "10-sense") + ".example.com";
      case "anyport" -> port();
      case "junosport" -> any("ge-0/0/", "xe-1/0/", "ae") + number(48);
      case "junos" ->
          "%d.%dR%d%s"
              .formatted(
                  15 + random.nextInt(9),
                  1 + random.nextInt(4),
                  1 + random.nextInt(9),
                  any("", "-S4", "-S4.2", ".8"));
      case "radversion" ->
          any("6.8.2(3.67)", "6.8.5", "5." + number(9), "7.0." + number(9) + "(0.12)");
      case "optic" -> any("SFP-10G-LR", "SFP-1G-LX", "QSFP28-100G-LR4", "SFP-BX-U");
      case "maybe" -> any("ETX203AX", "3926", "SRX345", "FSP150-GE114PRO", "NID");
      case "serial" -> any("LBADVA7119" + number(9999), "CN" + number(999_999), "AB3C" + number(9));
      case "leg" -> "80.L1XX.%06d..TEST".formatted(random.nextInt(999_999)) + any("-PRIMARY", "");
      case "elan" -> any("CUST_A", "TEST_CO", "NORTH") + number(99) + ".ELAN";
      case "policername" ->
          any("FIA", "DIA", "ELINE", "VIDEO")
              + number(4_000)
              + "-"
              + number(900)
              + "M"
              + any("", "-IN");
      case "v6net" ->
          "2001:db8:" + Integer.toHexString(random.nextInt(65_536)) + "::/" + (32 + number(64));
      case "json" -> json();
      case "lowertid" -> any("abcdtx", "qrstny", "mnopca") + any("ab", "xy") + number(9) + "zw";
      case "hex8" -> Integer.toHexString(0x10000000 + random.nextInt(0x6fffffff));
      case "clock" -> "%02d:%02d:%02d".formatted(number(23), number(59), number(59));
      case "login" -> any("svc-user", "jdoe", "orch_admin", "bpadmin", "root", "netops", "t.smith");
      case "repr" ->
          "<plansdk.apis.plan.Bag object at 0x7f" + Integer.toHexString(number(99_999)) + ">";
      case "pyfile" -> any("plan", "util", "mapper") + "/" + any("a.py", "main.py", "x2.py");
      case "func" -> any("run", "process", "get_port", "_validate");
      case "weird" -> any("12,5", "n/a", "1_000", "abc");
      case "tidlist" -> tid() + (", " + tid()).repeat(number(4));
      case "tuple" -> "('" + tid() + "', '" + tid() + "')";
      case "date2" ->
          any("2026/01/1" + number(9) + " 10:11:12", "0" + number(9) + "-Mar-2026 01:02:03");
      case "float" -> number(99) + "." + number(999_999);
      case "oddcircuit" ->
          any(
                  "32.L1XX.%06d.ABC.TEST",
                  "FRE_80.L1XX.%06d..TEST", "80.L1XX.%06d..", "80.L1XX.%06d..TEST-SECONDARY")
              .formatted(random.nextInt(999_999));
      case "vrf2" ->
          any("CUST", "ACME", "NORTH") + any(".WEST", ".EAST", "") + "." + number(999) + ".L3VPN";
      case "rev14" -> "202601" + (10_000_000 + number(80_000_000));
      case "flow" -> "FRE_flow-" + any("FIA", "ELINE") + number(4000) + "-" + number(9);
      case "escaped" -> "\\\"a\\\": " + number(99) + ", \\\"b\\\": [\\\"" + tid() + "\\\"]";
      case "javalike" -> "a=" + tid() + ", z=" + tid() + ", up=" + any("true", "false");
      case "clli" -> any("AUSTTXAB", "DLLSTXCD", "RENONVEF", "NYCMNYGH", "ATLNGAJK");
      case "linklocal" -> "fe80::" + Integer.toHexString(number(65_535)) + any("", "%eth0", "/64");
      case "mac2" ->
          any("00:00:5e:00:53:%02x", "00-00-5E-00-53-%02X", "0000.5e00.53%02x")
              .formatted(number(250));
      case "xmlerr" ->
          "<rpc-error>\n<error-type>protocol</error-type>\n<error-message>port "
              + number(48)
              + "</error-message>\n</rpc-error>";
      case "svcvlan" -> any("FIA", "DIA", "ELINE", "ELAN", "VOICE", "VIDEO") + number(4000);
      case "duration" ->
          any(
              "0:15:0" + number(9) + "." + number(999_999),
              number(59) + "m" + number(59) + "s",
              "PT" + number(20) + "M",
              number(90) + " minutes");
      case "nested" -> nested(3);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private String tid() {
    StringBuilder tid = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      tid.append((char) ('A' + random.nextInt(26)));
    }
    return tid.append(any("1", "2", "A", "B")).append(any("Z", "C", "Q")).append('W').toString();
  }

  private String port() {
    int number = number(48);
    return switch (random.nextInt(14)) {
      case 0 -> "ET-0/1/" + number;
      case 1 -> "GE-0/0/" + number;
      case 2 -> "XE-1/0/" + number + "." + number(4_000);
      case 3 -> "ge-0/0/" + number + "." + number(4_000);
      case 4 -> "ETH-PORT-1-1-1-" + number;
      case 5 -> "ETH PORT-1-1-1-" + number;
      case 6 -> "ETH PORT " + number;
      case 7 -> "ETH PORT 1/" + number;
      case 8 -> "LAG" + number;
      case 9 -> "AE" + number + any("", "." + number);
      case 10 -> "ACCESS-1-1-1-" + number;
      case 11 -> "FP-1-1-1-4-" + number;
      case 12 -> "ETHERNET-" + number + any("", "/2");
      default -> "TPE_FP-1-1-1-4-" + number + "_CTP";
    };
  }

  private String json() {
    return any(
        "{'detail': '" + any("Gateway timeout", "not found") + "'}",
        "{\"errors\":[{\"field\":\"vlan\",\"message\":\"must be " + number(99) + "\"}]}",
        "{\"status\": " + number(599) + ", \"error\": null, \"ok\": false}",
        "{}");
  }

  /** A dictionary as Python prints it, some levels deep. */
  private String nested(int depth) {
    StringBuilder dump = new StringBuilder("{");
    for (int i = 1 + random.nextInt(8); i > 0; i--) {
      dump.append(dump.length() == 1 ? "" : ", ");
      dump.append('\'').append(any("flow", "vlan", "createdAt", "tid", "cid")).append("': ");
      dump.append(depth == 0 || random.nextInt(3) > 0 ? simple() : nested(depth - 1));
    }
    return dump.append('}').toString();
  }

  private String simple() {
    String word = WORDS.get(random.nextInt(WORDS.size()));
    return any(
        "None",
        "True",
        "[]",
        String.valueOf(number(9_999)),
        "['" + port() + "', " + number(9) + "]",
        word.contains("'") ? "\"" + word + "\"" : "'" + word + "'",
        "'2026-01-15T10:20:30.123Z'");
  }

  private int number(int below) {
    return 1 + random.nextInt(below);
  }

  private String any(String... words) {
    return words[random.nextInt(words.length)];
  }
}
