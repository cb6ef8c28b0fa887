package io.orchscope.evidence;

import static io.orchscope.evidence.Examinations.CIRCUIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orchscope.defect.Examination;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What leaves an archive, and what never does. */
class EvidencePurgeTest {

  private static final Instant NOON = Instant.parse("2024-03-02T12:00:00Z");
  private static final String OTHER = "80.L1XX.000002..TEST";

  @TempDir Path root;

  @Test
  void removesWhatWasExaminedBeforeAndKeepsTheRest() throws IOException {
    String first = keep(Examinations.afterFirstAttempt(), NOON);
    String second = keep(Examinations.defective(), NOON.plus(Duration.ofDays(10)));
    long bytes = bytes(root.resolve(first));

    EvidencePurge.Removed counted = purgeTrial(NOON.plus(Duration.ofDays(5)));
    boolean isThere = Files.exists(root.resolve(first));
    EvidencePurge.Removed removed = purge(NOON.plus(Duration.ofDays(5)));

    assertThat(counted).isEqualTo(removed).isEqualTo(new EvidencePurge.Removed(1, bytes));
    assertThat(isThere).isTrue();
    assertThat(new EvidenceSearch(root).folders()).containsExactly(second);
    assertThat(new EvidenceSearch(root).verify(second)).isEmpty();
  }

  @Test
  void keepsAnOldAttemptThatWasExaminedAgain() {
    String place = keep(Examinations.defective(), NOON);
    keep(Examinations.defective(), NOON.plus(Duration.ofDays(10)));

    assertThat(purge(NOON.plus(Duration.ofDays(5))).folders()).isZero();
    assertThat(new EvidenceSearch(root).verify(place)).isEmpty();
  }

  @Test
  void leavesNoEmptyFolderOfACircuitAndNothingUnderIncoming() {
    keep(Examinations.defective(), NOON);

    purge(NOON.plus(Duration.ofDays(5)));

    assertThat(root.resolve("service_mapper")).isEmptyDirectory();
    assertThat(root.resolve(".incoming")).isEmptyDirectory();
  }

  @Test
  void takesTheAgeOfADamagedFolderFromTheDisk() throws IOException {
    String place = keep(Examinations.defective(), NOON);
    Files.writeString(root.resolve(place).resolve("verdict.json"), "{");

    long young = purge(NOON.plus(Duration.ofDays(5))).folders();
    long old = purge(Clock.systemUTC().instant().plusSeconds(60)).folders();

    assertThat(young).isZero();
    assertThat(old).isEqualTo(1);
  }

  @Test
  void removesOneCircuitOfAllProductsButWhatStays() {
    keep(Examinations.defective(), NOON);
    keep(Examinations.withProduct(Examinations.defective(), "network_service"), NOON);
    String stays = keep(Examinations.unreadable("a-resource-that-stays", CIRCUIT), NOON);
    String other = keep(Examinations.unreadable(OTHER), NOON);

    EvidencePurge.Removed removed;
    try (EvidenceArchive archive = archive(NOON)) {
      removed = archive.purge().ofCircuit(CIRCUIT, "a-resource-that-stays"::equals);
    }

    assertThat(removed.folders()).isEqualTo(2);
    assertThat(new EvidenceSearch(root).folders()).containsExactlyInAnyOrder(stays, other);
  }

  @Test
  void leavesNoFolderInPlaceThatLacksFilesWhenItIsKilledHalfWay() throws IOException {
    String place = keep(Examinations.defective(), NOON);
    Path work = Files.createDirectories(root.resolve(".incoming/dead/1"));
    Files.move(root.resolve(place), work.resolve("gone"));
    Files.delete(work.resolve("gone/trace-log.json"));
    Files.writeString(root.resolve(".incoming/dead.lock"), "");
    List<StoredVerdict> meanwhile = new EvidenceSearch(root).find(CIRCUIT);

    archive(NOON).close();

    assertThat(meanwhile).isEmpty();
    assertThat(new EvidenceSearch(root).find(CIRCUIT)).isEmpty();
    assertThat(root.resolve(".incoming")).isEmptyDirectory();
  }

  @Test
  void takesNothingThatIsKeptAnewAtTheSameMoment() throws Exception {
    Instant young = NOON.plus(Duration.ofDays(10));
    try (EvidenceArchive archive =
            new EvidenceArchive(root, new Alternating(NOON, young), Durability.NONE);
        Purger here = Purger.of(archive);
        Purger elsewhere = Purger.of(archive(young))) {
      for (int i = 0; i < 100; i++) {
        archive.keep(Examinations.defective());
        String place = archive.keep(Examinations.defective());
        // Another process may hold it in its hands for a moment.
        await()
            .atMost(Duration.ofMinutes(2))
            .pollInterval(Duration.ofMillis(1))
            .until(() -> new EvidenceSearch(root).verify(place).isEmpty());
      }
      assertThat(here.end() + elsewhere.end()).isPositive();
    }

    assertThat(new EvidenceSearch(root).folders()).hasSize(1);
    assertThat(root.resolve(".incoming")).isEmptyDirectory();
  }

  /** A clock that says one moment and the other in turn. */
  private static final class Alternating extends Clock {

    private final List<Instant> moments;
    private final AtomicInteger asked = new AtomicInteger();

    Alternating(Instant... moments) {
      this.moments = List.of(moments);
    }

    @Override
    public Instant instant() {
      return moments.get(asked.getAndIncrement() % moments.size());
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  /** Purges without end what was examined on the first days. */
  private record Purger(
      EvidenceArchive archive, AtomicBoolean goesOn, CompletableFuture<Long> removed)
      implements AutoCloseable {

    static Purger of(EvidenceArchive archive) {
      AtomicBoolean goesOn = new AtomicBoolean(true);
      return new Purger(
          archive,
          goesOn,
          CompletableFuture.supplyAsync(
              () -> {
                long removed = 0;
                while (goesOn.get()) {
                  removed +=
                      archive
                          .purge()
                          .olderThan(NOON.plus(Duration.ofDays(5)), goesOn::get)
                          .folders();
                }
                return removed;
              }));
    }

    long end() throws Exception {
      goesOn.set(false);
      return removed.get(2, TimeUnit.MINUTES);
    }

    @Override
    public void close() throws Exception {
      end();
      archive.close();
    }
  }

  private String keep(Examination examination, Instant now) {
    try (EvidenceArchive archive = archive(now)) {
      return archive.keep(examination);
    }
  }

  private EvidenceArchive archive(Instant now) {
    return new EvidenceArchive(root, Clock.fixed(now, ZoneOffset.UTC), Durability.NONE);
  }

  private EvidencePurge.Removed purge(Instant limit) {
    try (EvidenceArchive archive = archive(limit)) {
      return archive.purge().olderThan(limit, () -> true);
    }
  }

  private EvidencePurge.Removed purgeTrial(Instant limit) {
    return EvidencePurge.trial(root).olderThan(limit, () -> true);
  }

  private static long bytes(Path folder) throws IOException {
    long sum = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        sum += Files.size(file);
      }
    }
    return sum;
  }
}
