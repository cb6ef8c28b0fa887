package io.orchscope.simulator;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes what resource adapters logged. Source: domain.md §5.4. */
final class RaWriter {

  private static final String XNM = "http://xml.example.com/xnm/1.1/xnm";
  private static final int LONGEST_ERROR = 160;
  private static final int OTHERS = 64;
  private static final Pattern MESSAGE = Pattern.compile("<message>(.*?)</message>");
  private static final List<String> COMMANDS =
      List.of(
          "get-interface.json", "get-interface-config.json", "get-lldp.json", "get-alarms.json");
  private static final List<String> SMALL_TALK =
      List.of(
          "INFO - Session is alive, idle for ",
          "DEBUG - keepalive answered after ",
          "INFO - resync of interfaces took ",
          "DEBUG - execute get-interface.json returned bytes: ",
          "DEBUG - execute get-alarms.json returned bytes: ",
          "INFO - polled counters of ports: ",
          "WARN - reply took longer than usual, ms: ",
          "ERROR - get-lldp.json failed, session timed out after ");

  private final Inventory inventory;
  private final Ids ids;
  private final NetworkFunctions functions;
  private final String name;
  private final String[] others = new String[OTHERS];

  /** Writes for one adapter of one host. */
  RaWriter(Inventory inventory, NetworkFunctions functions, int host, Adapter adapter) {
    this.inventory = inventory;
    this.ids = inventory.ids();
    this.functions = functions;
    this.name = adapter + " " + host;
    Arrays.setAll(
        others, number -> "bpprov.bpo_" + ids.domain(adapter) + "_" + ids.stranger(number));
  }

  /** What it says of devices that no circuit needs, over some milliseconds. */
  byte[] chatter(int block, long from, long to, int length) {
    LogLines lines = new LogLines(true, length);
    return lines.fill(length, from, to, others[block % OTHERS], others(block)).bytes();
  }

  /** What it says of a device of a failed circuit, and of others at the same time. */
  byte[] event(RaEvent event, long from, long to) {
    Sketch sketch = inventory.sketchInTheEnd(event.owner());
    Devices.Node device = device(sketch, event.role());
    String logger = "bpprov." + functions.providerResourceId(device);
    String error = inventory.newestStory(sketch).error();
    LogLines lines = new LogLines(true, RaEvent.BYTES);
    String session = "Session with " + device.fqdn() + " (" + device.ip() + ") ";
    String command = COMMANDS.get(sketch.index() % COMMANDS.size());
    String request = "execute " + command + " {\"port\": \"" + device.port() + "\"}";
    lines.line(from, logger, "INFO", session + "opened");
    long then = Math.min(from + 40, to);
    boolean names = error.contains(device.tid()) || error.contains(device.ip());
    if (event.role() == DeviceId.Role.PE && isOfCommit(error)) {
      lines.line(then, logger, "DEBUG", "edit-config of candidate, then commit");
      commit(lines, then, logger, device, error);
    } else if (!functions.isAvailable(device.id())) {
      lines.line(then, logger, "WARN", session + "lost, no answer at port 22 after 20 s");
      lines.line(then, logger, "ERROR", "Unable to connect to device at " + device.ip());
    } else if (names) {
      lines.line(then, logger, "DEBUG", request);
      lines.line(then, logger, "ERROR", command + " failed: " + cut(error));
    } else {
      lines.line(then, logger, "DEBUG", request);
      lines.line(then, logger, "INFO", command + " done, code 200");
    }
    return lines.fill(RaEvent.BYTES, then, to, others[0], others(event.owner())).bytes();
  }

  private Devices.Node device(Sketch sketch, DeviceId.Role role) {
    Devices devices = Devices.of(ids, sketch.circuit());
    return switch (role) {
      case PE -> devices.pe();
      case AGG -> devices.agg();
      case CPE -> devices.cpe();
      case FAR -> devices.far();
    };
  }

  private static boolean isOfCommit(String error) {
    return error.contains("commit") || error.contains("xnm:");
  }

  /** Several lines, as Junos has them. */
  private static void commit(
      LogLines lines, long at, String logger, Devices.Node device, String error) {
    Matcher message = MESSAGE.matcher(error);
    String cause =
        message.find()
            ? message.group(1)
            : error.substring(Math.max(0, error.indexOf("commit failed")));
    String port = device.port().toLowerCase(Locale.ROOT);
    lines.line(
        at,
        logger,
        "ERROR",
        String.join(
            "\n",
            "rpc-reply of " + device.fqdn() + " to commit:",
            "<xnm:error xmlns=\"" + XNM + "\" xmlns:xnm=\"" + XNM + "\">",
            "<source-daemon>dcd</source-daemon>",
            "<edit-path>[edit interfaces " + port + "]</edit-path>",
            "<message>",
            cut(cause),
            "</message>",
            "</xnm:error>"));
    lines.line(at, logger, "ERROR", "commit failed, candidate discarded");
  }

  private static String cut(String error) {
    return error.substring(0, Math.min(LONGEST_ERROR, error.length()));
  }

  private LogLines.Chatter others(int block) {
    SplittableRandom random = ids.random(block, name);
    return (lines, at) -> {
      int draw = random.nextInt();
      lines
          .at(at)
          .more(" - ")
          .more(others[draw >>> 8 & OTHERS - 1])
          .more(" - ")
          .more(SMALL_TALK.get(talk(draw)))
          .more(draw >>> 16)
          .end();
    };
  }

  /** Errors are rare. */
  private static int talk(int draw) {
    int talk = draw & 7;
    return talk < 6 || (draw & 0x7000_0000) == 0 ? talk : talk - 4;
  }
}
