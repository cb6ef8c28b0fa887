package io.orchscope.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.Interposed;
import io.orchscope.Interposed.Answer;
import io.orchscope.simulator.Simulator;
import io.orchscope.simulator.SimulatorOptions;
import io.orchscope.simulator.Truth;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers of every size, shape and speed, with a heap of 256 MB. */
final class BodiesIT {

  private static final long LIMIT_SECONDS = 300;
  private static final Duration LONGEST_CALL = Duration.ofSeconds(15);
  private static final int CIRCUITS = 160;
  private static final int MEGABYTE = 1 << 20;
  private static final Pattern BEFORE_COLLECTION = Pattern.compile("(\\d+)M->\\d+M\\(");

  @TempDir private Path folder;

  /** What becomes of the trace of so many circuits. */
  private enum Trouble {
    HUGE(4),
    LARGE(12),
    CUT(2),
    NO_JSON(2),
    DEEP(2),
    UTF_16(2),
    LATIN_1(2),
    SLOW(2),
    SILENT(1);

    private final int circuits;

    Trouble(int circuits) {
      this.circuits = circuits;
    }
  }

  /** How a poll ended. */
  private record Run(Duration took, Duration others, long peakHeapMegabytes, Program.Ended ended) {}

  @Test
  void bearsEveryAnswerWithAHeapOf256Megabytes() throws Exception {
    try (Simulator simulator = world()) {
      Map<String, Trouble> victims = victims(simulator);
      Run well = run("well", simulator, Map.of());
      Run ill = run("ill", simulator, victims);
      Map<String, String> became = became(folder.resolve("ill"), victims);

      System.out.printf(
          "F6 F7 %d circuits, of %d the answers were of 500 MB, of 12 MB, cut, no JSON, nested"
              + " 100,000 deep, in UTF-16 or Latin-1, slow or silent; -Xmx256m: peak heap %d MB (%d"
              + " MB without), OutOfMemoryErrors %d; the other circuits were decided after %.1f s"
              + " (%.1f s without), the poll ended after %.1f s; %s%n",
          CIRCUITS,
          victims.size(),
          ill.peakHeapMegabytes(),
          well.peakHeapMegabytes(),
          ill.ended().err().split("OutOfMemoryError", -1).length - 1,
          ill.others().toMillis() / 1000.0,
          well.others().toMillis() / 1000.0,
          ill.took().toMillis() / 1000.0,
          became);
      // Where a trace cannot be read, what the resource itself says of its failure speaks.
      assertThat(ill.ended().err()).doesNotContain("OutOfMemoryError", "A bug stopped");
      assertThat(ill.ended().out()).contains("\"listed\":" + CIRCUITS);
      assertThat(became.get("HUGE")).isEqualTo("dead-lettered too-large");
      assertThat(became.get("LARGE")).isEqualTo("defective");
      assertThat(became.get("CUT")).isEqualTo("dead-lettered garbled");
      assertThat(became.get("NO_JSON")).isEqualTo("dead-lettered garbled");
      assertThat(became.get("DEEP")).isEqualTo("defective");
      assertThat(became.get("UTF_16")).isEqualTo("defective");
      assertThat(became.get("LATIN_1")).isEqualTo("defective");
      assertThat(became.get("SLOW")).isEqualTo("dead-lettered timeout");
      assertThat(became.get("SILENT")).isEqualTo("dead-lettered timeout");
      // Nobody waits for those who do not answer, beyond what one call may take.
      assertThat(ill.others()).isLessThan(well.others().multipliedBy(3).plus(LONGEST_CALL));
      assertThat(EvidenceAudit.mismatches(folder.resolve("ill/var/evidence"))).isEmpty();
    }
  }

  private Run run(String name, Simulator simulator, Map<String, Trouble> victims) throws Exception {
    Path home = folder.resolve(name);
    try (Interposed mdso = Interposed.before(simulator.mdsoUrl(), answer(victims))) {
      Map<String, String> settings = GivenSettings.of(simulator);
      settings.put("mdso.url", mdso.url());
      settings.put("java.tool.options", "-Xmx256m -Xlog:gc:file=" + home.resolve("gc.log"));
      settings.put("circuits.at-once", "48");
      settings.put("http.reply-timeout", "8s");
      settings.put("http.longest-call", LONGEST_CALL.toSeconds() + "s");
      settings.put("retry.attempts", "1");
      Program program = Program.in(home, settings);
      Program.Ended ended =
          program.run(List.of("collect", "--product", "service_mapper", "--json"), LIMIT_SECONDS);
      Instant from = mdso.asked().get(0).time();
      Instant last = mdso.asked().get(mdso.asked().size() - 1).time();
      return new Run(
          Duration.between(from, last),
          Duration.between(from, lastDecided(home, victims)),
          peakHeap(home.resolve("gc.log")),
          ended);
    }
  }

  private static Map<String, Trouble> victims(Simulator simulator) {
    List<Truth> owners =
        simulator
            .truths()
            .filter(truth -> truth.trace() == Truth.Trace.WHOLE && !truth.errors().isEmpty())
            .toList();
    Map<String, Trouble> victims = new HashMap<>();
    int next = 0;
    for (Trouble trouble : Trouble.values()) {
      for (int i = 0; i < trouble.circuits; i++) {
        victims.put(owners.get(next++).resourceId(), trouble);
      }
    }
    return victims;
  }

  private static Function<Interposed.Asked, Optional<Answer>> answer(Map<String, Trouble> victims) {
    return asked -> {
      String query = URLDecoder.decode(asked.query(), StandardCharsets.UTF_8);
      int at = query.indexOf("origination_id:");
      if (at < 0) {
        return Optional.empty();
      }
      String id = query.substring(at + 15).split("&", 2)[0];
      return Optional.ofNullable(victims.get(id)).map(trouble -> answer(trouble, id));
    };
  }

  private static Answer answer(Trouble trouble, String id) {
    return switch (trouble) {
      case HUGE -> Answer.of(out -> writeTrace(out, id, 500));
      case LARGE -> Answer.of(out -> writeTrace(out, id, 12));
      case CUT ->
          Answer.of(
              out -> {
                out.write("{\"items\":[{\"id\":\"".getBytes(StandardCharsets.UTF_8));
                out.flush();
                throw new IOException("cut");
              });
      case NO_JSON -> Answer.of(200, "<html>The service is being updated.</html>");
      case DEEP -> Answer.of(200, "{\"items\":[{\"properties\":" + "[".repeat(100_000) + "}");
      case UTF_16 ->
          Answer.of(out -> out.write("{\"items\":[]}".getBytes(StandardCharsets.UTF_16)));
      case LATIN_1 ->
          Answer.of(
              out ->
                  out.write(
                      "{\"items\":[{\"id\":\"Straße\"}],\"total\":1}"
                          .getBytes(StandardCharsets.ISO_8859_1)));
      case SLOW -> Answer.of(BodiesIT::writeSlowly);
      case SILENT ->
          Answer.of(
              out -> {
                sleep(Duration.ofSeconds(30));
              });
    };
  }

  /** A TraceLog with the failed entry at its end. */
  private static void writeTrace(OutputStream out, String id, int megabytes) throws IOException {
    String head =
        "{\"items\":[{\"id\":\"log-of-%s\",\"resourceTypeId\":\"tosca.resourceTypes.TraceLog\","
            + "\"properties\":{\"origination_id\":\"%s\",\"trace_id\":\"0af7651916cd43dd\","
            + "\"orchestration_trace\":[";
    out.write(head.formatted(id, id).getBytes(StandardCharsets.UTF_8));
    byte[] entry =
        ("{\"timestamp\":\"2024-03-01T12:00:00Z\",\"process\":\"scripts.a.Step\",\"state\":\"completed\","
                + "\"elapsed_time\":1,\"message\":\""
                + "a quiet step ".repeat(75)
                + "\"},")
            .getBytes(StandardCharsets.UTF_8);
    for (long written = 0; written < (long) megabytes * MEGABYTE; written += entry.length) {
      out.write(entry);
    }
    String last =
        "{\"timestamp\":\"2024-03-01T12:00:09Z\",\"process\":\"scripts.a.Step\",\"state\":\"failed\",\"elapsed_time\":1,\"message\":\"failed\",\"categorized_error\":\"Granite"
            + " | Missing Data - FQDN: device: ABCDTXAB1ZW\"}]}}],\"total\":1}";
    out.write(last.getBytes(StandardCharsets.UTF_8));
  }

  private static void writeSlowly(OutputStream out) throws IOException {
    for (int i = 0; i < 60; i++) {
      out.write(' ');
      out.flush();
      sleep(Duration.ofSeconds(1));
    }
  }

  private static void sleep(Duration time) throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static long peakHeap(Path log) throws IOException {
    List<Long> before = new ArrayList<>();
    Matcher matcher = BEFORE_COLLECTION.matcher(Files.readString(log));
    while (matcher.find()) {
      before.add(Long.valueOf(matcher.group(1)));
    }
    return before.stream().mapToLong(Long::longValue).max().orElse(0);
  }

  private static Instant lastDecided(Path home, Map<String, Trouble> victims) throws SQLException {
    Instant last = Instant.EPOCH;
    try (Connection connection = DriverManager.getConnection(LedgerAudit.url(home));
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select resource_id, decided_at from resource where decided_at is not null")) {
      while (row.next()) {
        Instant at = Instant.parse(row.getString(2));
        if (!victims.containsKey(row.getString(1)) && at.isAfter(last)) {
          last = at;
        }
      }
    }
    return last;
  }

  /** Trouble to what became of its circuits: one word for all, or several with a comma. */
  private static Map<String, String> became(Path home, Map<String, Trouble> victims)
      throws SQLException {
    Map<String, String> became = new TreeMap<>();
    try (Connection connection = DriverManager.getConnection(LedgerAudit.url(home));
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select r.resource_id, case when d.letter_key is null then coalesce(r.outcome, '')"
                    + " else 'dead-lettered ' || d.reason end from resource r left join dead_letter"
                    + " d on d.letter_key = 'circuit/' || r.resource_id")) {
      while (row.next()) {
        Trouble trouble = victims.get(row.getString(1));
        if (trouble != null) {
          String what = row.getString(2);
          became.merge(
              trouble.name(), what, (one, two) -> one.contains(two) ? one : one + ", " + two);
        }
      }
    }
    return became;
  }

  private static Simulator world() {
    return Simulator.start(
        SimulatorOptions.parse(
            Map.of(
                "resources", String.valueOf(CIRCUITS),
                "products", "ServiceMapper",
                "failures", "40%",
                "latency", "50ms")));
  }
}
