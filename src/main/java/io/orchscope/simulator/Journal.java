package io.orchscope.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Remembers the last requests, counts all of them, and writes them down where asked to. */
final class Journal implements AutoCloseable {

  private final Clock clock;
  private final int kept;
  private final Counters counters;
  private final Optional<BufferedWriter> file;
  private final ArrayDeque<LoggedRequest> requests = new ArrayDeque<>();

  /** Opens the log. Errors: {@link UncheckedIOException} when it cannot be written. */
  Journal(Clock clock, int kept, Counters counters, Optional<Path> log) {
    this.clock = clock;
    this.kept = kept;
    this.counters = counters;
    this.file = log.map(Journal::open);
  }

  /** Remembers a request and its answer. */
  synchronized void add(String neighbour, Call call, Reply reply) {
    counters.count(neighbour + ".requests");
    counters.count(neighbour + ".status." + reply.status());
    if (!reply.fault().isEmpty() && !reply.fault().equals("server-error")) {
      counters.count("fault." + reply.fault());
    }
    LoggedRequest request =
        new LoggedRequest(
            clock.instant(),
            neighbour,
            call.method(),
            call.path().replaceFirst("(/tokens/).+", "$1***"),
            call.query(),
            reply.status(),
            safe(call.headers()),
            reply.fault());
    if (kept > 0) {
      requests.addLast(request);
      if (requests.size() > kept) {
        requests.removeFirst();
      }
    }
    file.ifPresent(writer -> write(writer, request));
  }

  synchronized List<LoggedRequest> requests() {
    return List.copyOf(requests);
  }

  @Override
  public synchronized void close() {
    file.ifPresent(
        writer -> {
          try {
            writer.close();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static Map<String, String> safe(Map<String, String> headers) {
    Map<String, String> safe = new TreeMap<>(headers);
    safe.computeIfPresent(
        "authorization", (name, value) -> value.strip().split("\\s+", 2)[0] + " ***");
    return Map.copyOf(safe);
  }

  private static BufferedWriter open(Path log) {
    try {
      return Files.newBufferedWriter(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(BufferedWriter writer, LoggedRequest request) {
    ObjectNode line = Wire.object().put("time", Wire.millis(request.time()));
    line.put("neighbour", request.neighbour()).put("method", request.method());
    line.put("path", request.path()).put("query", request.query());
    line.put("status", request.status()).put("fault", request.fault());
    ObjectNode headers = line.putObject("headers");
    new TreeMap<>(request.headers()).forEach(headers::put);
    try {
      writer.write(line.toString());
      writer.write('\n');
      writer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
