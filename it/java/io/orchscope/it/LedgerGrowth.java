package io.orchscope.it;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchscope.alert.GroupMessages;
import io.orchscope.alert.Links;
import io.orchscope.defect.FailureGroup;
import io.orchscope.ledger.Balance;
import io.orchscope.ledger.CircuitHistory;
import io.orchscope.ledger.DeadLetterSums;
import io.orchscope.ledger.FailureGroups;
import io.orchscope.ledger.Ledger;
import io.orchscope.ledger.LedgerPlace;
import io.orchscope.ledger.LedgerPurge;
import io.orchscope.ledger.Outbox;
import io.orchscope.ledger.OutboxDepth;
import io.orchscope.ledger.PurgedRows;
import io.orchscope.postgres.DatabaseServer;
import io.orchscope.settings.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;

/**
 * Measures a ledger of many errors: what people and gauges ask, what a poll writes, how large it
 * is, and the purge of half of it. Started by {@code it/bench/bench.py ledger}.
 *
 * <p>Words: {@code sqlite} or {@code postgres}, how many errors, a folder for the files.
 */
final class LedgerGrowth {

  private static final Clock CLOCK = Clock.systemUTC();
  private static final int CALLS = 1_000;
  private static final int PAGES = 3;
  private static final int ROUNDS = 3;

  /** A database and how to speak to it beside the ledger. */
  private record Place(LedgerPlace ledger, String url, Path file) {

    Connection connect() throws SQLException {
      return url.startsWith("jdbc:sqlite")
          ? DriverManager.getConnection(url)
          : DriverManager.getConnection(url, "postgres", "postgres");
    }

    /** Bytes on the disk, the log that is not yet in the file included. */
    long size() throws Exception {
      if (url.startsWith("jdbc:sqlite")) {
        Path log = file.resolveSibling(file.getFileName() + "-wal");
        return Files.size(file) + (Files.exists(log) ? Files.size(log) : 0);
      }
      try (Connection connection = connect();
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("select pg_database_size(current_database())")) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private final ObjectNode report = new ObjectMapper().createObjectNode();
  private final LedgerFilling filling;
  private final Place full;
  private final Place empty;

  private LedgerGrowth(LedgerFilling filling, Place full, Place empty) {
    this.filling = filling;
    this.full = full;
    this.empty = empty;
  }

  public static void main(String[] words) throws Exception {
    Path folder = Path.of(words[2]);
    LedgerFilling filling = new LedgerFilling(Integer.parseInt(words[1]), CLOCK.instant());
    if (words[0].equals("sqlite")) {
      new LedgerGrowth(filling, file(folder, "full.db"), file(folder, "empty.db")).measure();
    } else {
      try (DatabaseServer server = DatabaseServer.start(folder)) {
        new LedgerGrowth(filling, server(server), server(server)).measure();
      }
    }
  }

  private static Place file(Path folder, String name) {
    Path file = folder.resolve(name);
    return new Place(LedgerPlace.file(file), "jdbc:sqlite:" + file, file);
  }

  private static Place server(DatabaseServer server) {
    String url = server.newDatabase();
    return new Place(
        LedgerPlace.server(url, "postgres", new Secret("postgres")), url, Path.of("none"));
  }

  private void measure() throws Exception {
    try (Ledger none = new Ledger(empty.ledger(), CLOCK);
        Ledger ledger = new Ledger(full.ledger(), CLOCK)) {
      // Makes the tables.
      none.deadLettersByKind();
      ledger.deadLettersByKind();
      fill();
      report.put("size_mb", full.size() / 1_000_000);
      report.put("size_empty_mb", empty.size() / 1e6);
      questions(ledger);
      polls(none, ledger, "poll of circuits that are new", 0);
      polls(none, ledger, "poll of circuits of which seven in ten are known", 7);
      purge(ledger);
    }
    System.out.println(report);
  }

  private void fill() throws SQLException {
    long begun = System.nanoTime();
    try (Connection connection = full.connect()) {
      filling.fill(connection);
    }
    report.put("fill_seconds", (System.nanoTime() - begun) / 1_000_000_000);
    if (!full.url().startsWith("jdbc:sqlite")) {
      // What the server does by itself within a minute or so.
      try (Connection connection = full.connect();
          Statement statement = connection.createStatement()) {
        statement.execute("vacuum analyze");
      }
    }
  }

  private void questions(Ledger ledger) {
    FailureGroups groups = new FailureGroups(ledger, CLOCK);
    Outbox outbox = outbox(ledger);
    Random random = new Random(5);
    FailureGroup.State[] states = FailureGroup.State.values();
    Set<FailureGroup.State> open = EnumSet.complementOf(EnumSet.of(FailureGroup.State.RESOLVED));
    time(
        "circuit",
        i -> CircuitHistory.of(ledger, LedgerFilling.circuit(random.nextInt(filling.circuits()))));
    time("circuit, those that fail most", i -> CircuitHistory.of(ledger, LedgerFilling.circuit(i)));
    time("groups, open", i -> groups.page(open, 50));
    time("groups, by state", i -> groups.page(EnumSet.of(states[i % states.length]), 50));
    time("groups, number", i -> groups.count(open));
    time("gauge: balance", i -> Balance.gauge(ledger).getAsDouble());
    time("gauge: outbox", i -> new OutboxDepth(outbox).alerts());
    time("gauge: dead letters", i -> new DeadLetterSums(ledger).get());
    time("doctor: balance", i -> Balance.of(ledger));
    time("alerts: what may be sent", i -> outbox.movable());
    time("alerts: what is due", i -> outbox.take());
  }

  private static Outbox outbox(Ledger ledger) {
    return new Outbox(
        ledger, LedgerPoll.TIMES, new GroupMessages(Links.NONE, true), room -> room, CLOCK);
  }

  /** Median and the 990th of a thousand calls, after some that warm up, in milliseconds. */
  private void time(String name, IntFunction<?> call) {
    for (int i = 0; i < CALLS / 5; i++) {
      Objects.requireNonNull(call.apply(i));
    }
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      long begun = System.nanoTime();
      Objects.requireNonNull(call.apply(i));
      times.add((System.nanoTime() - begun) / 1e6);
    }
    percentiles(name, times);
  }

  private void percentiles(String name, List<Double> times) {
    List<Double> sorted = times.stream().sorted().toList();
    ObjectNode node = report.putObject(name);
    node.put("median_ms", sorted.get(sorted.size() / 2));
    node.put("p99_ms", sorted.get(sorted.size() * 99 / 100));
    node.put("most_ms", sorted.get(sorted.size() - 1));
  }

  /** The same polls over the empty and the full ledger, in turn; the first of each warms up. */
  private void polls(Ledger none, Ledger ledger, String name, int known) {
    LedgerPoll overEmpty = new LedgerPoll(none, filling, 6, known);
    LedgerPoll overFull = new LedgerPoll(ledger, filling, 6, known);
    overEmpty.seconds(PAGES);
    overFull.seconds(PAGES);
    List<Double> ofEmpty = new ArrayList<>();
    List<Double> ofFull = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      ofEmpty.add(PAGES * 1000 / overEmpty.seconds(PAGES));
      ofFull.add(PAGES * 1000 / overFull.seconds(PAGES));
    }
    double rateEmpty = ofEmpty.stream().sorted().toList().get(ROUNDS / 2);
    double rateFull = ofFull.stream().sorted().toList().get(ROUNDS / 2);
    ObjectNode node = report.putObject(name);
    node.put("circuits_per_second_empty", Math.round(rateEmpty));
    node.put("circuits_per_second_full", Math.round(rateFull));
    node.put("ratio", rateFull / rateEmpty);
  }

  /** Half of the ledger, while circuits are decided one after the other. */
  private void purge(Ledger ledger) throws Exception {
    LedgerPurge purge = new LedgerPurge(ledger, CLOCK);
    LedgerPoll beside = new LedgerPoll(ledger, filling, 7, 7);
    beside.seconds(1);
    long begun = System.nanoTime();
    CompletableFuture<PurgedRows> purging =
        CompletableFuture.supplyAsync(
            () ->
                purge.olderThan(
                    filling.now().minus(LedgerFilling.SPAN.dividedBy(2)), false, () -> true));
    List<Double> times = new ArrayList<>();
    while (!purging.isDone()) {
      times.add(beside.secondsOfOne() * 1000);
      Thread.sleep(1);
    }
    PurgedRows removed = purging.get();
    double seconds = (System.nanoTime() - begun) / 1e9;
    ObjectNode node = report.putObject("purge");
    removed.rows().forEach(node::put);
    node.put("rows_per_second", Math.round(removed.sum() / seconds));
    node.put("seconds", seconds);
    node.put("longest_held_ms", removed.longestHeld().toNanos() / 1e6);
    node.put("circuits_beside", times.size());
    node.put("bytes_given_back", removed.bytes());
    percentiles("a circuit beside the purge", times);
    // What is moved into the file is only there a moment later.
    Thread.sleep(3_000);
    report.put("size_after_purge_mb", full.size() / 1_000_000);
  }
}
