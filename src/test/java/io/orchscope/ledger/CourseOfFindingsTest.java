package io.orchscope.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.alert.Delivery;
import io.orchscope.alert.GroupMessages;
import io.orchscope.alert.Links;
import io.orchscope.alert.RoomMessage;
import io.orchscope.alert.Suppression;
import io.orchscope.errortest.Outcome;
import io.orchscope.ledger.Rooms.Failure;
import io.orchscope.settings.Products;
import io.orchscope.settings.ProductsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Whatever circuits, tests, engineers and Webex do, in whatever order, with a real ledger: what a
 * test found is told once, after its error, or kept back with it, or is a dead letter.
 */
final class CourseOfFindingsTest {

  private static final Products PRODUCTS = ProductsFile.read(Path.of("config/products.yaml"));
  private static final Instant NOON = Instant.parse("2024-03-01T12:00:00Z");

  /** What may happen. */
  enum Kind {
    FAILURE,
    HARMLESS_FAILURE,
    MANY_FAILURES,
    FINDING,
    NOTHING_TESTED,
    SUCCESS,
    ACKNOWLEDGE,
    MUTE,
    RESOLVE,
    WEBEX_TAKES,
    WEBEX_IS_AWAY,
    WEBEX_REFUSES,
    SOMEBODY_RETRIES,
    SOMEBODY_DROPS,
    RESTART
  }

  /**
   * Something that happens some seconds after what was before.
   *
   * @param which of the errors, or of the kinds of errors, it is about
   */
  record Happening(Kind kind, int secondsLater, int which) {}

  @Provide
  Arbitrary<List<Happening>> happenings() {
    Arbitrary<Kind> kinds =
        Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.of(Kind.FAILURE, Kind.FINDING, Kind.WEBEX_TAKES)),
            Tuple.of(2, Arbitraries.of(Kind.values())));
    Arbitrary<Happening> one =
        Combinators.combine(
                kinds,
                Arbitraries.integers().between(0, 400),
                Arbitraries.integers().between(0, 11))
            .as(Happening::new);
    return one.list().ofMinSize(10).ofMaxSize(60);
  }

  @Property(tries = 25)
  void areToldOnceAfterTheirErrorOrKeptBackWithIt(@ForAll("happenings") List<Happening> happenings)
      throws IOException {
    try (Course course = Course.begin()) {
      happenings.forEach(course::happens);
      course.settle();

      course.findings().forEach(course::check);
      assertThat(course.mostInAMinute()).isLessThanOrEqualTo(Rooms.TIMES.messagesPerMinute());
    }
  }

  /** What the ledger says of a finding, of its error, and of the message that tells it. */
  private record Row(String key, String outcome, String telling, String alert, String message) {}

  /** A ledger with its outbox, and all that a room has got. */
  private static final class Course implements AutoCloseable {

    private final Path folder;
    private final Hands clock = new Hands(NOON);
    private final List<String> errors = new ArrayList<>();
    private final List<String> posted = new ArrayList<>();
    private final List<Instant> moments = new ArrayList<>();
    private Ledger ledger;
    private Outbox outbox;

    private Course(Path folder) {
      this.folder = folder;
      open();
    }

    static Course begin() throws IOException {
      return new Course(Files.createTempDirectory("course"));
    }

    private void open() {
      ledger = new Ledger(LedgerPlace.file(folder.resolve("ledger.db")), clock);
      outbox =
          new Outbox(ledger, Rooms.TIMES, new GroupMessages(Links.NONE, true), room -> room, clock);
    }

    void happens(Happening happening) {
      clock.turn(Duration.ofSeconds(happening.secondsLater()));
      outbox.plan();
      int which = happening.which();
      switch (happening.kind()) {
        case FAILURE -> fail(which, Optional.empty());
        case HARMLESS_FAILURE -> fail(which, Optional.of(Suppression.BELOW_SEVERITY));
        case MANY_FAILURES -> many();
        case FINDING -> find(which, Outcome.DOWN);
        case NOTHING_TESTED -> find(which, Outcome.NOT_TESTED);
        case SUCCESS -> error(which).ifPresent(it -> succeed("c" + it));
        case ACKNOWLEDGE ->
            groups().forEach(it -> people().acknowledge(it, "ada", "seen", Optional.empty()));
        case MUTE ->
            groups().forEach(it -> people().mute(it, "ada", "", clock.now.plusSeconds(1_200)));
        case RESOLVE -> groups().forEach(it -> people().resolve(it, "ada", "mended"));
        case WEBEX_TAKES -> outbox.take().forEach(this::post);
        case WEBEX_IS_AWAY ->
            outbox
                .take()
                .forEach(it -> outbox.putBack(it, "server", "503", clock.now.plusSeconds(20)));
        case WEBEX_REFUSES -> outbox.take().forEach(it -> outbox.giveUp(it, "client", "404"));
        case SOMEBODY_RETRIES -> letters().forEach(box()::retry);
        case SOMEBODY_DROPS -> letters().forEach(box()::drop);
        case RESTART -> {
          ledger.close();
          open();
        }
        default -> throw new IllegalStateException("Nothing else happens.");
      }
    }

    private void many() {
      for (int i = 0; i < 25; i++) {
        fail(12 + i, Optional.empty());
        find(errors.size() - 1, Outcome.UP);
      }
    }

    private void fail(int kind, Optional<Suppression> harmless) {
      String name = "n" + errors.size() + "n";
      errors.add(name);
      Failure failure =
          Failure.of(name, "c" + name, clock.instant())
              .error("an error called " + (char) ('a' + kind % 26) + (char) ('a' + kind / 26));
      Rooms.fails(ledger, PRODUCTS, failure, harmless);
    }

    private void find(int which, Outcome outcome) {
      error(which)
          .ifPresent(
              name ->
                  new ErrorTestFindings(ledger)
                      .note(Findings.of(name, "c" + name, outcome, clock.now)));
    }

    private void succeed(String circuit) {
      Rooms.succeeds(ledger, PRODUCTS, circuit, clock.instant());
    }

    private Optional<String> error(int which) {
      return errors.isEmpty()
          ? Optional.empty()
          : Optional.of(errors.get(Math.max(0, errors.size() - 1 - which % errors.size())));
    }

    private void post(Delivery delivery) {
      outbox.sent(delivery, Optional.of("webex-" + delivery.key()), Optional.empty());
      moments.add(clock.now);
      RoomMessage message = delivery.message();
      if (!delivery.isEdit()) {
        posted.add(message.markdown() + message.file().map(RoomMessage.File::text).orElse(""));
      }
    }

    /** Lets Webex take everything. */
    void settle() {
      for (int i = 0; i < 240; i++) {
        clock.turn(Duration.ofSeconds(15));
        outbox.plan();
        outbox.take().forEach(this::post);
      }
    }

    void check(Row finding) {
      String device = "device-of-c" + finding.key();
      long told = posted.stream().filter(text -> text.contains(device)).count();
      switch (finding.telling()) {
        case "planned" -> {
          assertThat(told)
              .as(finding.toString())
              .isEqualTo(finding.message().equals("sent") ? 1 : 0);
          assertThat(finding.message()).isIn("sent", "dead", "dropped");
        }
        case "owed" -> {
          assertThat(finding.alert()).isEqualTo("dead");
          assertThat(told).isZero();
        }
        default -> assertThat(told).as(finding.toString()).isZero();
      }
      if (told == 1) {
        int at = first(device);
        assertThat(first("`c" + finding.key() + "`", "\nc" + finding.key() + ","))
            .as("its error was told before: " + finding)
            .isBetween(0, at - 1);
      }
    }

    private int first(String... words) {
      for (int i = 0; i < posted.size(); i++) {
        if (Stream.of(words).anyMatch(posted.get(i)::contains)) {
          return i;
        }
      }
      return -1;
    }

    List<Row> findings() {
      return ledger.transact(
          (handle, circuits) ->
              handle
                  .createQuery(
                      "select t.occurrence_key, t.outcome, coalesce(t.telling, 'none'), o.alert,"
                          + " coalesce(m.state, '') from error_test t join occurrence o"
                          + " on o.occurrence_key = t.occurrence_key left join outbox m"
                          + " on m.message_key = t.message_key")
                  .map(
                      (row, context) ->
                          new Row(
                              row.getString(1),
                              row.getString(2),
                              row.getString(3),
                              row.getString(4),
                              row.getString(5)))
                  .list());
    }

    long mostInAMinute() {
      return moments.stream()
          .mapToLong(
              from ->
                  moments.stream()
                      .filter(at -> !at.isBefore(from) && at.isBefore(from.plusSeconds(60)))
                      .count())
          .max()
          .orElse(0);
    }

    private List<String> groups() {
      return people().list().stream().map(GroupRow::id).toList();
    }

    private FailureGroups people() {
      return new FailureGroups(ledger, clock);
    }

    private DeadLetterBox box() {
      return new DeadLetterBox(ledger, clock);
    }

    private List<String> letters() {
      return box().list().stream().map(DeadLetter::key).toList();
    }

    @Override
    public void close() throws IOException {
      ledger.close();
      List<Path> all = new ArrayList<>();
      try (Stream<Path> found = Files.walk(folder)) {
        found.sorted(Comparator.reverseOrder()).forEach(all::add);
      }
      for (Path each : all) {
        Files.delete(each);
      }
    }
  }
}
