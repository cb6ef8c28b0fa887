package io.orchscope.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orchscope.FreePort;
import io.orchscope.simulator.Simulator;
import io.orchscope.simulator.SimulatorOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log files of a running {@code run} while other commands run in the same folder. */
final class LogFilesOfRunIT {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir private Path folder;

  @Test
  void areTouchedByNoOtherCommand() throws Exception {
    Path home = folder.resolve("home");
    Path logs = home.resolve("var").resolve("log");
    try (Simulator simulator =
        Simulator.start(SimulatorOptions.parse(Map.of("resources", "8", "failures", "0%")))) {
      Map<String, String> settings = GivenSettings.of(simulator);
      settings.put("poll.by-schedule", "no");
      int port = FreePort.next();
      settings.put("observe.listen", "127.0.0.1:" + port);
      settings.put("console.listen", "off");
      Program program = Program.in(home, settings);
      Program others = program.with(listeningNowhere(settings));
      try (Program.Begun run = program.begin(List.of("run"))) {
        await().pollInterval(Duration.ofSeconds(1)).atMost(LIMIT).until(() -> isReady(port));
        Map<String, String> before = files(logs);
        Program.Ended check = others.run(List.of("check"), LIMIT.toSeconds());
        Program.Ended doctor = others.run(List.of("doctor"), LIMIT.toSeconds());
        Program.Ended collect = others.run(List.of("collect"), LIMIT.toSeconds());
        Map<String, String> after = files(logs);

        assertThat(run.process().isAlive()).as(run.said()).isTrue();
        assertThat(check.exitCode()).as(check.out() + check.err()).isZero();
        assertThat(collect.exitCode()).as(collect.err()).isZero();
        assertThat(doctor.out() + doctor.err()).isNotEmpty();
        assertThat(before).containsKeys("orchscope.log", "traces.log");
        assertThat(after).containsAllEntriesOf(before);
        assertThat(after.keySet())
            .filteredOn(name -> !before.containsKey(name))
            .allMatch(name -> name.contains("-collect."))
            .contains("orchscope-collect.log", "traces-collect.log");
      }
    }
  }

  private static Map<String, String> listeningNowhere(Map<String, String> settings) {
    Map<String, String> changed = new TreeMap<>(settings);
    changed.put("observe.listen", "off");
    return changed;
  }

  private static boolean isReady(int port) throws InterruptedException {
    URI ready = URI.create("http://127.0.0.1:" + port + "/observe/health/ready");
    try {
      return HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(ready).build(), HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Size, key and time of each file. */
  private static Map<String, String> files(Path logs) throws IOException {
    Map<String, String> files = new TreeMap<>();
    if (!Files.isDirectory(logs)) {
      return files;
    }
    try (Stream<Path> list = Files.list(logs)) {
      for (Path file : list.toList()) {
        BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
        files.put(
            file.getFileName().toString(),
            is.fileKey() + " " + is.size() + " " + is.lastModifiedTime());
      }
    }
    return files;
  }
}
