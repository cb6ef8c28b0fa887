package io.orchscope.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.alert.Delivery;
import io.orchscope.alert.GroupMessages;
import io.orchscope.alert.Links;
import io.orchscope.alert.Suppression;
import io.orchscope.defect.FailureGroup.State;
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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever circuits, engineers and Webex do, in whatever order, with a real ledger: every error
 * that was found is told, or kept back for a reason, or is a dead letter that somebody can send.
 */
final class CourseOfAlertsTest {

  private static final Products PRODUCTS = ProductsFile.read(Path.of("config/products.yaml"));
  private static final Instant NOON = Instant.parse("2024-03-01T12:00:00Z");

  /** What may happen. */
  enum Kind {
    FAILURE,
    SAME_FAILURE_AGAIN,
    HARMLESS_FAILURE,
    SUCCESS,
    ACKNOWLEDGE,
    MUTE,
    RESOLVE,
    WEBEX_TAKES,
    WEBEX_IS_AWAY,
    WEBEX_REFUSES,
    SOMEBODY_RETRIES,
    RESTART
  }

  /**
   * Something that happens some minutes after what was before.
   *
   * @param which of three circuits and two kinds of error it is about
   */
  record Happening(Kind kind, int minutesLater, int which) {}

  @Provide
  Arbitrary<List<Happening>> happenings() {
    Arbitrary<Happening> one =
        Combinators.combine(
                Arbitraries.of(Kind.values()),
                Arbitraries.integers().between(0, 45),
                Arbitraries.integers().between(0, 5))
            .as(Happening::new);
    return one.list().ofMinSize(5).ofMaxSize(40);
  }

  @Property(tries = 25)
  void tellsOrKeepsBackEveryFailure(@ForAll("happenings") List<Happening> happenings)
      throws IOException {
    try (Course course = Course.begin()) {
      happenings.forEach(course::happens);
      course.settle();

      assertThat(course.count("alert in ('told', 'suppressed', 'dead')"))
          .as("detected = sent + suppressed + dead letters")
          .isEqualTo(course.detected.size())
          .isEqualTo(course.count("1 = 1"));
      assertThat(course.count("alert = 'told'")).isEqualTo(course.sent);
      assertThat(course.count("alert = 'suppressed'")).isEqualTo(course.suppressed);
      assertThat(course.count("alert = 'suppressed' and alert_reason is null")).isZero();
    }
  }

  @Property(tries = 15)
  void opensEveryResolvedGroupAgainOnALaterFailure(@ForAll("happenings") List<Happening> happenings)
      throws IOException {
    try (Course course = Course.begin()) {
      happenings.forEach(course::happens);
      course.happens(new Happening(Kind.FAILURE, 1, 0));
      course.happens(new Happening(Kind.RESOLVE, 1, 0));
      int before = course.reopened();

      course.happens(new Happening(Kind.FAILURE, 1, 0));
      State reopened = course.group().standing().state();
      long sent = course.sent;
      course.settle();

      assertThat(before).isZero();
      assertThat(reopened).isEqualTo(State.REGRESSED);
      assertThat(course.sent).isGreaterThan(sent);
    }
  }

  /** A ledger with its outbox, and a count of its own of everything. */
  private static final class Course implements AutoCloseable {

    private final Path folder;
    private final Hands clock = new Hands(NOON);
    private final Set<String> detected = new HashSet<>();
    private Ledger ledger;
    private Outbox outbox;
    private long sent;
    private long suppressed;
    private String lastKey = "";
    private Failure last = Failure.of("", "", NOON);

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
          new Outbox(
              ledger,
              Rooms.TIMES,
              new GroupMessages(new Links("", "", ""), true),
              room -> room,
              clock);
    }

    void happens(Happening happening) {
      clock.turn(Duration.ofMinutes(happening.minutesLater()));
      plan();
      switch (happening.kind()) {
        case FAILURE -> fail(fresh(happening.which()), Optional.empty());
        case SAME_FAILURE_AGAIN -> repeat();
        case HARMLESS_FAILURE ->
            fail(fresh(happening.which()), Optional.of(Suppression.BELOW_SEVERITY));
        case SUCCESS ->
            Rooms.succeeds(ledger, PRODUCTS, "c" + happening.which() % 3, clock.instant());
        case ACKNOWLEDGE ->
            groups()
                .forEach(
                    each ->
                        people().acknowledge(each.id(), "an engineer", "seen", Optional.empty()));
        case MUTE ->
            groups()
                .forEach(
                    each ->
                        people()
                            .mute(
                                each.id(),
                                "an engineer",
                                "a change",
                                clock.instant().plus(Duration.ofMinutes(30))));
        case RESOLVE ->
            groups().forEach(each -> people().resolve(each.id(), "an engineer", "mended"));
        case WEBEX_TAKES -> outbox.take().forEach(this::post);
        case WEBEX_IS_AWAY ->
            outbox
                .take()
                .forEach(
                    each -> outbox.putBack(each, "server", "HTTP 503", clock.now.plusSeconds(20)));
        case WEBEX_REFUSES ->
            outbox.take().forEach(each -> outbox.giveUp(each, "client", "HTTP 404"));
        case SOMEBODY_RETRIES -> letters().forEach(new DeadLetterBox(ledger, clock)::retry);
        case RESTART -> {
          ledger.close();
          open();
        }
        default -> throw new IllegalStateException("Nothing else happens.");
      }
    }

    private Failure fresh(int which) {
      return Failure.of("k" + detected.size(), "c" + which % 3, clock.instant())
          .error(which < 3 ? "unable to connect" : "no such device");
    }

    private void fail(Failure failure, Optional<Suppression> harmless) {
      last = failure;
      lastKey = failure.key();
      detected.add(failure.key());
      Rooms.fails(ledger, PRODUCTS, failure, harmless).ifPresent(reason -> suppressed++);
    }

    /** The same error, found once more: neither told nor counted again. */
    private void repeat() {
      if (!lastKey.isEmpty()) {
        assertThat(Rooms.fails(ledger, PRODUCTS, last)).contains("repeated");
      }
    }

    private void plan() {
      outbox.plan().values().forEach(number -> suppressed += number);
    }

    private void post(Delivery delivery) {
      outbox.sent(delivery, Optional.of("webex-" + delivery.key()), Optional.empty());
      sent += delivery.alerts();
    }

    /** Lets Webex take everything. */
    void settle() {
      for (int minute = 0; minute < 60; minute++) {
        clock.turn(Duration.ofMinutes(1));
        plan();
        outbox.take().forEach(this::post);
      }
    }

    int reopened() {
      return (int) groups().stream().filter(each -> each.standing().isOpen()).count();
    }

    GroupRow group() {
      return groups().stream()
          .filter(each -> each.example().equals("unable to connect"))
          .findFirst()
          .orElseThrow();
    }

    long count(String condition) {
      return ledger.transact(
          (handle, circuits) ->
              handle
                  .createQuery("select count(*) from occurrence where " + condition)
                  .mapTo(Long.class)
                  .one());
    }

    private List<GroupRow> groups() {
      return people().list();
    }

    private FailureGroups people() {
      return new FailureGroups(ledger, clock);
    }

    private List<String> letters() {
      return new DeadLetterBox(ledger, clock).list().stream().map(DeadLetter::key).toList();
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
