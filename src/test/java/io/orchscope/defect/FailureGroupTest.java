package io.orchscope.defect;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchscope.defect.FailureGroup.Reaction;
import io.orchscope.defect.FailureGroup.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever people and circuits do, in whatever order, no failure is lost on the way. */
final class FailureGroupTest {

  private static final Instant NOON = Instant.parse("2024-03-01T12:00:00Z");

  /** What may happen to a group. */
  enum Kind {
    FAILURE,
    OLD_FAILURE,
    ACKNOWLEDGE,
    MUTE,
    RESOLVE
  }

  /** Something that happens some minutes after what was before. */
  record Happening(Kind kind, int minutesLater) {}

  @Provide
  Arbitrary<List<Happening>> happenings() {
    Arbitrary<Happening> one =
        Combinators.combine(Arbitraries.of(Kind.values()), Arbitraries.integers().between(0, 90))
            .as(Happening::new);
    return one.list().ofMaxSize(40);
  }

  @Property
  void alwaysTellsALaterFailureOfAResolvedGroup(@ForAll("happenings") List<Happening> happenings) {
    Course course = new Course();
    happenings.forEach(course::happens);
    course.happens(new Happening(Kind.RESOLVE, 1));

    Reaction reaction = course.group.failed(course.now.plusSeconds(60), course.now.plusSeconds(60));

    assertThat(reaction.silence()).isEmpty();
    assertThat(reaction.group().state()).isEqualTo(State.REGRESSED);
    assertThat(reaction.group().isOpen()).isTrue();
  }

  @Property
  void tellsOrKeepsBackEveryFailureForAReasonThatHolds(
      @ForAll("happenings") List<Happening> happenings) {
    Course course = new Course();

    happenings.forEach(course::happens);

    assertThat(course.told + course.keptBack).isEqualTo(course.failures);
  }

  @Property
  void endsAMuteWhenItsTimeIsOver(@ForAll("happenings") List<Happening> happenings) {
    Course course = new Course();
    happenings.forEach(course::happens);
    course.group = course.group.mute("a", "b", course.now.plus(Duration.ofMinutes(30)), course.now);
    Instant before = course.now.plus(Duration.ofMinutes(29));
    Instant after = course.now.plus(Duration.ofMinutes(30));

    assertThat(course.group.failed(before, before).silence()).contains("muted");
    assertThat(course.group.failed(after, after).silence()).isEmpty();
  }

  /** A group, and the reason why each failure was told or not. */
  private static final class Course {

    private FailureGroup group = FailureGroup.begin(NOON);
    private Instant now = NOON;
    private int failures;
    private int told;
    private int keptBack;

    void happens(Happening happening) {
      now = now.plus(Duration.ofMinutes(happening.minutesLater()));
      switch (happening.kind()) {
        case FAILURE -> fail(now);
        case OLD_FAILURE -> fail(now.minus(Duration.ofHours(2)));
        case ACKNOWLEDGE ->
            group = group.acknowledge("a", "b", Optional.of(now.plus(Duration.ofMinutes(45))), now);
        case MUTE -> group = group.mute("a", "b", now.plus(Duration.ofMinutes(45)), now);
        case RESOLVE -> group = group.resolve("a", "b", now);
      }
    }

    private void fail(Instant started) {
      State before = group.at(now).state();
      Optional<Instant> resolved = group.resolvedAt();
      Reaction reaction = group.failed(started, now);
      failures++;
      if (reaction.silence().isEmpty()) {
        told++;
        assertThat(before).isNotIn(State.ACKNOWLEDGED, State.MUTED);
        assertThat(reaction.group().isOpen()).isTrue();
      } else {
        keptBack++;
        assertThat(reaction.silence()).contains(before.word());
        assertThat(reaction.group().state()).isEqualTo(before);
        if (before == State.RESOLVED) {
          assertThat(started).isBefore(resolved.orElseThrow());
        }
      }
      group = reaction.group();
    }
  }
}
