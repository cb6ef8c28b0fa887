package io.orchscope.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What resource adapters log about devices. */
class RaLogsTest {

  private static final SimulatorOptions OPTIONS =
      SimulatorOptions.defaults()
          .with(
              o -> {
                o.resources = 400;
                o.failureShare = 0.4;
                o.logHosts = 3;
                o.logBytes = 2_000_000;
                o.clock = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);
              });
  private static final Pattern LINE =
      Pattern.compile(
          "(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d,\\d{3}) - bpprov\\.(\\S+) - (.*)");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss,SSS");
  private static final Map<String, String> FOLDERS =
      Map.of("JUNIPER", "rajuniper", "ADVA", "bpraadva", "RAD", "radra", "CISCO", "bpracisco");

  private final Simulator simulator = Simulator.start(OPTIONS);
  private final Client client = Client.loggedIn(simulator);
  private HostsOfLogs hosts;

  @BeforeEach
  void connect() throws IOException {
    hosts = new HostsOfLogs(simulator);
  }

  @AfterEach
  void close() {
    hosts.close();
    simulator.close();
  }

  @Test
  void areTheSameBytesForTheSameSeed() throws IOException {
    try (Simulator twin = Simulator.start(OPTIONS);
        HostsOfLogs twins = new HostsOfLogs(twin)) {
      List<HostsOfLogs.Found> all = adapters();

      for (HostsOfLogs.Found file : all) {
        assertThat(twins.client(file.host()).read(file.path())).isEqualTo(hosts.bytes(file));
      }
      assertThat(all).hasSize(60);
    }
  }

  @Test
  void haveLinesOfEachDeviceOfAFailedCircuitInItsWindow() {
    Map<String, List<Instant>> lines = times();
    int devices = 0;

    for (Truth truth : simulator.truths().filter(RaLogsTest::isTraced).toList()) {
      JsonNode log = newest(truth);
      Instant from = Instant.ofEpochSecond(log.at("/properties/start_time_sec").asLong());
      JsonNode entries = log.at("/properties/orchestration_trace");
      Instant to = from.plusSeconds(entries.get(entries.size() - 1).path("elapsed_time").asLong());
      for (JsonNode node : nodes(truth)) {
        String key = FOLDERS.get(value(node, "vendor")) + " " + providerResourceId(node);
        if (!key.endsWith(" ")) {
          assertThat(lines.get(key))
              .as("%s of %s", key, truth.circuit())
              .anyMatch(at -> !at.isBefore(from) && !at.isAfter(to));
          devices++;
        }
      }
    }

    assertThat(devices).isGreaterThan(200);
  }

  @Test
  void goOnFromLineToLineAndFromFileToFileInTheOrderOfTime() {
    List<HostsOfLogs.Found> all = adapters();

    for (String adapter : FOLDERS.values()) {
      for (LogHost host : simulator.logHosts()) {
        StringBuilder whole = new StringBuilder();
        for (String suffix : List.of(".4.gz", ".3.gz", ".2", ".1", "")) {
          String name = adapter + ".log" + suffix;
          all.stream()
              .filter(file -> file.host().equals(host.name()) && file.name().equals(name))
              .forEach(file -> whole.append(hosts.text(file)));
        }

        List<Instant> times = times(whole.toString());

        assertThat(times).isSorted();
        assertThat(times.get(0)).isAfterOrEqualTo("2026-02-28T16:00:00Z");
        assertThat(times.get(times.size() - 1))
            .isBetween("2026-03-01T11:00:00Z", "2026-03-01T12:00:00Z");
        assertThat(whole.length()).isBetween(480_000, 520_000);
      }
    }
  }

  @Test
  void haveTheDevicesOwnWordsAboutACommitThatFailed() {
    List<Truth> commits =
        simulator
            .truths()
            .filter(truth -> truth.errorShape() == 22 && truth.trace() == Truth.Trace.WHOLE)
            .toList();
    String juniper =
        String.join(
            "",
            adapters().stream()
                .filter(file -> file.name().startsWith("rajuniper"))
                .map(hosts::text)
                .toList());

    assertThat(commits).isNotEmpty();
    for (Truth truth : commits) {
      String message = between(truth.errors().get(0), "<message>", "</message>");
      String id = providerResourceId(nodes(truth).get(0));
      assertThat(id.isEmpty() ? 0 : 1)
          .isEqualTo(
              Pattern.compile(
                      "- bpprov\\."
                          + id
                          + " - ERROR - rpc-reply.*\n<xnm:error xmlns=.*\n<source-daemon>dcd"
                          + "</source-daemon>\n<edit-path>.*\n<message>\n"
                          + Pattern.quote(message)
                          + "\n</message>\n</xnm:error>\n")
                  .matcher(juniper)
                  .results()
                  .count());
    }
  }

  @Test
  void growAtTheEndWhenCircuitsArrive() {
    String path = LogHostClient.ROOT + "/rajuniper-1/log/rajuniper.log";
    Map<String, byte[]> before = new TreeMap<>();
    for (LogHost host : simulator.logHosts()) {
      before.put(host.name(), hosts.client(host.name()).read(path));
    }

    simulator.arrive(20);

    int grown = 0;
    for (LogHost host : simulator.logHosts()) {
      byte[] now = hosts.client(host.name()).read(path);
      byte[] old = before.getOrDefault(host.name(), new byte[0]);
      assertThat(Arrays.copyOf(now, old.length)).isEqualTo(old);
      assertThat(times(new String(now, StandardCharsets.ISO_8859_1))).isSorted();
      grown += now.length - old.length;
    }
    assertThat(grown).isGreaterThan(20 * RaEvent.BYTES);
  }

  private static boolean isTraced(Truth truth) {
    return truth.fails() && truth.trace() == Truth.Trace.WHOLE && truth.findableByOrigin();
  }

  private List<HostsOfLogs.Found> adapters() {
    List<HostsOfLogs.Found> found = new ArrayList<>();
    for (LogHost host : simulator.logHosts()) {
      for (String adapter : FOLDERS.values()) {
        found.addAll(hosts.in(host.name(), LogHostClient.ROOT + "/" + adapter + "-1/log"));
      }
    }
    return found;
  }

  /** When each adapter spoke of each device, over all files. */
  private Map<String, List<Instant>> times() {
    Map<String, List<Instant>> times = new TreeMap<>();
    for (HostsOfLogs.Found file : adapters()) {
      String adapter = file.name().replaceFirst("\\..*", "");
      Matcher line = LINE.matcher(hosts.text(file));
      while (line.find()) {
        times
            .computeIfAbsent(adapter + " " + line.group(2), key -> new ArrayList<>())
            .add(time(line));
      }
    }
    return times;
  }

  private static List<Instant> times(String text) {
    List<Instant> times = new ArrayList<>();
    Matcher line = LINE.matcher(text);
    while (line.find()) {
      times.add(time(line));
    }
    return times;
  }

  private static Instant time(Matcher line) {
    return LocalDateTime.parse(line.group(1), TIME).toInstant(ZoneOffset.UTC);
  }

  private JsonNode newest(Truth truth) {
    return client.traceLogs("q=properties.origination_id:" + truth.resourceId()).stream()
        .max(java.util.Comparator.comparing(l -> l.at("/properties/start_time_sec").asLong()))
        .orElseThrow();
  }

  /** The devices of a circuit as Beorn names them; none where Beorn refuses. */
  private List<JsonNode> nodes(Truth truth) {
    String url = simulator.beornUrl() + "/beorn/v3/topologies?cid=" + truth.circuit();
    JsonNode topology = Client.json(client.send(java.net.URI.create(url), request -> request));
    List<JsonNode> nodes = new ArrayList<>();
    topology.findValues("node").forEach(list -> list.forEach(nodes::add));
    return nodes;
  }

  private String providerResourceId(JsonNode node) {
    return client
        .items(
            "/resources?resourceTypeId=tosca.resourceTypes.NetworkFunction&q=label:"
                + value(node, "hostName"))
        .stream()
        .map(function -> function.path("providerResourceId").asText())
        .findFirst()
        .orElse("");
  }

  private static String value(JsonNode node, String name) {
    for (JsonNode pair : node.path("name")) {
      if (pair.path("name").asText().equals(name)) {
        return pair.path("value").asText();
      }
    }
    return "";
  }

  private static String between(String text, String begin, String end) {
    int from = text.indexOf(begin) + begin.length();
    return text.substring(from, text.indexOf(end, from));
  }
}
