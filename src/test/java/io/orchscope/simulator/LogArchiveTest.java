package io.orchscope.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** MDSO's archive of plan logs. */
class LogArchiveTest {

  private static final String LOGS = "/logarchive/api/v1/logs?format=zip&start_time=";

  private final Simulator simulator =
      Simulator.start(
          SimulatorOptions.defaults()
              .with(
                  o -> {
                    o.resources = 300;
                    o.logHosts = 2;
                    o.logArchive = true;
                    o.clock = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);
                  }));
  private final Client client = Client.anonymous(simulator);

  @AfterEach
  void close() {
    simulator.close();
  }

  @Test
  void givesTheLogsThatTheHostsHave() throws Exception {
    Map<String, String> archived = archived("2026-03-01T09:00:00Z");

    assertThat(archived).hasSizeGreaterThan(100);
    try (HostsOfLogs hosts = new HostsOfLogs(simulator)) {
      Map<String, String> recent = new TreeMap<>();
      for (HostsOfLogs.Found file : hosts.all()) {
        Instant modified = file.attributes().getModifyTime().toInstant();
        boolean isPlain = file.name().startsWith("plan-script") && !file.name().endsWith(".gz");
        if (isPlain && !modified.isBefore(Instant.parse("2026-03-01T09:00:00Z"))) {
          recent.put(file.name() + ".log", hosts.text(file));
        }
      }
      assertThat(archived).isEqualTo(recent);
    }
  }

  @Test
  void givesTheNewestWhenThereAreTooMany() throws Exception {
    try (Simulator large =
        Simulator.start(
            SimulatorOptions.defaults()
                .with(
                    o -> {
                      o.resources = 5000;
                      o.logArchive = true;
                    }))) {
      byte[] zip = archive(large, "2020-01-01T00:00:00Z").body();

      long text = unzipped(zip).values().stream().mapToLong(String::length).sum();
      assertThat(text).isBetween(15L << 20, 16L << 20);
    }
  }

  @Test
  void givesNothingToStrangersAndWhereThereIsNone() {
    assertThat(client.get(LOGS + "2026-03-01T09:00:00Z").statusCode()).isEqualTo(401);
    client.login();
    assertThat(client.get(LOGS + "yesterday").statusCode()).isEqualTo(400);
    try (Simulator without = Simulator.start(SimulatorOptions.defaults())) {
      Client other = Client.loggedIn(without);
      assertThat(other.get(LOGS + "2026-03-01T09:00:00Z").statusCode()).isEqualTo(404);
    }
  }

  private Map<String, String> archived(String since) throws Exception {
    HttpResponse<byte[]> response = archive(simulator, since);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type")).hasValue("application/zip");
    return unzipped(response.body());
  }

  private static HttpResponse<byte[]> archive(Simulator from, String since) throws Exception {
    String token = Client.loggedIn(from).login();
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(from.mdsoUrl() + LOGS + since))
                .header("Authorization", "Bearer " + token)
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
  }

  private static Map<String, String> unzipped(byte[] bytes) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        texts.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.ISO_8859_1));
      }
    }
    return texts;
  }
}
