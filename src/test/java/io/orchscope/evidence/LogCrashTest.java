package io.orchscope.evidence;

import static io.orchscope.evidence.Collection.ATTEMPT;
import static io.orchscope.evidence.Collection.NOW;
import static io.orchscope.evidence.Collection.SUBJECT;
import static io.orchscope.evidence.Collection.budget;
import static io.orchscope.evidence.Collection.filesUnder;
import static io.orchscope.evidence.Collection.masked;
import static io.orchscope.evidence.Collection.stored;
import static io.orchscope.evidence.Collection.text;
import static io.orchscope.evidence.Collection.tools;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two tries at five texts, killed before every step that they take on the disk, or out of room
 * there from every third on; what lies there then, and what the next try makes of it.
 *
 * <pre>
 *   first    growing: 8 lines  │ breaking: 6 of 12 lines  │ excerpt: breaks │ empty │ trace: older
 *   second   growing: 12 lines │ breaking: the rest       │ excerpt: whole  │ empty │ trace: newer
 * </pre>
 */
class LogCrashTest {

  private static final String LINE = "a line with a password=hunter2 in it\n";
  private static final long COMPRESS_ABOVE = 300;

  @TempDir Path home;

  private static final class Hosts {
    private final HostLog growing = HostLog.plan("plan-a", "growing", LINE.repeat(8) + "begun");
    private final HostLog breaking = HostLog.plan("plan-a", "breaking", LINE.repeat(12));
    private final HostLog excerpt = HostLog.ra("ra-a", "DEVICE", "excerpt", LINE.repeat(5));
    private final HostLog empty = HostLog.plan("plan-b", "empty", "");

    private HostLog[] all() {
      return new HostLog[] {growing, breaking, excerpt, empty};
    }
  }

  @ParameterizedTest
  @EnumSource(LogLayout.class)
  void isCompleteAndRightByTheNextTryWheneverItIsKilled(LogLayout layout) throws IOException {
    Plug counting = Plug.never();
    twoTries(home.resolve("counting"), layout, counting, new Hosts());
    assertThat(counting.steps()).isBetween(100L, 1000L);

    for (long step = 1; step <= counting.steps(); step++) {
      Path root = home.resolve("killed-at-" + step);
      Hosts hosts = new Hosts();
      Plug plug = Plug.killsAt(step);

      Throwable end = catchThrowable(() -> twoTries(root, layout, plug, hosts));
      assertThat(end).as("step %d", step).isInstanceOf(Plug.Killed.class);
      assertNothingHalfIsInPlace(root, step);
      lastTry(root, layout, hosts);

      assertThat(filesUnder(root))
          .as("step %d", step)
          .isEqualTo(filesUnder(home.resolve("counting")));
      assertHoldsAll(root, hosts, step);
      Disk.deleteAll(root);
    }
  }

  @ParameterizedTest
  @EnumSource(LogLayout.class)
  void isCompleteAndRightOnceTheDiskHasRoomAgain(LogLayout layout) throws IOException {
    Plug counting = Plug.never();
    twoTries(home.resolve("counting"), layout, counting, new Hosts());

    for (long step = 1; step <= counting.steps(); step += 3) {
      Path root = home.resolve("full-at-" + step);
      Hosts hosts = new Hosts();
      Plug full = Plug.fillsAt(step);

      Throwable end = catchThrowable(() -> twoTries(root, layout, full, hosts));
      assertThat(end).as("step %d", step).isInstanceOf(StorageFault.class);
      assertNothingHalfIsInPlace(root, step);
      lastTry(root, layout, hosts);

      assertThat(filesUnder(root))
          .as("step %d", step)
          .isEqualTo(filesUnder(home.resolve("counting")));
      assertHoldsAll(root, hosts, step);
      Disk.deleteAll(root);
    }
  }

  @Test
  void isNotCompleteWithoutALogThatTheDiskDidNotTake() {
    Plug disk = Plug.fillsAt(Long.MAX_VALUE);
    LogArchive archive = new LogArchive(home, tools(LogLayout.OWN, COMPRESS_ABOVE, NOW, disk));

    try (LogFolder folder = archive.open(SUBJECT).orElseThrow()) {
      disk.failsFrom(0);
      assertThatThrownBy(() -> folder.keep(HostLog.plan("plan-a", "a", "one\n"), budget()))
          .isInstanceOf(StorageFault.class)
          .hasMessageContaining("No space left on device");
      disk.failsFrom(Long.MAX_VALUE);

      assertThat(folder.end(List.of(), 1, false)).isEqualTo(LogStatus.INCOMPLETE);
    }
    assertThat(stored(home).manifest().gaps())
        .extracting(LogManifest.Gap::explanation)
        .containsExactly("The disk of the archive did not take it");
  }

  private static void twoTries(Path root, LogLayout layout, Plug plug, Hosts hosts) {
    LogArchive archive = new LogArchive(root, tools(layout, COMPRESS_ABOVE, NOW, plug));
    hosts.breaking.breaksAt(6L * LINE.length() + 7);
    hosts.excerpt.breaksAt(100);
    oneTry(archive, hosts, "{\"entries\":[1]}");
    hosts.growing.holds(LINE.repeat(8) + "begun password=x and ended\n" + LINE.repeat(3));
    hosts.breaking.breaksNoMore();
    hosts.excerpt.breaksNoMore();
    oneTry(archive, hosts, "{\"entries\":[2]}");
  }

  private static void lastTry(Path root, LogLayout layout, Hosts hosts) {
    hosts.growing.holds(LINE.repeat(8) + "begun password=x and ended\n" + LINE.repeat(3));
    hosts.breaking.breaksNoMore();
    hosts.excerpt.breaksNoMore();
    LogArchive archive = new LogArchive(root, tools(layout, COMPRESS_ABOVE, NOW, Plug.never()));
    oneTry(archive, hosts, "{\"entries\":[2]}");
    assertThat(stored(root).manifest().isComplete()).isTrue();
  }

  private static void oneTry(LogArchive archive, Hosts hosts, String trace) {
    try (LogFolder folder = archive.open(SUBJECT).orElseThrow()) {
      for (HostLog log : hosts.all()) {
        folder.keep(log, budget());
      }
      folder.keepText(ArtifactKind.TRACE, "mdso", "trace", trace.getBytes(StandardCharsets.UTF_8));
      folder.end(List.of(), folder.manifest().tries() + 1, false);
    }
  }

  /** Before anybody has finished or cleaned up anything. */
  private static void assertNothingHalfIsInPlace(Path root, long step) {
    KeptLogs kept = new KeptLogs(root);
    for (StoredLogs stored : kept.all()) {
      assertThat(kept.verify(stored.folder())).as("step %d", step).isEmpty();
    }
  }

  private static void assertHoldsAll(Path root, Hosts hosts, long step) throws IOException {
    StoredLogs stored = stored(root);
    for (HostLog log : hosts.all()) {
      assertThat(text(root, stored, log.origin().name()))
          .as("step %d, %s", step, log.origin())
          .asString(StandardCharsets.UTF_8)
          .isEqualTo(new String(masked(log.bytes()), StandardCharsets.UTF_8));
    }
    assertThat(text(root, stored, "trace")).asString(StandardCharsets.UTF_8).contains("2");
    assertThat(stored.manifest().artifacts()).hasSize(5);
    assertThat(new KeptLogs(root).verify(stored.folder())).isEmpty();
    assertThat(Files.exists(root.resolve(stored.folder()).resolve(".parts"))).isFalse();
    assertThat(ATTEMPT).isEqualTo(stored.manifest().subject().evidence());
    assertThat(stored.manifest().artifacts().stream().mapToLong(it -> it.masked()).sum())
        .isEqualTo(8 + 1 + 3 + 12 + 5);
  }
}
